"""Which files are read, and what is said of those that cannot be."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from document_check import Unreadable, text_of
from document_check.limits import (
    Encrypted,
    NotADocument,
    NoText,
    OldFormat,
    Scanned,
    TooLarge,
)
from tests.document_check.corpus import findings_in
from tests.document_check.files import a_docx, a_pdf, with_password, without_text

SAID = "本区共承办提案33件（主办件5件、会办件29件）。"
OLE = bytes.fromhex("D0CF11E0A1B11AE1")


@pytest.mark.parametrize(
    "content",
    [
        a_docx(["报告", SAID]),
        a_pdf(["报告", SAID[:16], SAID[16:]]),
        SAID.encode(),
        SAID.encode("utf-8-sig"),
        SAID.encode("utf-16"),
        SAID.encode("gb18030"),
    ],
    ids=["docx", "pdf", "utf-8", "utf-8 with mark", "utf-16", "gb18030"],
)
def test_the_contradiction_is_found_in_every_kind_of_file(content: bytes) -> None:
    (finding,) = findings_in(text_of(content))
    assert finding.arithmetic == "5 + 29 = 34 ≠ 33"


def test_tables_are_read_where_they_stand() -> None:
    assert text_of(a_docx(["前"], [["主办", "5件"]])) == "前\n主办\t5件"


def a_docx_with_password() -> bytes:
    locked = BytesIO()
    OOXMLFile(BytesIO(a_docx([SAID]))).encrypt("a password", locked)
    return locked.getvalue()


def a_bomb() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 90_000_000)
    return file.getvalue()


def another_package() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as package:
        package.writestr("xl/workbook.xml", b"<workbook/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (a_docx_with_password(), Encrypted),
        (with_password(a_pdf([SAID])), Encrypted),
        (OLE + b"\0" * 600, OldFormat),
        (without_text(), Scanned),
        (another_package(), NotADocument),
        (b"\x89PNG\r\n\x1a\n\0\0\0", NotADocument),
        (b"\xff\xfe\xff", NotADocument),
        (b"", NoText),
        (b" \n ", NoText),
        (a_bomb(), TooLarge),
        (("字" * 200_001).encode(), TooLarge),
        (a_docx([SAID])[:700], Unreadable),
        (a_pdf([SAID])[:90], Unreadable),
    ],
)
def test_a_file_that_cannot_be_checked_is_refused_for_what_it_is(
    content: bytes, refusal: type[Unreadable]
) -> None:
    with pytest.raises(refusal) as refused:
        text_of(content)
    assert type(refused.value) is refusal
    assert refused.value.chinese.endswith("。")
    assert refused.value.in_english
