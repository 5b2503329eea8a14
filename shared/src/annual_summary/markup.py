"""Elements of WordprocessingML in few words."""

from lxml import etree

from annual_summary.model import printable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
NAMESPACES = {"w": W, "r": R, "mc": MC, "wps": WPS}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def qualified(name: str) -> str:
    """`w:p` → the name with its namespace."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def make(name: str, /, *children: etree._Element, **attributes: str | int) -> etree._Element:
    """An element; `val=…` is `w:val=…`, and `r_id=…` is `r:id=…`."""
    element = etree.Element(qualified(name), nsmap=NAMESPACES)
    for key, value in attributes.items():
        prefix, _, local = key.rpartition("_")
        element.set(qualified(f"{prefix or 'w'}:{local}"), str(value))
    element.extend(children)
    return element


def text(words: str, *properties: etree._Element) -> list[etree._Element]:
    """Runs for words; a tab in them becomes a tab."""
    runs: list[etree._Element] = []
    for nth, part in enumerate(printable(words).split("\t")):
        if nth:
            runs.append(_run(make("w:tab"), *properties))
        if part:
            element = make("w:t")
            element.text = part
            element.set(SPACE, "preserve")
            runs.append(_run(element, *properties))
    return runs


def _run(content: etree._Element, *properties: etree._Element) -> etree._Element:
    copies = [_copy(each) for each in properties]
    return make("w:r", *([make("w:rPr", *copies)] if copies else []), content)


def _copy(element: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(element))
