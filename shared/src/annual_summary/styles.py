"""The paragraph styles of a summary: one for each element of the document, one for each prose."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lxml import etree

from annual_summary import measures
from annual_summary.markup import make
from annual_summary.model import Prose, Style

BODY_STYLE = "Normal"
PROSE_PREFIX = "文稿-"
GENERATED_NAMES = {
    Style.HEADING: "heading 1",
    Style.SUBHEADING: "heading 2",
    Style.BODY: "数据段",
}


@dataclass(frozen=True)
class Look:
    """How a paragraph looks, in twips and half points; nothing said means as in the body."""

    font: str = measures.BODY_FONT
    size: int = measures.THIRD_SIZE
    tighter: int = measures.TIGHTER
    colour: str = ""
    align: str = "both"
    before: int = 0
    first_line_characters: int = 2
    left: int = 0
    right: int = 0
    keep_next: bool = False
    outline: int | None = None
    borders: tuple[tuple[str, int, int, str], ...] = ()
    tab: int = 0
    on_the_grid: bool = True

    @property
    def line(self) -> int:
        """The line pitch; only the mark of the issuing authority is taller than it."""
        return max(measures.LINE, self.size * 12)


_BODY = Look()
_IMPRINT = Look(
    size=measures.FOURTH_SIZE,
    tighter=0,
    align="left",
    first_line_characters=1,
    tab=measures.TEXT_WIDTH - measures.FOURTH_CHARACTER,
)

LOOKS = {
    Style.MARK: Look(
        font=measures.TITLE_FONT,
        size=80,
        tighter=0,
        colour=measures.RED,
        align="center",
        before=measures.MARK_BELOW_TOP,
        first_line_characters=0,
        on_the_grid=False,
    ),
    Style.NUMBER: Look(
        align="center",
        before=2 * measures.LINE,
        first_line_characters=0,
        borders=(
            ("bottom", measures.RED_LINE, measures.RED_LINE_BELOW_NUMBER_POINTS, measures.RED),
        ),
    ),
    Style.TITLE: Look(
        font=measures.TITLE_FONT,
        size=measures.SECOND_SIZE,
        tighter=0,
        align="center",
        first_line_characters=0,
        keep_next=True,
        on_the_grid=False,
    ),
    Style.ADDRESSEE: replace(_BODY, first_line_characters=0, before=measures.LINE, keep_next=True),
    Style.HEADING: replace(_BODY, font=measures.HEADING_FONT, keep_next=True, outline=0),
    Style.SUBHEADING: replace(_BODY, font=measures.SUBHEADING_FONT, keep_next=True, outline=1),
    Style.BODY: _BODY,
    Style.SIGNATURE: replace(
        _BODY, align="right", first_line_characters=0, before=2 * measures.LINE, keep_next=True
    ),
    Style.DATE: replace(
        _BODY,
        align="right",
        first_line_characters=0,
        right=measures.DATE_FROM_THE_RIGHT_CHARACTERS * measures.CHARACTER,
    ),
    Style.NOTE: _BODY,
    Style.COPIES: replace(
        _IMPRINT,
        borders=(
            ("top", measures.THICK_LINE, 0, "000000"),
            ("bottom", measures.THIN_LINE, 0, "000000"),
        ),
    ),
    Style.PRINTED: replace(_IMPRINT, borders=(("bottom", measures.THICK_LINE, 0, "000000"),)),
}


def style_of_prose(prose: Prose) -> str:
    """The name of a prose's own style: it stays with a paragraph whatever is typed into it."""
    return f"{PROSE_PREFIX}{prose.key}"


def key_of_style(name: str) -> str | None:
    return name.removeprefix(PROSE_PREFIX) if name.startswith(PROSE_PREFIX) else None


def style_id(name: str) -> str:
    """An id that is ASCII and the same each time."""
    return {
        "Normal": "Normal",
        "heading 1": "Heading1",
        "heading 2": "Heading2",
        "数据段": "Said",
    }.get(name) or "Prose" + name.removeprefix(PROSE_PREFIX).encode().hex()


def style_sheet(proses: Iterable[Prose]) -> etree._Element:
    """All styles: the body's, those of what the log says, and one for each prose."""
    sheet = make(
        "w:styles",
        make(
            "w:docDefaults",
            make("w:rPrDefault", make("w:rPr", *run_properties(_BODY))),
            make("w:pPrDefault", make("w:pPr")),
        ),
        _style(BODY_STYLE, Look(), based_on=None),
    )
    for kind, name in GENERATED_NAMES.items():
        sheet.append(_style(name, LOOKS[kind], based_on=BODY_STYLE))
    for prose in proses:
        sheet.append(_style(style_of_prose(prose), LOOKS[prose.style], based_on=BODY_STYLE))
    return sheet


def _style(name: str, look: Look, based_on: str | None) -> etree._Element:
    style = make("w:style", make("w:name", val=name), type="paragraph", styleId=style_id(name))
    if based_on is None:
        style.set(style.tag.replace("}style", "}default"), "1")
    else:
        style.append(make("w:basedOn", val=style_id(based_on)))
    style.append(make("w:qFormat"))
    style.append(make("w:pPr", *paragraph_properties(look)))
    style.append(make("w:rPr", *run_properties(look)))
    return style


def paragraph_properties(look: Look) -> list[etree._Element]:
    """In the order of the schema."""
    found = [
        make("w:keepNext", val=int(look.keep_next)),
        make("w:widowControl", val=0),
        *_borders(look),
    ]
    if look.tab:
        found.append(make("w:tabs", make("w:tab", val="right", pos=look.tab)))
    found += [
        make("w:overflowPunct", val=1),
        make("w:autoSpaceDE", val=0),
        make("w:autoSpaceDN", val=0),
        make("w:snapToGrid", val=int(look.on_the_grid)),
        make("w:spacing", before=look.before, after=0, line=look.line, lineRule="exact"),
        _indents(look),
        make("w:jc", val=look.align),
    ]
    if look.outline is not None:
        found.append(make("w:outlineLvl", val=look.outline))
    return found


def _borders(look: Look) -> list[etree._Element]:
    if not look.borders:
        return []
    lines = (
        make(f"w:{side}", val="single", sz=size, space=space, color=colour)
        for side, size, space, colour in look.borders
    )
    return [make("w:pBdr", *lines)]


def _indents(look: Look) -> etree._Element:
    characters = look.first_line_characters
    first_line = characters * (look.size * 10 + look.tighter)
    return make(
        "w:ind",
        left=look.left,
        right=look.right,
        firstLineChars=100 * characters,
        firstLine=first_line,
    )


def run_properties(look: Look) -> list[etree._Element]:
    """In the order of the schema."""
    return [
        make("w:rFonts", ascii=look.font, eastAsia=look.font, hAnsi=look.font, cs=look.font),
        make("w:b", val=0),
        make("w:i", val=0),
        make("w:color", val=look.colour or "000000"),
        make("w:spacing", val=look.tighter),
        make("w:kern", val=0),
        make("w:sz", val=look.size),
        make("w:szCs", val=look.size),
        make("w:u", val="none"),
        make("w:lang", val="en-US", eastAsia="zh-CN"),
    ]
