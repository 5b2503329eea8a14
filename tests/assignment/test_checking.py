"""The check of an answer, point by point, says the same as the rules that let it go out."""

import pytest

from assignment.commands import IssueReply
from assignment.decisions import decide
from assignment.decisions.checking import is_still_to_answer, letter_to_issue, points_of
from assignment.state import INITIAL, Dispatched, evolve
from contracts.assignment import (
    AssignmentServiceEvent,
    PointAnswered,
    Requirements,
    Suggestion,
    SuggestionsListed,
)
from contracts.refusal import Refused
from contracts.vocabulary import CHINA, ContactStage, Role
from tests.assignment import later_cases as later
from tests.assignment.cases import (
    AT,
    CASE,
    EDUCATION,
    FINANCE,
    asked,
    contacted,
    dispatched,
    on,
    opinion,
    signed,
    waived,
)

History = tuple[AssignmentServiceEvent, ...]
TODAY = AT.astimezone(CHINA).date()
STRICT = Requirements(
    contacts=(ContactStage.BEFORE, ContactStage.DURING),
    leader_signs=True,
    reviewed=True,
    full_letter=True,
    evidence_for=("A",),
    commitments_for=("B",),
)
LISTED = SuggestionsListed(
    proposal_id=CASE, suggestions=tuple(Suggestion(number=n, text="建议") for n in (1, 2))
)
ANSWERS = (PointAnswered(number=1, answer="已办"), PointAnswered(number=2, answer="在办"))
BEGUN: History = (dispatched(requirements=STRICT, proposers=("委员甲",)), signed(), LISTED)
DURING = contacted(day=on(4, 1), stage=ContactStage.DURING)
WRITTEN = later.drafted(addressees=("委员甲",), points=ANSWERS, result_class="B")
COMPLETE: History = (
    *BEGUN,
    contacted(),
    DURING,
    later.committed(),
    WRITTEN,
    later.leader_signed(),
    later.passed(),
)
LOOSE: History = (dispatched(), signed())
HISTORIES: dict[str, History] = {
    "complete": COMPLETE,
    "nothing yet": BEGUN,
    "one contact": (*BEGUN, contacted(), WRITTEN, later.leader_signed(), later.passed()),
    "unsigned": (*COMPLETE[:-2],),
    "not reviewed": (*COMPLETE[:-1],),
    "loose, nothing yet": LOOSE,
    "loose, drafted": (*LOOSE, contacted(), later.drafted()),
    "loose, not talked": (*LOOSE, later.drafted()),
    "opinion owed": (*LOOSE, contacted(), dispatched(FINANCE, Role.CO), later.drafted()),
    "opinion waived": (
        *(*LOOSE, contacted(), dispatched(FINANCE, Role.CO), waived(), later.drafted()),
    ),
    "opinion given": (
        *(*LOOSE, contacted(), dispatched(FINANCE, Role.CO), signed(FINANCE), opinion()),
        later.drafted(),
    ),
    "leaving": (*LOOSE, contacted(), later.drafted(), asked()),
    "suspended": (*LOOSE, contacted(), later.drafted(), later.stood_still()),
}


def unmet(*history: AssignmentServiceEvent) -> list[str]:
    case, letter = case_and_letter(*history)
    part = case.assignments[0]
    return [each.chinese for each in points_of(letter, part, case) if not each.is_met]


def case_and_letter(*history: AssignmentServiceEvent) -> tuple[Dispatched, IssueReply]:
    state = INITIAL
    for event in history:
        state = evolve(state, event)
    assert isinstance(state, Dispatched)
    part = state.assignment_of(EDUCATION)
    assert part is not None
    assert is_still_to_answer(part)
    return state, letter_to_issue(part, CASE, AT, TODAY)


@pytest.mark.parametrize("name", HISTORIES)
def test_an_answer_goes_out_when_every_point_is_met_and_not_before(name: str) -> None:
    case, letter = case_and_letter(*HISTORIES[name])
    try:
        decide(letter, case)
    except Refused:
        goes_out = False
    else:
        goes_out = True
    part = case.assignment_of(EDUCATION)
    assert part is not None
    assert all(each.is_met for each in points_of(letter, part, case)) == goes_out


def test_each_point_of_the_letter_is_told_by_itself() -> None:
    half = later.drafted(addressees=("委员甲",), points=ANSWERS[:1], result_class="B")
    before = (*BEGUN, contacted(), DURING, later.committed(), half)
    assert unmet(*before) == ["对第2条建议的答复", "单位领导签发", "督查室审核通过"]


def test_a_class_asks_for_what_the_rulebook_wants_behind_it() -> None:
    solved = later.drafted(addressees=("委员甲",), points=ANSWERS, result_class="A")
    before = (*BEGUN, contacted(), DURING, solved, later.leader_signed(), later.passed())
    assert unmet(*before) == ["办理结果佐证"]
    assert unmet(*COMPLETE) == []


def test_a_place_that_asks_for_little_has_few_points() -> None:
    assert unmet(*LOOSE) == [
        "与提案人联系",
        "文号",
        "办理结果类别",
        "公开属性",
        "联系人",
    ]
