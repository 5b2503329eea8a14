"""Who held a case how long: tables of events and the stretches they make."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from contracts.assignment import (
    AssignmentClosed,
    AssignmentDispatched,
    AssignmentSigned,
    CaseEnded,
    CoOpinionGiven,
    CoOpinionWaived,
    HandlingRoundOpened,
    ReplyIssued,
    ReturnDeclined,
    ReturnGranted,
    ReturnRequested,
)
from contracts.evaluation import ReplyRated
from contracts.event import Event
from contracts.holding import CaseSteps, CrossCell, Held, Step
from contracts.intake import ProposalFiled
from contracts.vocabulary import Role, Satisfaction
from evaluation.decisions.holding.answers import insights_of
from evaluation.decisions.holding.course import stretches_of
from evaluation.decisions.holding.summing import holdings_of
from tests.evaluation.building import RULEBOOK

LEAD, CO, OTHER = "区教育局", "区财政局", "区城管局"
ID = "2024-1"
NOON = datetime(2024, 5, 10, 4, tzinfo=UTC)

Told = tuple[str, Event]
Line = tuple[str, str, str, str, int, bool]


def day(month_day: str) -> date:
    return date.fromisoformat(f"2024-{month_day}")


def filed() -> Event:
    return ProposalFiled(proposal_id=ID, year=2024, number="1", title="关于……")


def dispatched(
    unit: str = LEAD, role: Role = Role.SOLE, *, own: bool = True, reporting: bool = True
) -> Event:
    return AssignmentDispatched(
        proposal_id=ID,
        unit=unit,
        year=2024,
        number="1",
        role=role,
        own=own,
        reporting=reporting,
        dispatched_on=day("03-01"),
        due_on=day("05-31"),
        due_rule="",
    )


def signed(unit: str = LEAD) -> Event:
    return AssignmentSigned(proposal_id=ID, unit=unit, signed_on=day("03-04"))


def replied(result_class: str = "A", unit: str = LEAD, handling_round: int = 1) -> Event:
    return ReplyIssued(
        proposal_id=ID,
        unit=unit,
        handling_round=handling_round,
        role=Role.SOLE,
        document_number="1",
        result_class=result_class,
        contact_person="李老师",
        issued_on=day("05-10"),
    )


def rated(satisfaction: Satisfaction = Satisfaction.SATISFIED, unit: str = LEAD) -> Event:
    return ReplyRated(
        proposal_id=ID,
        unit=unit,
        handling_round=1,
        satisfaction=satisfaction,
        rated_on=day("05-20"),
    )


def returning(unit: str = LEAD) -> Event:
    return ReturnRequested(
        proposal_id=ID, unit=unit, reason="", suggested_unit=OTHER, requested_on=day("03-02")
    )


def granted(unit: str = LEAD) -> Event:
    return ReturnGranted(proposal_id=ID, unit=unit, granted_on=day("03-02"))


def declined(unit: str = LEAD) -> Event:
    return ReturnDeclined(proposal_id=ID, unit=unit, reason="")


def opinion(unit: str = CO) -> Event:
    return CoOpinionGiven(proposal_id=ID, unit=unit, given_on=day("04-01"))


def waived(unit: str = CO) -> Event:
    return CoOpinionWaived(proposal_id=ID, unit=unit, reason="")


def again() -> Event:
    return HandlingRoundOpened(proposal_id=ID, unit=LEAD, handling_round=2, opened_on=day("05-20"))


def closed() -> Event:
    return AssignmentClosed(proposal_id=ID, unit=LEAD, closed_on=day("06-03"))


def ended() -> Event:
    return CaseEnded(proposal_id=ID, reason="withdrawn")


def steps_of(told: Sequence[Told], live_at: datetime | None = None) -> list[Step]:
    return [Step(event, day(on), n, live_at) for n, (on, event) in enumerate(told, start=1)]


def lines_of(told: Sequence[Told], today: str = "12-31") -> list[Line]:
    return [
        (
            each.stage.value,
            each.unit,
            f"{each.from_on:%m-%d}",
            f"{each.until_on:%m-%d}",
            each.days,
            each.is_open,
        )
        for each in stretches_of(steps_of(told), day(today))
    ]


WHOLE = [
    ("02-20", filed()),
    ("03-01", dispatched()),
    ("03-04", signed()),
    ("05-10", replied()),
    ("05-20", rated()),
    ("06-03", closed()),
]


@pytest.mark.parametrize(
    ("told", "lines"),
    [
        pytest.param(
            WHOLE,
            [
                ("undispatched", "", "02-20", "03-01", 10, False),
                ("unsigned", LEAD, "03-01", "03-04", 3, False),
                ("handling", LEAD, "03-04", "05-10", 67, False),
                ("rating_pending", LEAD, "05-10", "05-20", 10, False),
            ],
            id="a whole case",
        ),
        pytest.param(
            WHOLE[:2],
            [
                ("undispatched", "", "02-20", "03-01", 10, False),
                ("unsigned", LEAD, "03-01", "12-31", 305, True),
            ],
            id="what goes on lasts until today",
        ),
        pytest.param(
            [WHOLE[1], WHOLE[3], ("05-10", closed())],
            [
                ("undivided", LEAD, "03-01", "05-10", 70, False),
                ("rating_pending", LEAD, "05-10", "05-10", 0, False),
            ],
            id="without a day of signing, signing and handling are one",
        ),
        pytest.param(
            [WHOLE[1], ("03-02", returning()), ("03-06", granted()), ("03-08", dispatched(OTHER))],
            [
                ("unsigned", LEAD, "03-01", "03-02", 1, False),
                ("return_pending", LEAD, "03-02", "03-06", 4, False),
                ("undispatched", "", "03-06", "03-08", 2, False),
                ("unsigned", OTHER, "03-08", "12-31", 298, True),
            ],
            id="a return is with the supervision office until another unit has the case",
        ),
        pytest.param(
            [*WHOLE[1:3], ("03-10", returning()), ("03-12", declined()), ("05-10", replied())],
            [
                ("unsigned", LEAD, "03-01", "03-04", 3, False),
                ("handling", LEAD, "03-04", "03-10", 6, False),
                ("return_pending", LEAD, "03-10", "03-12", 2, False),
                ("handling", LEAD, "03-12", "05-10", 59, False),
                ("rating_pending", LEAD, "05-10", "12-31", 235, True),
            ],
            id="a return that is declined gives back what the unit was at",
        ),
        pytest.param(
            [WHOLE[1], ("03-02", returning()), ("03-05", declined()), ("03-06", signed())],
            [
                ("unsigned", LEAD, "03-01", "03-02", 1, False),
                ("return_pending", LEAD, "03-02", "03-05", 3, False),
                ("unsigned", LEAD, "03-05", "03-06", 1, False),
                ("handling", LEAD, "03-06", "12-31", 300, True),
            ],
            id="a return declined before signing leaves it to be signed",
        ),
        pytest.param(
            [
                ("03-01", dispatched(LEAD, Role.LEAD)),
                ("03-01", dispatched(CO, Role.CO)),
                ("03-04", signed(LEAD)),
                ("03-05", signed(CO)),
                ("04-01", opinion()),
                ("05-10", replied()),
            ],
            [
                ("unsigned", LEAD, "03-01", "03-04", 3, False),
                ("unsigned", CO, "03-01", "03-05", 4, False),
                ("waiting_for_opinions", LEAD, "03-04", "04-01", 28, False),
                ("handling", CO, "03-05", "04-01", 27, False),
                ("handling", LEAD, "04-01", "05-10", 39, False),
                ("rating_pending", LEAD, "05-10", "12-31", 235, True),
            ],
            id="a lead unit waits as long as an opinion is outstanding",
        ),
        pytest.param(
            [
                ("03-01", dispatched(LEAD, Role.LEAD)),
                ("03-04", signed(LEAD)),
                ("03-10", dispatched(CO, Role.CO, own=False)),
                ("03-20", waived()),
            ],
            [
                ("unsigned", LEAD, "03-01", "03-04", 3, False),
                ("handling", LEAD, "03-04", "03-10", 6, False),
                ("waiting_for_opinions", LEAD, "03-10", "03-20", 10, False),
                ("handling", LEAD, "03-20", "12-31", 286, True),
            ],
            id="a waived opinion of another district's unit is waited for and not held here",
        ),
        pytest.param(
            [
                *WHOLE[1:4],
                ("05-20", rated(Satisfaction.DISSATISFIED)),
                ("05-22", again()),
                ("06-10", replied(handling_round=2)),
                ("06-12", rated()),
            ],
            [
                ("unsigned", LEAD, "03-01", "03-04", 3, False),
                ("handling", LEAD, "03-04", "05-10", 67, False),
                ("rating_pending", LEAD, "05-10", "05-20", 10, False),
                ("handling", LEAD, "05-20", "06-10", 21, False),
                ("rating_pending", LEAD, "06-10", "06-12", 2, False),
            ],
            id="a dissatisfied rating gives the case back to the unit",
        ),
        pytest.param(
            [WHOLE[1], WHOLE[2], ("03-20", ended())],
            [
                ("unsigned", LEAD, "03-01", "03-04", 3, False),
                ("handling", LEAD, "03-04", "03-20", 16, False),
            ],
            id="a case that ended waits for nobody",
        ),
        pytest.param(
            [WHOLE[3], WHOLE[1], WHOLE[2]],
            [
                ("unsigned", LEAD, "03-01", "03-04", 3, False),
                ("handling", LEAD, "03-04", "05-10", 67, False),
                ("rating_pending", LEAD, "05-10", "12-31", 235, True),
            ],
            id="what was recorded late is put in the order of its days",
        ),
    ],
)
def test_events_make_these_stretches(told: list[Told], lines: list[Line]) -> None:
    assert lines_of(told) == lines


def test_a_stretch_names_the_events_it_begins_and_ends_with() -> None:
    assert [each.positions for each in stretches_of(steps_of(WHOLE), day("12-31"))] == [
        (1, 2),
        (2, 3),
        (3, 4),
        (4, 5),
    ]


def test_each_stage_says_with_whom_the_case_lies() -> None:
    holders = {
        each.stage.value: each.holder for each in stretches_of(steps_of(WHOLE), day("12-31"))
    }
    assert holders == {
        "undispatched": "督查室",
        "unsigned": "承办单位",
        "handling": "承办单位",
        "rating_pending": "提案人",
    }


def case_of(told: Sequence[Told], number: str = "1", live_at: datetime | None = None) -> CaseSteps:
    return CaseSteps(f"2024-{number}", 2024, number, "关于……", steps_of(told, live_at))


def held(found: Sequence[Held], stage: str, unit: str = "") -> Held:
    return next(each for each in found if (each.stage.value, each.unit) == (stage, unit))


def test_days_are_summed_by_stage_and_by_unit_with_the_cases_behind_them() -> None:
    slower = [*WHOLE[1:2], ("03-11", signed()), ("03-21", signed())]
    cases = [case_of(WHOLE), case_of(slower, "2")]
    found = holdings_of("longgang", 2024, cases, day("03-31"))
    unsigned = held(found.by_stage, "unsigned")
    assert (unsigned.days, unsigned.stretches, unsigned.average) == (13, 2, Decimal("6.5"))
    assert (unsigned.longest, unsigned.still_open) == (10, 0)
    assert [(note.number, note.positions) for note in unsigned.cases] == [
        ("2", (1, 2)),
        ("1", (2, 3)),
    ]
    assert held(found.by_unit, "unsigned", LEAD) == unsigned.model_copy(update={"unit": LEAD})
    assert held(found.by_stage, "handling").still_open == 1
    assert found.cases == 2
    assert {each.stage.value for each in found.by_unit} == {
        "unsigned",
        "handling",
        "rating_pending",
    }


def insight(cases: Sequence[CaseSteps], minutes: int = 10) -> Any:
    return insights_of("longgang", 2024, cases, RULEBOOK, minutes)


def cells(found: Sequence[CrossCell]) -> dict[tuple[str, str], int]:
    return {(each.result, each.satisfaction): each.count for each in found}


def test_results_stand_beside_ratings_by_what_the_rulebook_means_with_the_class() -> None:
    cases = [
        case_of([*WHOLE[1:3], ("05-10", replied("A")), ("05-20", rated())], "1"),
        case_of([*WHOLE[1:3], ("05-10", replied("A")), ("05-20", rated())], "2"),
        case_of(
            [*WHOLE[1:3], ("05-10", replied("C")), ("05-20", rated(Satisfaction.DISSATISFIED))], "3"
        ),
        case_of([*WHOLE[1:3], ("05-10", replied("?"))], "4"),
    ]
    found = insight(cases)
    buckets = {code: RULEBOOK.result_class(code) for code in "AC"}
    solved, other = (each.bucket.value for each in buckets.values() if each)
    assert cells(found.cross) == {
        (solved, "satisfied"): 2,
        (other, "dissatisfied"): 1,
        ("unknown", ""): 1,
    }
    assert found.answers == 4
    assert [note.number for note in found.cross[0].cases] == ["1", "2"]


def test_a_rating_of_an_earlier_answer_is_none_of_the_latest() -> None:
    told = [
        *WHOLE[1:4],
        ("05-20", rated(Satisfaction.DISSATISFIED)),
        ("06-10", replied("A", handling_round=2)),
    ]
    assert list(cells(insight([case_of(told)]).cross).values()) == [1]
    assert insight([case_of(told)]).cross[0].satisfaction == ""


def quick_case(number: str, minutes: float | None) -> CaseSteps:
    """A case rated so many minutes after its answer; None for one that a ledger told of."""
    case = case_of([*WHOLE[1:4], ("05-10", rated())], number)
    if minutes is not None:
        reply, rating = case.steps[-2:]
        took = timedelta(minutes=minutes)
        case.steps[-2:] = [
            Step(reply.event, reply.day, reply.position, NOON),
            Step(rating.event, rating.day, rating.position, NOON + took),
        ]
    return case


def test_only_what_was_recorded_live_is_quick_or_slow() -> None:
    cases = [quick_case("1", 10), quick_case("2", 10.1), quick_case("3", None)]
    share = insight(cases).quickly_satisfied
    assert (share.numerator, share.denominator, share.unknown, share.display) == (1, 2, 1, "50%")
    assert [note.number for note in share.cases] == ["1"]
    assert insight(cases, minutes=11).quickly_satisfied.numerator == 2
    assert insight([]).quickly_satisfied.display == "—"


@pytest.mark.parametrize(
    ("replied_on", "counts"),
    [("05-24", 0), ("05-25", 1), ("05-31", 1), ("06-01", 0)],
)
def test_the_last_week_ends_with_the_last_day_of_the_limit(replied_on: str, counts: int) -> None:
    share = insight([case_of([*WHOLE[1:3], (replied_on, replied())])]).in_the_last_week
    assert (share.numerator, share.denominator) == (counts, 1)


def test_cases_that_ended_are_released_or_not_reported_count_in_no_insight() -> None:
    cases = [
        case_of([*WHOLE[1:4], ("05-11", ended())], "1"),
        case_of([*WHOLE[1:4], ("05-11", granted())], "2"),
        case_of([("03-01", dispatched(reporting=False)), WHOLE[3]], "3"),
        case_of([("03-01", dispatched()), ("03-02", granted()), WHOLE[1], WHOLE[3]], "4"),
    ]
    assert [cell.cases[0].number for cell in insight(cases).cross] == ["4"]
