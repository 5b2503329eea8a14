"""Who handles a case: the units a row names, and the part the district has among them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from contracts.directory import Unit
from contracts.vocabulary import Role
from ledger.headings import Column
from ledger.problems import Finding, Misread, Severity
from ledger.records import Record
from ledger.units import UnitNames, written_units

LEAD_MISSING: Final = Finding(
    "lead_missing",
    Severity.ERROR,
    "没有主办或分办单位，请填写其中一项",
    "there is no lead unit (主办) and no split unit (分办); name one of them",
)
LEAD_AND_SPLIT: Final = Finding(
    "lead_and_split",
    Severity.ERROR,
    "主办、独办、分办只能填写一项，现在填了{filled}",
    "only one of lead (主办), sole (独办) and split (分办) can be filled; there are {filled}",
)
SEVERAL_LEADS: Final = Finding(
    "several_leads",
    Severity.ERROR,
    "只能有一个单位，现在有{count}个：{names}。其余单位请填在会办或分办",
    "takes one unit and has {count}: {names}. Put the others under 会办 or 分办",
)
SOLE_WITH_CO: Final = Finding(
    "sole_with_co",
    Severity.ERROR,
    "独办件没有会办单位，请改为主办，或清空会办单位",
    "a case handled alone (独办) has no co-units; make it a lead case or clear the co-units",
)
UNIT_TWICE: Final = Finding(
    "unit_twice",
    Severity.ERROR,
    "“{unit}”在这一行出现了两次，请只保留一处",
    "“{unit}” is named twice in this row; keep one",
)
NO_OWN_UNIT: Final = Finding(
    "no_own_unit",
    Severity.ERROR,
    "没有{district}的单位，这一件不归本区办理，请删去此行或补上本区单位",
    "no unit of {district_en} is named, so there is nothing for it to do; "
    "remove the row or name the unit",
)

_ANSWERING: Final = (Column.LEAD, Column.SOLE, Column.SPLIT)
_ROLES: Final = {
    Column.LEAD: Role.LEAD,
    Column.SOLE: Role.SOLE,
    Column.SPLIT: Role.SPLIT,
    Column.CO: Role.CO,
}


@dataclass(frozen=True)
class Participants:
    """The units of a row; `own` are the district's units that act in `role`."""

    role: Role
    lead: str | None
    split: tuple[str, ...]
    co: tuple[str, ...]
    own: tuple[str, ...]


def participants(record: Record, names: UnitNames) -> Participants | None:
    """The units of a row, or nothing when the row does not say clearly who does what."""
    units = {column: _units(record, column, names) for column in _ROLES}
    if not record.is_good:
        return None
    for refuse in (_unclear_lead, _named_twice):
        refuse(record, units)
    if not record.is_good:
        return None
    acting = next((column for column in _ROLES if any(unit.own for unit in units[column])), None)
    if acting is None:
        facts = {"district": names.district.name, "district_en": names.district.name_en}
        record.report(NO_OWN_UNIT, **facts)
        return None
    lead = [*units[Column.LEAD], *units[Column.SOLE]]
    return Participants(
        role=_ROLES[acting],
        lead=lead[0].name if lead else None,
        split=tuple(unit.name for unit in units[Column.SPLIT]),
        co=tuple(unit.name for unit in units[Column.CO]),
        own=tuple(unit.name for unit in units[acting] if unit.own),
    )


Units = dict[Column, list[Unit]]


def _units(record: Record, column: Column, names: UnitNames) -> list[Unit]:
    resolved = (
        _resolved(record, column, names.resolve, written)
        for written in record.read(column, written_units) or ()
    )
    return [unit for unit in resolved if unit]


def _resolved(
    record: Record, column: Column, resolve: Callable[[str], Unit], written: str
) -> Unit | None:
    try:
        return resolve(written)
    except Misread as misread:
        record.report(misread.finding, column, **misread.facts)
        return None


def _unclear_lead(record: Record, units: Units) -> None:
    filled = [column for column in _ANSWERING if units[column]]
    if not filled:
        record.report(LEAD_MISSING, record.first_known(_ANSWERING))
    elif len(filled) > 1:
        places = "、".join(str(record.place(column).cell) for column in filled)
        record.report(LEAD_AND_SPLIT, filled[1], filled=places)
    for column in (Column.LEAD, Column.SOLE):
        if len(units[column]) > 1:
            named = "、".join(unit.name for unit in units[column])
            record.report(SEVERAL_LEADS, column, count=len(units[column]), names=named)
    if units[Column.SOLE] and units[Column.CO]:
        record.report(SOLE_WITH_CO, Column.CO)


def _named_twice(record: Record, units: Units) -> None:
    seen: set[str] = set()
    for column, named in units.items():
        for unit in named:
            if unit.name in seen:
                record.report(UNIT_TWICE, column, unit=unit.name)
            seen.add(unit.name)
