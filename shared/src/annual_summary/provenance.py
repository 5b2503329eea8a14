"""What a document remembers of how it was made, as custom properties that every editor keeps.

A block's property holds the fingerprint of its words as they were written; a figure's, its text.
From these a later regeneration tells what people changed, and which figures have moved.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from annual_summary.model import Said, Summary, fingerprint, printable

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
LETTERS_AT_MOST = 255

PREFIX = "tian."
DISTRICT, YEAR, POSITION = f"{PREFIX}district", f"{PREFIX}year", f"{PREFIX}position"
SAID, PROSE, FIGURE = f"{PREFIX}said.", f"{PREFIX}prose.", f"{PREFIX}figure."


@dataclass(frozen=True)
class Provenance:
    """District, year and position of a document, its blocks' fingerprints and its figures."""

    district: str
    year: str
    position: str
    said: dict[str, str] = field(default_factory=dict)
    prose: dict[str, str] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)


def add_provenance(document: Document, summary: Summary) -> None:
    properties = etree.Element(
        f"{{{PROPERTIES}}}Properties", nsmap={None: PROPERTIES, "vt": VALUES}
    )
    for number, (name, value) in enumerate(_values(summary), start=2):
        element = etree.SubElement(
            properties,
            f"{{{PROPERTIES}}}property",
            {"fmtid": FORMAT_ID, "pid": str(number), "name": name},
        )
        etree.SubElement(element, f"{{{VALUES}}}lpwstr").text = printable(value)[:LETTERS_AT_MOST]
    blob = etree.tostring(properties, xml_declaration=True, encoding="UTF-8", standalone=True)
    package = document.part.package
    part = Part(PackURI("/docProps/custom.xml"), CONTENT_TYPE, blob, package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _values(summary: Summary) -> Iterator[tuple[str, str]]:
    yield DISTRICT, summary.district
    yield YEAR, str(summary.year)
    yield POSITION, str(summary.position)
    for block in summary.blocks:
        if isinstance(block, Said):
            yield SAID + block.key, fingerprint((block.text,))
        else:
            yield PROSE + block.key, fingerprint(block.suggestion)
    figures = {each.key: each.text for each in summary.fields}
    for key, text in figures.items():
        yield FIGURE + key, text


def provenance_of(document: Document) -> Provenance | None:
    """What the document remembers; None where it was not made here, or has lost it."""
    found = _properties(document)
    if DISTRICT not in found or YEAR not in found:
        return None
    return Provenance(
        district=found[DISTRICT],
        year=found[YEAR],
        position=found.get(POSITION, ""),
        said=_below(SAID, found),
        prose=_below(PROSE, found),
        figures=_below(FIGURE, found),
    )


def _properties(document: Document) -> dict[str, str]:
    for relation in document.part.package.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.CUSTOM_PROPERTIES:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(relation.target_part.blob, parser)
            return {each.get("name", ""): "".join(each.itertext()) for each in root}
    return {}


def _below(prefix: str, found: dict[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(prefix): value for name, value in found.items() if name.startswith(prefix)
    }
