"""From the cells of a row to a proposal of the ledger, or to the problems that keep it out."""

from datetime import date
from typing import Final, TypedDict

from contracts.ledger import LedgerRow
from contracts.vocabulary import Openness, ProposalCategory, Role, Satisfaction
from ledger import choices
from ledger.cells import case_number, persons, text
from ledger.dates import day
from ledger.handling import Dates, check_dates, check_opinion, check_rating, check_reply
from ledger.headings import Column
from ledger.problems import Finding, Severity
from ledger.records import Record
from ledger.roles import participants
from ledger.units import UnitNames

NUMBER_OF_OTHER_YEAR: Final = Finding(
    "number_of_other_year",
    Severity.WARNING,
    "案号{number}不是以{year}开头，请核对是否为{year}年的提案",
    "case number {number} does not begin with {year}; check whether it is a proposal of that year",
)

_OTHER_DATES: Final = (
    *(Column.DUE, Column.SIGNED, Column.BEFORE, Column.DURING),
    *(Column.AFTER, Column.CO_OPINIONS, Column.REPLIED, Column.RATED),
)
_NUMBER_WITH_YEAR: Final = 8


class _Remarks(TypedDict):
    category: ProposalCategory | None
    key: bool
    fabricated: bool
    document_number: str | None
    result_class: str | None
    openness: Openness | None
    satisfaction: Satisfaction | None
    remark: str | None


class _Course(TypedDict):
    due_on: date | None
    signed_on: date | None
    contacted_before_on: date | None
    contacted_during_on: date | None
    contacted_after_on: date | None
    co_opinions_on: date | None
    replied_on: date | None
    rated_on: date | None


def read_row(record: Record, names: UnitNames, year: int) -> LedgerRow | None:
    """The proposal of a row; nothing when the record has an error."""
    number = record.require(Column.NUMBER, case_number)
    title = record.require(Column.TITLE, text)
    proposers = record.require(Column.PROPOSERS, persons)
    form = record.require(Column.FORM, choices.form)
    who = participants(record, names)
    dates = _dates(record, year)
    remarks = _remarks(record)
    dispatched = dates.get(Column.DISPATCHED)
    if number:
        _check_year(record, number, year)
    if not (number and title and proposers and form and who and dispatched):
        return None
    if not record.is_good:
        return None
    row = LedgerRow(
        number=number,
        title=title,
        form=form,
        proposers=proposers,
        role=who.role,
        lead_unit=who.lead,
        split_units=who.split,
        co_units=who.co,
        own_units=who.own,
        dispatched_on=dispatched,
        **_course(dates, who.role),
        **remarks,
    )
    if who.role is Role.CO:
        check_opinion(record, dates)
    check_rating(record, row)
    check_reply(record, row)
    return row if record.is_good else None


def _dates(record: Record, year: int) -> Dates:
    dispatched = record.require(Column.DISPATCHED, day)
    others = {column: record.read(column, day) for column in _OTHER_DATES}
    dates = {column: on for column, on in {Column.DISPATCHED: dispatched, **others}.items() if on}
    check_dates(record, dates, year)
    return dates


def _remarks(record: Record) -> _Remarks:
    remark = record.read(Column.REMARK, text) or None
    marked = bool(record.read(Column.FABRICATED, choices.flag))
    return {
        "category": record.read(Column.CATEGORY, choices.category),
        "key": bool(record.read(Column.KEY, choices.flag)),
        "fabricated": marked or "虚构" in (remark or ""),
        "document_number": record.read(Column.DOCUMENT_NUMBER, text) or None,
        "result_class": record.read(Column.RESULT_CLASS, choices.result_class),
        "openness": record.read(Column.OPENNESS, choices.openness),
        "satisfaction": record.read(Column.SATISFACTION, choices.satisfaction),
        "remark": remark,
    }


def _course(dates: Dates, role: Role) -> _Course:
    opinions = dates.get(Column.CO_OPINIONS)
    own_opinion = opinions if role is Role.CO else None
    return {
        "due_on": dates.get(Column.DUE),
        "signed_on": dates.get(Column.SIGNED),
        "contacted_before_on": dates.get(Column.BEFORE),
        "contacted_during_on": dates.get(Column.DURING),
        "contacted_after_on": dates.get(Column.AFTER),
        "co_opinions_on": None if role is Role.CO else opinions,
        "replied_on": dates.get(Column.REPLIED) or own_opinion,
        "rated_on": dates.get(Column.RATED),
    }


def _check_year(record: Record, number: str, year: int) -> None:
    tells_a_year = number.isdigit() and len(number) >= _NUMBER_WITH_YEAR
    if tells_a_year and not number.startswith(str(year)):
        record.report(NUMBER_OF_OTHER_YEAR, Column.NUMBER, number=number, year=year)
