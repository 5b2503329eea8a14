"""The appraisal of a year: every allowed move works, every other is refused with what would be right."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from contracts.appraisal import AppealOutcome, AppraisalStage, FrozenGroup
from contracts.evaluation import (
    AppraisalPublished,
    ItemAdjusted,
    ItemVerified,
    SelfScored,
)
from contracts.rulebook import read_rulebook
from contracts.vocabulary import CHINA, ActorRole
from evaluation.commands import AppraisalCommand, ClaimedItem, PublishAppraisal
from evaluation.decisions.appraising.freezing import appraisal_view, frozen_sheet, name_of
from evaluation.decisions.appraising.moves import next_moves
from evaluation.decisions.appraising.refusals import (
    AppealTooLate,
    ClaimedTwice,
    DiffersFromComputed,
    GroundsMissing,
    ItemsMissing,
    ItemsUnsettled,
    NothingToAdjust,
    NotNow,
    ReasonMissing,
    RulebookChanged,
    UnknownItem,
)
from evaluation.decisions.report import compute_figures
from evaluation.state import State, evolve
from evaluation.state.appraisal import Appraisal
from tests.evaluation.appraisals import (
    CLAIMS,
    MOVES,
    POINTS,
    RECEIPT,
    SETTLED,
    SHEET,
    STAGES,
    TO_PUBLISHED,
    adjusted,
    after,
    appealed,
    decided,
    events_of,
    frozen,
    opened,
    published,
    self_scored,
    submitted,
    verified,
)
from tests.evaluation.building import the_sample_year, two_clues

D = Decimal
S = AppraisalStage
RULEBOOKS = sorted((Path(__file__).parents[2] / "deploy/rulebooks").glob("*.toml"))

# The whole table, written down a second time: from which stage, by which move, to which stage.
ALLOWED = {
    (S.NOT_OPENED, "open-appraisal"): S.OPENED,
    (S.OPENED, "open-appraisal"): S.OPENED,
    (S.OPENED, "freeze-facts"): S.FROZEN,
    (S.FROZEN, "self-score"): S.SELF_SCORED,
    (S.SELF_SCORED, "self-score"): S.SELF_SCORED,
    (S.SELF_SCORED, "submit-appraisal"): S.SUBMITTED,
    (S.SUBMITTED, "adjust-item"): S.SUBMITTED,
    (S.SUBMITTED, "publish-appraisal"): S.PUBLISHED,
    (S.REOPENED, "adjust-item"): S.REOPENED,
    (S.REOPENED, "publish-appraisal"): S.PUBLISHED,
    (S.PUBLISHED, "appeal-appraisal"): S.APPEALED,
    (S.APPEALED, "decide-appeal"): S.CONCLUDED,
}
# At these stages an item may be verified; that of the sample is one that has to be adjusted.
VERIFIED_AT = {S.SUBMITTED, S.REOPENED}


def stage_of(state: State) -> AppraisalStage:
    return state.stage if isinstance(state, Appraisal) else S.NOT_OPENED


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("move", MOVES, ids=[name_of(type(move)) for move in MOVES])
def test_every_allowed_move_works_and_every_other_is_refused(
    stage: AppraisalStage, move: AppraisalCommand
) -> None:
    state, name = STAGES[stage](), name_of(type(move))
    assert stage_of(state) == stage
    if (stage, name) in ALLOWED:
        events = events_of(move, state)
        assert {event.stream for event in events} == {"appraisal-2024"}
        assert stage_of(evolve(state, events[0])) == ALLOWED[stage, name]
        return
    if name == "verify-item" and stage in VERIFIED_AT:
        with pytest.raises(DiffersFromComputed):
            events_of(move, state)
        return
    with pytest.raises(NotNow) as refused:
        events_of(move, state)
    assert f"现在是“{stage.chinese}”" in refused.value.chinese
    allowed = [each for (at, each), _ in ALLOWED.items() if at is stage]
    assert ("没有，考评已经结束" in refused.value.chinese) == (not allowed)
    assert "has to be" in refused.value.in_english


def test_the_table_names_every_move_that_is_open_at_a_stage() -> None:
    for stage in AppraisalStage:
        named = {move for at, move in ALLOWED if at is stage}
        named |= {"verify-item"} if stage in VERIFIED_AT else set()
        assert {name_of(each) for each in next_moves(stage)} == named


def test_the_assessed_and_the_assessors_are_never_the_same() -> None:
    assessed, assessors = {ActorRole.SUPERVISION}, {ActorRole.COMMITTEE, ActorRole.LEADER}
    for stage in AppraisalStage:
        for move in next_moves(stage):
            own = name_of(move) in {"self-score", "submit-appraisal", "appeal-appraisal"}
            assert move.may == (assessed if own else assessors)


def test_a_move_refused_says_what_can_be_done_instead() -> None:
    with pytest.raises(NotNow) as refused:
        events_of(published(), after(opened(), frozen()))
    assert refused.value.chinese == (
        "2024 年考评现在是“数据已封存”，不能公布；公布要在“核定中”或“复核中”时办理。"
        "现在可以办理的是：自评。"
    )
    assert refused.value.in_english == (
        "The appraisal of 2024 is frozen; to publish the score, it has to be submitted, being"
        " verified or reopened after an appeal. What can be done now: self-score."
    )


def test_facts_are_frozen_only_under_the_rulebook_that_was_opened_with() -> None:
    with pytest.raises(RulebookChanged):
        events_of(frozen(sha256="99" * 32), after(opened()))
    again = after(opened(), opened(sha256="99" * 32), frozen(sha256="99" * 32))
    assert stage_of(again) is S.FROZEN
    assert events_of(opened(), after(opened())) == []


def test_claimed_stands_beside_computed_from_the_self_score_on() -> None:
    (scored,) = events_of(CLAIMS, after(opened(), frozen()))
    assert isinstance(scored, SelfScored)
    assert {each.item: (each.claimed, each.computed) for each in scored.items}["many"] == (
        D(4),
        D(2),
    )
    assert (scored.claimed_total, scored.computed_total) == (D(103), D(98))
    assert events_of(CLAIMS, after(opened(), frozen(), CLAIMS)) == []


def test_a_self_score_names_every_item_once_and_says_why_it_differs() -> None:
    state = after(opened(), frozen())
    with pytest.raises(ItemsMissing) as missing:
        events_of(self_scored(clues=None), state)
    assert "项目clues（clues）" in missing.value.chinese
    twice = self_scored(clues=ClaimedItem(item="many", claimed=D(2)))
    with pytest.raises(ClaimedTwice):
        events_of(twice, state)
    unknown = self_scored().model_copy(
        update={"items": (*self_scored().items, ClaimedItem(item="more", claimed=D(1)))}
    )
    with pytest.raises(UnknownItem):
        events_of(unknown, state)
    with pytest.raises(GroundsMissing) as grounds:
        events_of(self_scored(many=ClaimedItem(item="many", claimed=D(10))), state)
    assert "自评 10 分，按日志计算为 2 分" in grounds.value.chinese
    for more in ({"reason": "另有两件"}, {"evidence": "附件1"}):
        claim = ClaimedItem(item="many", claimed=D(10), **more)
        assert events_of(self_scored(many=claim), state)


def test_what_differs_from_the_log_is_adjusted_with_a_reason_and_never_just_verified() -> None:
    state = after(opened(), frozen(), CLAIMS, submitted())
    with pytest.raises(DiffersFromComputed):
        events_of(verified("many"), state)
    with pytest.raises(ReasonMissing):
        events_of(adjusted("many", "3", ""), state)
    with pytest.raises(NothingToAdjust):
        events_of(adjusted("clues", "1"), state)
    with pytest.raises(UnknownItem):
        events_of(verified("more"), state)
    (change,) = events_of(adjusted("many", "4", "材料齐全"), state)
    assert isinstance(change, ItemAdjusted)
    assert (change.points, change.claimed, change.computed) == (D(4), D(4), D(2))
    assert events_of(adjusted("many", "4", "材料齐全"), evolve(state, change)) == []


def test_what_only_people_can_decide_is_verified_as_claimed() -> None:
    state = after(opened(), frozen(), CLAIMS, submitted())
    (event,) = events_of(verified("by-hand"), state)
    assert isinstance(event, ItemVerified)
    assert event.points == 3
    assert events_of(verified("by-hand"), evolve(state, event)) == []


def test_a_score_is_published_when_every_item_is_settled() -> None:
    with pytest.raises(ItemsUnsettled) as refused:
        events_of(published(), after(opened(), frozen(), CLAIMS, submitted(), *SETTLED[:-2]))
    assert refused.value.facts["items"] == "项目many、项目by-hand"
    (event,) = events_of(published(), STAGES[S.SUBMITTED]())
    assert isinstance(event, AppraisalPublished)
    assert (event.score, event.claimed_total, event.computed_total) == (D(102), D(103), D(98))
    assert (event.position, event.receipt) == (400, RECEIPT)


def test_an_appeal_that_is_upheld_opens_the_items_and_leads_to_another_score() -> None:
    state = after(adjusted("many", "4", "申诉成立"), published(), state=STAGES[S.REOPENED]())
    assert isinstance(state, Appraisal)
    assert (state.stage, state.score) == (S.PUBLISHED, D(103))
    again = after(appealed("还有"), state=state)
    assert isinstance(again, Appraisal)
    assert (again.outcome, again.decision) == (None, "")
    for command in (appealed(""), decided(AppealOutcome.UPHELD, "")):
        with pytest.raises(ReasonMissing):
            events_of(command, state if command == appealed("") else again)


def test_what_people_see_has_all_three_points_of_an_item_side_by_side() -> None:
    state = STAGES[S.PUBLISHED]()
    assert isinstance(state, Appraisal)
    view = appraisal_view(("longgang", 2024), state, [])
    many = next(each for each in view.items if each.id == "many")
    assert (many.computed, many.claimed, many.settled) == (D(2), D(4), D(3))
    assert (many.differs, many.adjusted, many.settled_reason) == (True, True, "材料不足")
    assert (view.computed_total, view.claimed_total, view.settled_total) == (D(98), D(103), D(102))
    assert view.score == 102
    assert view.next == {"appeal-appraisal": ("supervision",)}
    early = appraisal_view(("longgang", 2024), Appraisal(), [])
    assert (early.computed_total, early.claimed_total, early.settled_total) == (None, None, None)


@pytest.mark.parametrize("file", RULEBOOKS, ids=[file.stem for file in RULEBOOKS])
def test_the_frozen_sheet_comes_to_the_total_of_the_score_sheet(file: Path) -> None:
    rulebook = read_rulebook(file.read_text("utf-8"))
    figures = compute_figures("longgang", 2024, 9, the_sample_year(), two_clues(), [], rulebook)
    assert figures.score is not None
    assert frozen_sheet(figures.score, rulebook).total == figures.score.total


@for_all(st.fixed_dictionaries({item: st.decimals(0, 50, places=2) for item in POINTS}))
def test_a_total_stays_within_floor_and_ceiling_and_caps(points: dict[str, D]) -> None:
    group = FrozenGroup(id="g", bonuses_at_most=D(5), deductions_at_most=D(0))
    items = tuple(
        each.model_copy(update={"group": "g" if each.id in {"many", "clues", "late"} else ""})
        for each in SHEET.items
    )
    sheet = SHEET.model_copy(update={"items": items, "groups": (group,), "bonuses_at_most": D(20)})
    expected = min(
        D(110),
        points["base"]
        + min(min(points["many"] + points["clues"], D(5)) + points["by-hand"], D(20)),
    )
    assert sheet.total_of(points) == expected


def test_deductions_stop_at_the_floor_and_bonuses_come_on_top_of_it() -> None:
    points = {"base": D(5), "late": D(9), "many": D(2)}
    assert SHEET.total_of(points) == 2


def appeals_until(last_day: date) -> PublishAppraisal:
    return published().model_copy(
        update={"appeal_until": last_day, "appeal_rule": "some-place/limits.appeal"}
    )


def test_an_appeal_on_the_last_day_is_in_time_and_one_after_it_is_refused_with_that_day() -> None:
    last_day = date(2024, 12, 4)
    state = after(*TO_PUBLISHED[:-1], appeals_until(last_day))
    evening = datetime(2024, 12, 4, 23, 59, tzinfo=CHINA)
    in_time = appealed().model_copy(update={"at": evening})
    assert events_of(in_time, state)
    too_late = appealed().model_copy(update={"at": evening + timedelta(minutes=1)})
    with pytest.raises(AppealTooLate) as refused:
        events_of(too_late, state)
    assert "最后一天是 2024-12-04" in refused.value.chinese
    assert "2024-12-05" in refused.value.in_english
    assert "some-place" not in refused.value.chinese + refused.value.in_english


def test_a_score_that_is_published_again_can_be_appealed_against_anew() -> None:
    first, second = date(2024, 12, 4), date(2025, 1, 8)
    again = after(
        *TO_PUBLISHED[:-1],
        appeals_until(first),
        appealed(),
        decided(AppealOutcome.UPHELD),
        appeals_until(second),
    )
    assert isinstance(again, Appraisal)
    assert again.appeal_until == second


def test_where_no_rule_sets_a_limit_an_appeal_is_never_too_late() -> None:
    years_later = appealed().model_copy(update={"at": datetime(2030, 1, 1, tzinfo=CHINA)})
    assert events_of(years_later, after(*TO_PUBLISHED))
