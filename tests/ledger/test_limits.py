"""Files made to fill the memory, or damaged so that they would: nothing of them is believed."""

import struct
import zipfile
from io import BytesIO

import pytest
import xlwt

from ledger.binaries import checked_binary
from ledger.problems import Misread
from ledger.workbooks import read_sheets
from tests.ledger.spreadsheets import (
    a_case,
    codes,
    lines,
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
    with pytest.raises(Misread):
        checked_binary(content.getvalue())
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


def test_a_damage_that_makes_the_reader_panic_is_a_problem_like_any_other() -> None:
    content = changed_record(xls({"台账": ROWS}), 0x85, 0, struct.pack("<I", 0xF0000000))
    assert codes(read(content)) == ["broken_workbook"]


def test_a_document_type_in_the_xml_is_refused() -> None:
    sheet = b'<!DOCTYPE x [<!ENTITY a "b">]>' + sheet_with_cells()
    assert codes(read(repacked(sheet1=sheet))) == ["broken_workbook"]


def test_more_rows_than_a_ledger_can_have_are_not_read() -> None:
    content = ("案号,案由\n" + "1,2\n" * 51_000).encode()
    ledger = read(content, "a.csv")
    assert (codes(ledger), ledger.rows) == (["too_many_rows"], ())


def test_more_than_a_hundred_sheets_are_not_read() -> None:
    assert codes(read(xlsx({str(name): ROWS for name in range(101)}))) == ["too_many_sheets"]
