"""Where a limit counts working days, a ledger's row has the one that the district's calendar gives."""

from datetime import date
from pathlib import Path

import chinese_calendar

from assignment.commands import AdoptHolidayNotice
from contracts.assignment import AssignmentDispatched, Break
from contracts.ledger import LedgerRow
from contracts.vocabulary import ProposalForm, Role
from evaluation.commands import AdoptRulebook
from tests.process.districts import District
from tests.process.rows import NOW, recording

LEDGER = "ledger-2024.xlsx"
LEAD, CO = "区教育局", "区财政局"
TEXT = (
    (Path(__file__).parents[2] / "deploy/rulebooks/shenzhen-2024.toml")
    .read_text(encoding="utf-8")
    .replace("[limits.lead]\nmonths = 3", "[limits.lead]\nworking_days = 30")
    .replace("[limits.co]\nmonths = 1", "[limits.co]\nworking_days = 12")
)
BEFORE_SPRING = date(2024, 2, 1)


def after_an_import(
    dispatched_on: date, *, due_on: date | None = None, notice: AdoptHolidayNotice | None = None
) -> dict[str, AssignmentDispatched]:
    """What the units were given, by unit."""
    district = District()
    district.give("evaluation", AdoptRulebook(at=NOW, year=2024, text=TEXT))
    if notice:
        district.give("assignment", notice)
    row = LedgerRow(
        number="20240001",
        title="关于优化学区划分的建议",
        form=ProposalForm.INDIVIDUAL,
        proposers=("陈一",),
        role=Role.LEAD,
        own_units=(LEAD,),
        co_units=(CO,),
        dispatched_on=dispatched_on,
        due_on=due_on,
    )
    district.give("intake", recording(row, LEDGER), attested_by=LEDGER)
    district.settle()
    assert not district.dead_letters
    events = [event for event, _ in district.log if isinstance(event, AssignmentDispatched)]
    return {event.unit: event for event in events}


def test_days_off_are_left_out_and_worked_weekends_counted() -> None:
    begins_on = date(2024, 2, 1)
    given = after_an_import(begins_on)
    for unit, count in ((LEAD, 30), (CO, 12)):
        worked = chinese_calendar.get_workdays(begins_on, given[unit].due_on)
        assert len([day for day in worked if day > begins_on]) == count
        assert chinese_calendar.is_workday(given[unit].due_on)
        assert not given[unit].provisional


def test_a_limit_that_the_ledger_names_stands() -> None:
    given = after_an_import(date(2024, 2, 1), due_on=date(2024, 2, 17))
    assert (given[LEAD].due_on, given[LEAD].due_rule) == (date(2024, 2, 17), "ledger")


def test_a_year_that_is_not_published_makes_it_provisional_and_the_adopted_notice_counts() -> None:
    begins_on = date(2026, 12, 30)
    unknown = after_an_import(begins_on)[LEAD]
    assert unknown.provisional
    spring = Break(name="春节", first=date(2027, 2, 5), last=date(2027, 2, 11))
    notice = AdoptHolidayNotice(
        at=NOW, year=2027, source="样例", holidays=(spring,), worked=(), version=9
    )
    known = after_an_import(begins_on, notice=notice)[LEAD]
    assert (known.provisional, known.calendar_version) == (False, 9)
    assert (known.due_on - unknown.due_on).days == 7
