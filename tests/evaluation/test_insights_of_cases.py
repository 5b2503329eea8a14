"""What lies behind figures: results beside ratings, quick ratings, answers in the last week."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from contracts.holding import CaseSteps, CrossCell, Step
from contracts.vocabulary import Satisfaction
from evaluation.decisions.holding.answers import insights_of
from tests.evaluation.building import RULEBOOK
from tests.evaluation.courses import (
    NOON,
    WHOLE,
    Told,
    case_of,
    dispatched,
    ended,
    extended,
    granted,
    moved,
    rated,
    reclassed,
    replied,
    resumed,
    suspended,
)


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


@pytest.mark.parametrize(
    "moving",
    [
        pytest.param([("05-02", extended("06-30"))], id="an extension"),
        pytest.param([("03-10", suspended()), ("04-09", resumed("06-30"))], id="a suspension"),
        pytest.param([("05-02", moved("06-30"))], id="a new calendar"),
        pytest.param([("05-02", extended("06-10")), ("05-20", extended("06-30"))], id="the last"),
    ],
)
def test_the_last_week_is_that_of_the_deadline_that_held(moving: list[Told]) -> None:
    in_time = [case_of([*WHOLE[1:3], *moving, ("06-28", replied())], "1")]
    assert insight(in_time).in_the_last_week.numerator == 1
    before = [case_of([*WHOLE[1:3], *moving, ("05-28", replied())], "2")]
    assert insight(before).in_the_last_week.numerator == 0
    [note] = insight(in_time).in_the_last_week.cases
    assert note.positions == (2 + len(moving), 3 + len(moving))


def test_a_deadline_that_moved_before_a_unit_got_the_case_anew_is_none_of_it() -> None:
    told = [
        ("03-01", dispatched()),
        ("03-02", extended("07-31")),
        ("03-03", granted()),
        *WHOLE[1:3],
        ("05-28", replied()),
    ]
    assert insight([case_of(told)]).in_the_last_week.numerator == 1


def test_an_answer_stands_under_the_class_that_it_was_changed_to() -> None:
    changed = [*WHOLE[1:4], ("05-20", rated()), ("06-30", reclassed("C"))]
    [cell] = insight([case_of(changed)]).cross
    known = RULEBOOK.result_class("C")
    assert known is not None
    assert (cell.result, cell.satisfaction) == (known.bucket.value, "satisfied")
    assert cell.cases[0].why == "区教育局：C 类"
    assert cell.cases[0].positions == (3, 4, 5)
    again = [*changed[:4], ("05-25", reclassed("C")), ("06-10", replied("A", handling_round=2))]
    [cell] = insight([case_of(again)]).cross
    assert cell.result == "solved"


def test_cases_that_ended_are_released_or_not_reported_count_in_no_insight() -> None:
    cases = [
        case_of([*WHOLE[1:4], ("05-11", ended())], "1"),
        case_of([*WHOLE[1:4], ("05-11", granted())], "2"),
        case_of([("03-01", dispatched(reporting=False)), WHOLE[3]], "3"),
        case_of([("03-01", dispatched()), ("03-02", granted()), WHOLE[1], WHOLE[3]], "4"),
    ]
    assert [cell.cases[0].number for cell in insight(cases).cross] == ["4"]
