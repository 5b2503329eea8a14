"""Which files are read, by what they contain, and what is said of those that are not."""

import struct
import zipfile
from io import BytesIO

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.ledger.spreadsheets import (
    a_case,
    codes,
    csv_text,
    lines,
    only_problem,
    only_row,
    read,
    xls,
    xlsx,
)

ROWS = lines(a_case())
GOOD = xlsx({"台账": ROWS})


def test_an_xlsx_file_is_read() -> None:
    ledger = read(GOOD)
    assert only_row(ledger).number == "20240104"
    assert (ledger.total_rows, ledger.rows[0].sheet, ledger.rows[0].sheet_row) == (1, "台账", 2)


def test_an_xls_file_is_read() -> None:
    assert only_row(read(xls({"台账": ROWS}), "台账.xls")).number == "20240104"


def test_the_content_tells_the_kind_of_file_and_not_the_name() -> None:
    assert only_row(read(GOOD, "台账.xls")).number == "20240104"
    assert only_row(read(xls({"台账": ROWS}), "台账.csv")).number == "20240104"
    assert only_row(read(csv_text(ROWS).encode(), "台账.xlsx")).number == "20240104"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_separated_text_is_read_in_every_usual_encoding(encoding: str, delimiter: str) -> None:
    content = csv_text(ROWS, delimiter).encode(encoding)
    assert only_row(read(content, "台账.csv")).title == "关于社区花园的提案"


def test_a_line_break_inside_a_cell_does_not_shift_the_rows_of_separated_text() -> None:
    rows = lines(a_case(备注="第一行\n第二行"), a_case(案号="20240105", 提案形式="多人"))
    problem = only_problem(read(csv_text(rows).encode(), "台账.csv"))
    assert (problem.row, problem.cell) == (3, "D3")


def test_an_empty_file_is_a_problem() -> None:
    assert codes(read(b"")) == codes(read(b" \r\n")) == ["empty_file"]


def test_a_cut_off_xlsx_file_is_not_a_readable_workbook() -> None:
    for cut in (20, len(GOOD) // 2, len(GOOD) - 30):
        problem = only_problem(read(GOOD[:cut]))
        assert problem.code == "broken_workbook"
        assert "另存为.xlsx" in problem.message
        assert "not a readable workbook; open it in Excel or WPS" in problem.message_en


def test_a_cut_off_xls_file_is_not_a_readable_workbook() -> None:
    content = xls({"台账": ROWS})
    for cut in (8, 100, 1000):
        assert codes(read(content[:cut])) == ["broken_workbook"]


def test_a_changed_byte_in_an_xlsx_file_is_noticed() -> None:
    middle = GOOD.index(b"xl/worksheets/sheet1.xml") + 60
    content = GOOD[:middle] + bytes([GOOD[middle] ^ 0xFF]) + GOOD[middle + 1 :]
    assert codes(read(content)) == ["broken_workbook"]


def test_a_file_with_a_password_says_to_remove_it() -> None:
    encrypted = BytesIO()
    OOXMLFile(BytesIO(GOOD)).encrypt("秘密", encrypted)
    assert msoffcrypto.OfficeFile(encrypted).is_encrypted()
    problem = only_problem(read(encrypted.getvalue()))
    assert (problem.code, problem.message) == ("password", "文件有密码，请先取消密码再导入")


def test_an_old_file_with_a_password_says_to_remove_it() -> None:
    # A FILEPASS record in place of the CODEPAGE record of the workbook.
    content = xls({"台账": ROWS})
    codepage = content.index(struct.pack("<HH", 0x42, 2))
    content = content[:codepage] + struct.pack("<H", 0x2F) + content[codepage + 2 :]
    assert codes(read(content, "台账.xls")) == ["password"]


def test_a_wps_file_is_to_be_saved_as_xlsx() -> None:
    problem = only_problem(read(xls({"台账": ROWS}), "台账.ET"))
    assert problem.code == "wps_format"
    assert "“另存为”.xlsx" in problem.message


def test_a_web_page_named_xls_is_to_be_saved_as_xlsx() -> None:
    assert codes(read(b"\xef\xbb\xbf<html><table></table></html>", "a.xls")) == ["web_page"]


@pytest.mark.parametrize(
    ("member", "code"),
    [
        ("word/document.xml", "not_a_spreadsheet"),
        ("content.xml", "other_format"),
        ("xl/workbook.bin", "other_format"),
    ],
)
def test_other_archives_are_named_for_what_they_are(member: str, code: str) -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(member, "<x/>")
    assert codes(read(content.getvalue())) == [code]


def test_something_that_is_no_table_is_not_a_spreadsheet() -> None:
    assert codes(read(b"%PDF-1.7\n\x00\x01\xff", "a.csv")) == ["not_a_spreadsheet"]
    assert codes(read(b"\xff\xff\x81", "a.csv")) == ["not_a_spreadsheet"]


def test_the_fingerprint_is_that_of_the_bytes() -> None:
    assert read(b"").sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_ledger_can_be_written_as_json_and_read_back() -> None:
    ledger = read(xlsx({"台账": lines(a_case(), a_case(案号=""))}))
    assert type(ledger).model_validate_json(ledger.model_dump_json()) == ledger
