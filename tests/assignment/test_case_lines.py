"""A case in one line: its worst delay, its worst rating."""

from datetime import date
from typing import Any

from assignment.projections.reading import CaseView, PartView, line_of

TODAY = date(2024, 7, 1)


def a_part(unit: str = "区教育局", **told: Any) -> PartView:
    known: dict[str, Any] = {
        name: None if field.is_required() else field.get_default(call_default_factory=True)
        for name, field in PartView.model_fields.items()
    }
    known |= {"unit": unit, "role": "split", "own": True, "reporting": True, "contacts": []}
    known |= {"dispatched_on": date(2024, 3, 1), "due_on": date(2024, 6, 1), "due_rule": "sample"}
    return PartView(**known | {"state": "handling", "handling_round": 1} | told)


def a_case(*parts: PartView, ended_reason: str | None = None) -> CaseView:
    return CaseView(
        proposal_id="20240104",
        year=2024,
        number="20240104",
        title="试办",
        key=False,
        fabricated=False,
        ended_reason=ended_reason,
        assignments=list(parts),
    )


def test_an_open_case_is_late_from_day_to_day() -> None:
    assert line_of(a_case(a_part()), TODAY).days_late == 30


def test_an_ended_case_is_not_late() -> None:
    assert line_of(a_case(a_part(), ended_reason="撤案"), TODAY).days_late == 0


def test_a_split_case_shows_its_worst_rating() -> None:
    good = a_part(satisfaction="satisfied")
    bad, unrated = a_part("区财政局", satisfaction="dissatisfied"), a_part("区卫生健康局")
    assert line_of(a_case(good, bad, unrated), TODAY).satisfaction == "dissatisfied"
    assert line_of(a_case(unrated), TODAY).satisfaction is None


def test_a_deadline_is_marked_provisional_as_long_as_the_work_is_not_done() -> None:
    waiting, sure = a_part(provisional=True), a_part("区财政局")
    done = a_part("区卫生健康局", provisional=True, completed_on=date(2024, 5, 1))
    assert line_of(a_case(waiting, sure), TODAY).provisional
    assert not line_of(a_case(sure, done), TODAY).provisional
    assert not line_of(a_case(waiting, ended_reason="撤案"), TODAY).provisional
