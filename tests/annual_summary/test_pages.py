"""Pages as they come out: by the document's own measures, and by LibreOffice where there is one.

Nothing is skipped where there is none: there is one way less to look at the same thing.
"""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from annual_summary import keep_prose, read_docx, write_docx
from annual_summary.markup import qualified
from annual_summary.measures import CHARACTERS_IN_A_LINE, LINES_ON_A_PAGE
from tests.annual_summary.building import CONSOLE, opened, the_sample_summary, with_prose
from tian.document_failures import NoOffice
from tian.office import Office, find_office

INDENT = "　　"
# Its last line is full, wherever the page ends; its first one is two characters short.
TEXT = ("一二三四五六七八九十" * 300)[: 100 * CHARACTERS_IN_A_LINE - len(INDENT)]
TWIPS = 635


def installed_office() -> Office | None:
    try:
        return find_office()
    except NoOffice:
        return None


OFFICE = installed_office()

Page = list[str]
LayOut = Callable[[bytes, Path], list[Page]]
Save = Callable[[bytes, Path], bytes]


def by_its_measures(content: bytes, folder: Path) -> list[Page]:
    """Break the long prose into the lines and pages that the document's XML asks for."""
    document = opened(content)
    styles, (section,) = document.styles.element, document.sections

    def number(path: str, attribute: str = "w:val") -> int:
        return int(styles.find(path).get(qualified(attribute)))

    run = f".//{qualified('w:rPr')}/"
    character = number(run + qualified("w:sz")) * 10 + number(run + qualified("w:spacing"))
    line = number(f".//{qualified('w:pPr')}/{qualified('w:spacing')}", "w:line")
    width = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    height = (section.page_height or 0) - (section.top_margin or 0) - (section.bottom_margin or 0)
    per_line, per_page = int(width // TWIPS // character), int(height // TWIPS // line)
    text = INDENT + TEXT
    lines = [text[start : start + per_line] for start in range(0, len(text), per_line)]
    return [lines[start : start + per_page] for start in range(0, len(lines), per_page)]


def by_libreoffice(content: bytes, folder: Path) -> list[Page]:
    """The lines of each page of the PDF, from the top, without the page number."""
    assert OFFICE is not None
    file = folder / "summary.docx"
    file.write_bytes(content)
    return [_lines(page) for page in PdfReader(OFFICE.to_pdf(file)).pages]


def _lines(page: Any) -> Page:
    by_height: defaultdict[int, list[tuple[float, str]]] = defaultdict(list)

    def see(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            by_height[round(cm[5] + tm[5])].append((cm[4] + tm[4], text.replace("\n", "")))

    page.extract_text(visitor_text=see)
    lines = ["".join(text for _, text in by_height[height]) for height in sorted(by_height)]
    return [line.replace(" ", "") for line in reversed(lines) if "—" not in line]


LAYOUTS: dict[str, LayOut] = {"by its measures": by_its_measures}
EDITORS: dict[str, Save] = {"as it was written": lambda content, folder: content}


def saved_by_libreoffice(content: bytes, folder: Path) -> bytes:
    assert OFFICE is not None
    file = folder / "summary.docx"
    file.write_bytes(content)
    elsewhere = folder / "saved"
    elsewhere.mkdir()
    return OFFICE.convert(file, elsewhere, "docx").read_bytes()


if OFFICE is not None:
    LAYOUTS["by LibreOffice"] = by_libreoffice
    EDITORS["saved by LibreOffice"] = saved_by_libreoffice


@pytest.mark.parametrize("lay_out", LAYOUTS.values(), ids=LAYOUTS)
def test_a_full_page_has_22_lines_of_28_characters(lay_out: LayOut, tmp_path: Path) -> None:
    long = write_docx(with_prose(the_sample_summary(), "practice", TEXT), CONSOLE)
    pages = lay_out(long, tmp_path)
    full = [page for page in pages if set("".join(page)) == set(TEXT)]
    whole = [page for page in full if len(page) == LINES_ON_A_PAGE]
    assert len(whole) >= 2
    assert {len(line) for page in whole for line in page} == {CHARACTERS_IN_A_LINE}
    assert max(map(len, pages)) == LINES_ON_A_PAGE


@pytest.mark.parametrize("save", EDITORS.values(), ids=EDITORS)
def test_prose_is_found_again_whatever_saved_the_document(save: Save, tmp_path: Path) -> None:
    summary = with_prose(the_sample_summary(), "practice", "区督查室建台账。", "每周一报。")
    merged = keep_prose(
        the_sample_summary(), read_docx(save(write_docx(summary, CONSOLE), tmp_path))
    )
    assert [(each.key, each.paragraphs) for each in merged.kept] == [
        ("practice", ("区督查室建台账。", "每周一报。"))
    ]
    assert merged.conflicts == ()
