"""Which files are read, by what they contain, and what is said of those that are not."""

import struct
import zipfile
from io import BytesIO

import msoffcrypto
import pytest
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile

from ledger.workbooks import read_sheets
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


def repacked(**parts: bytes) -> bytes:
    """The good workbook with some of its parts replaced; the last word of a part names it."""
    content = BytesIO()
    with zipfile.ZipFile(BytesIO(GOOD)) as old, zipfile.ZipFile(content, "w", 8) as new:
        for name in old.namelist():
            stem = name.rpartition("/")[2].partition(".")[0]
            new.writestr(name, parts.get(stem, old.read(name)))
    return content.getvalue()


def sheet_with_cells(*cells: bytes) -> bytes:
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<sheetData>" + b"".join(cells) + b"</sheetData></worksheet>"
    )


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


def test_a_file_of_more_than_20_megabytes_is_not_opened() -> None:
    assert codes(read(b"a" * (20 * 1024 * 1024 + 1), "a.csv")) == ["file_too_large"]


def test_a_small_file_that_unfolds_to_gigabytes_is_not_unfolded() -> None:
    content = BytesIO()
    with (
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(201):
            part.write(b" " * 1024 * 1024)
    assert len(content.getvalue()) < 1024 * 1024
    assert codes(read(content.getvalue())) == ["unpacked_too_large"]


def test_an_archive_that_lies_about_its_size_is_not_opened() -> None:
    content = repacked(sheet1=sheet_with_cells(b"<row/>" * 100_000))
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/worksheets/sheet1.xml"))
    lying = content[: entry + 24] + struct.pack("<I", 100) + content[entry + 28 :]
    assert codes(read(lying)) == ["broken_workbook"]


@pytest.mark.parametrize(
    "cells",
    [
        b'<row r="1"><c r="XFD1"><v>1</v></c></row>',
        b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        b'<row r="1048576"><c><v>1</v></c></row>',
        b'<row r="1"><c x="&gt;" r="XFD1"><v>1</v></c></row>',
        b"<row>" + b"<c/>" * 300 + b"<c><v>1</v></c></row>",
        b"<x:row xmlns:x='y' r='1'><x:c r='XFD1'><x:v>1</x:v></x:c></x:row>",
    ],
)
def test_a_cell_too_far_away_is_refused_before_memory_is_taken_for_it(cells: bytes) -> None:
    near = b'<row r="1"><c r="A1"><v>1</v></c></row>'
    assert codes(read(repacked(sheet1=sheet_with_cells(near, cells)))) == ["too_many_rows"]


def test_formatted_but_empty_cells_far_away_do_no_harm() -> None:
    with zipfile.ZipFile(BytesIO(GOOD)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    far = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    assert only_row(read(repacked(sheet1=sheet.replace(b"</sheetData>", far))))


def test_far_cells_of_an_old_file_are_refused_before_memory_is_taken_for_them() -> None:
    workbook = xlwt.Workbook()
    for name in "甲乙丙":
        sheet = workbook.add_sheet(name)
        sheet.write(0, 0, "案号")
        sheet.write(40_000, 200, "远")
    content = BytesIO()
    workbook.save(content)
    assert codes(read(content.getvalue())) == ["too_many_rows"]


def changed_record(content: bytes, kind: int, at: int, claimed: bytes) -> bytes:
    """An old workbook in which the first record of a kind claims something else."""
    place = 512
    while struct.unpack_from("<H", content, place)[0] != kind:
        place += 4 + int(struct.unpack_from("<H", content, place + 2)[0])
    start = place + 4 + at
    return content[:start] + claimed + content[start + len(claimed) :]


def test_the_size_an_old_sheet_claims_is_not_believed() -> None:
    huge = changed_record(xls({"台账": ROWS}), 0x200, 0, struct.pack("<IIHH", 9, 2, 9, 2))
    assert only_row(read(huge)).number == "20240104"


def test_the_number_of_texts_an_old_workbook_claims_is_not_believed() -> None:
    content = xls({"台账": ROWS})
    for claimed in (2**31 - 1, 2**32 - 1):
        huge = changed_record(content, 0xFC, 4, struct.pack("<I", claimed))
        assert codes(read(huge)) == ["broken_workbook"]


def test_an_old_workbook_of_several_megabytes_is_read_whole() -> None:
    rows = lines(*(a_case(案号=f"2024{number:05}", 备注="备" * 900) for number in range(6_000)))
    content = xls(
        {
            "台账": [
                [f"{cell}{row[0]}" if i == 22 else cell for i, cell in enumerate(row)]
                for row in rows[1:]
            ]
        }
    )
    sheets = read_sheets(content, "a.xls")
    assert len(content) > 7_500_000
    assert [row[0] for row in sheets[0].rows] == [row[0] for row in rows[1:]]


def test_a_document_type_in_the_xml_is_refused() -> None:
    sheet = b'<!DOCTYPE x [<!ENTITY a "b">]>' + sheet_with_cells()
    assert codes(read(repacked(sheet1=sheet))) == ["broken_workbook"]


def test_more_rows_than_a_ledger_can_have_are_not_read() -> None:
    content = ("案号,案由\n" + "1,2\n" * 51_000).encode()
    ledger = read(content, "a.csv")
    assert (codes(ledger), ledger.rows) == (["too_many_rows"], ())


def test_more_than_a_hundred_sheets_are_not_read() -> None:
    assert codes(read(xlsx({str(name): ROWS for name in range(101)}))) == ["too_many_sheets"]


def test_the_fingerprint_is_that_of_the_bytes() -> None:
    assert read(b"").sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_ledger_can_be_written_as_json_and_read_back() -> None:
    ledger = read(xlsx({"台账": lines(a_case(), a_case(案号=""))}))
    assert type(ledger).model_validate_json(ledger.model_dump_json()) == ledger
