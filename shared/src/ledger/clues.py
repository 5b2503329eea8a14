"""From the cells of a row to a clue (提案线索) that was adopted."""

from typing import Final

from contracts.directory import Unit
from contracts.ledger import LedgerClue
from ledger import choices
from ledger.cells import Cell, case_number, plain, text
from ledger.dates import day
from ledger.handling import check_dates
from ledger.headings import Column
from ledger.problems import Finding, Misread, Severity
from ledger.records import Record
from ledger.units import UnitNames

CLUE_UNIT_NOT_OWN: Final = Finding(
    "clue_unit_not_own",
    Severity.ERROR,
    "“{unit}”不是{district}的单位，线索应由本区单位提供",
    "“{unit}” is no unit of {district_en}; a clue is offered by a unit of the district",
)


def read_clue(record: Record, names: UnitNames, year: int) -> LedgerClue | None:
    """The clue of a row; nothing when the record has an error."""

    def own_unit(cell: Cell) -> Unit | None:
        return _own_unit(cell, names)

    number = record.require(Column.CLUE_NUMBER, case_number)
    title = record.require(Column.CLUE_TITLE, text)
    unit = record.require(Column.CLUE_UNIT, own_unit)
    adopted = record.require(Column.ADOPTED, day)
    remark = record.read(Column.REMARK, text) or None
    marked = record.read(Column.FABRICATED, choices.flag)
    if adopted:
        check_dates(record, {Column.ADOPTED: adopted}, year)
    if not (number and title and unit and adopted and record.is_good):
        return None
    return LedgerClue(
        number=number,
        title=title,
        unit=unit.name,
        adopted_on=adopted,
        fabricated=bool(marked) or "虚构" in (remark or ""),
        remark=remark,
    )


def _own_unit(cell: Cell, names: UnitNames) -> Unit | None:
    written = plain(cell)
    if not written:
        return None
    unit = names.resolve(written)
    if not unit.own:
        facts = {"district": names.district.name, "district_en": names.district.name_en}
        raise Misread(CLUE_UNIT_NOT_OWN, unit=unit.name, **facts)
    return unit
