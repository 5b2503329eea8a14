"""The sample year: what its sources say is what the workbook says, and all of it can be read."""

import csv
from collections import Counter
from pathlib import Path

from contracts.directory import read_district
from contracts.vocabulary import Role, Satisfaction
from ledger import read_ledger
from ledger.headings import Column
from ledger.workbooks import read_sheets
from tests.ledger.spreadsheets import ROOT, read
from tian.sample import write_workbook

SAMPLES = ROOT / "deploy/samples"
SOURCES = (SAMPLES / "longgang-2024-proposals.csv", SAMPLES / "longgang-2024-clues.csv")
WORKBOOK = (SAMPLES / "longgang-2024.xlsx").read_bytes()


def test_the_workbook_is_written_from_its_sources_byte_for_byte(tmp_path: Path) -> None:
    write_workbook(*SOURCES, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == WORKBOOK


def test_the_workbook_says_what_its_sources_say() -> None:
    for sheet, source in zip(read_sheets(WORKBOOK, "a.xlsx"), SOURCES, strict=True):
        with source.open(encoding="utf-8", newline="") as text:
            expected = list(csv.reader(text))
        assert [[str(cell) for cell in row] for row in sheet.rows[1:]] == expected


def test_the_sources_can_be_imported_themselves() -> None:
    as_text, as_workbook = read(SOURCES[0].read_bytes(), "a.csv"), read(WORKBOOK)
    assert [placed.row for placed in as_text.rows] == [placed.row for placed in as_workbook.rows]


def test_the_sample_year_is_33_cases_in_three_roles_and_two_clues_without_a_problem() -> None:
    ledger = read(WORKBOOK)
    roles = Counter(placed.row.role for placed in ledger.rows)
    assert (ledger.problems, ledger.total_rows, len(ledger.clues)) == ((), 33, 2)
    assert roles == {Role.LEAD: 4, Role.SPLIT: 1, Role.CO: 28}


def test_all_answers_are_rated_satisfied_and_one_lead_case_is_a_key_proposal() -> None:
    rows = [placed.row for placed in read(WORKBOOK).rows]
    answering = [row for row in rows if row.role.answers_the_proposer]
    assert {row.satisfaction for row in answering} == {Satisfaction.SATISFIED}
    (key,) = [row for row in rows if row.key]
    assert (key.role, key.fabricated) == (Role.LEAD, True)


def test_all_but_the_two_real_cases_and_every_clue_are_marked_as_fabricated() -> None:
    ledger = read(WORKBOOK)
    real = [placed.row.number for placed in ledger.rows if not placed.row.fabricated]
    assert real == ["20240104", "20240105"]
    assert all(placed.clue.fabricated for placed in ledger.clues)


def test_every_sample_case_was_finished_within_its_usual_limit() -> None:
    for placed in read(WORKBOOK).rows:
        row = placed.row
        months = 3 if row.role.answers_the_proposer else 1
        limit = row.dispatched_on.replace(month=row.dispatched_on.month + months)
        assert row.replied_on is not None
        assert row.replied_on <= limit, row.number


def test_the_same_workbook_has_nothing_for_another_district_to_do() -> None:
    path = ROOT / "deploy/districts/yantian.toml"
    yantian = read_district(path.read_text(encoding="utf-8"))
    ledger = read_ledger(WORKBOOK, "a.xlsx", district=yantian, year=2024)
    assert (ledger.rows, ledger.clues) == ((), ())


def test_no_wording_in_a_sample_directory_belongs_to_two_units() -> None:
    for name in ("longgang", "yantian"):
        path = ROOT / f"deploy/districts/{name}.toml"
        district = read_district(path.read_text(encoding="utf-8"))
        wordings = [word for unit in district.units for word in (unit.name, *unit.aliases)]
        assert len(wordings) == len(set(wordings))


def test_every_accepted_heading_is_in_the_readme() -> None:
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    for column in Column:
        assert all(heading in readme for heading in column.headings[:4]), column
