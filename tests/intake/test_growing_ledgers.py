"""A ledger that is imported again when more is known: what a later row may add, and what it may not."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given as whenever
from hypothesis import settings
from hypothesis import strategies as st

from contracts.importing import LedgerRowRecorded
from contracts.intake import ProposalMerged, ProposalWithdrawn
from contracts.ledger import LedgerRow
from contracts.marking import ProposalCategorised, ProposalMarkedKey, ProposalUnmarkedKey
from contracts.vocabulary import Openness, ProposalCategory, ProposalForm, Role, Satisfaction
from eventlog.testing import Rules
from intake.decisions import decide
from intake.decisions.growing import FILLED_LATER
from intake.decisions.refusals import (
    AlreadyMerged,
    AlreadyWithdrawn,
    CategorisedOtherwise,
    KeyMarkWasTakenBack,
    LedgerRowDiffers,
    LimitOfALaterLedger,
    RatingHasItsDay,
)
from intake.state import INITIAL, Filed, State, evolve
from tests.intake.test_ledger_decisions import IMPORTED, a_row_command, row, row_recorded

given = Rules(decide, evolve, INITIAL).given

BLANK = row.model_copy(update={"replied_on": None})
TOLD: dict[str, Any] = {
    "signed_on": date(2024, 3, 5),
    "contacted_before_on": date(2024, 3, 20),
    "contacted_during_on": date(2024, 4, 10),
    "contacted_after_on": date(2024, 7, 4),
    "co_opinions_on": date(2024, 5, 20),
    "replied_on": date(2024, 7, 3),
    "document_number": "深龙民函〔2024〕31号",
    "result_class": "A",
    "openness": Openness.PUBLIC,
    "satisfaction": Satisfaction.SATISFIED,
    "rated_on": date(2024, 7, 20),
    "remark": "主席督办",
}
FULL = BLANK.model_copy(update=TOLD)
EARLIER = (*IMPORTED[:-1], row_recorded.model_copy(update={"row": BLANK}))


def later(told: LedgerRow, **changes: Any) -> Any:
    again = {"ledger_name": "2024台账（8月）.xlsx", "ledger_sha256": "cd" * 32, "sheet_row": 9}
    return a_row_command(row=told, **again | changes)


def recorded_later(told: LedgerRow, *filled_in: str) -> LedgerRowRecorded:
    return LedgerRowRecorded(
        proposal_id="20240104",
        year=2024,
        row=told,
        ledger_name="2024台账（8月）.xlsx",
        ledger_sha256="cd" * 32,
        sheet="提案",
        sheet_row=9,
        filled_in=filled_in,
    )


@pytest.mark.parametrize("field", sorted(TOLD))
def test_what_was_blank_may_be_told_later(field: str) -> None:
    told = BLANK.model_copy(update={field: TOLD[field]})
    command = later(told)
    given(*EARLIER).when(command).then(recorded_later(told, field)).when(command).then()


def test_everything_told_at_once_is_one_row_and_names_what_it_filled_in() -> None:
    assert {*TOLD, "category"} == FILLED_LATER
    given(*EARLIER).when(later(FULL)).then(recorded_later(FULL, *TOLD))


@pytest.mark.parametrize("field", sorted(TOLD))
def test_what_was_told_is_neither_changed_nor_taken_away(field: str) -> None:
    logged = row_recorded.model_copy(update={"row": FULL})
    known = given(*IMPORTED[:-1], logged)
    other = {"openness": Openness.WITHHELD, "satisfaction": Satisfaction.DISSATISFIED}
    for value in (
        None,
        other.get(field, TOLD["remark"] * 2 if field == "remark" else row.dispatched_on),
    ):
        changed = FULL.model_copy(update={field: value})
        refusal = known.when(later(changed)).refused(LedgerRowDiffers)
        assert str(refusal.facts["differences"]).count("已登记为") == 1


def test_a_category_told_later_is_that_of_the_proposal() -> None:
    told = BLANK.model_copy(update={"category": ProposalCategory.CULTURAL})
    categorised = ProposalCategorised(proposal_id="20240104", category=ProposalCategory.CULTURAL)
    recorded = recorded_later(told, "category")
    given(*EARLIER).when(later(told)).then(categorised, recorded)
    given(*EARLIER, categorised).when(later(told)).then(recorded)


def test_a_category_that_an_office_gave_is_not_told_otherwise() -> None:
    by_an_office = ProposalCategorised(proposal_id="20240104", category=ProposalCategory.SOCIAL)
    told = BLANK.model_copy(update={"category": ProposalCategory.CULTURAL})
    refusal = given(*EARLIER, by_an_office).when(later(told)).refused(CategorisedOtherwise)
    assert (refusal.facts["logged"], refusal.facts["told"]) == ("社会建设", "文化建设")


def test_a_row_that_fills_and_contradicts_is_refused_and_told_what_contradicts() -> None:
    both = FULL.model_copy(update={"title": "另一个案由"})
    refusal = given(*EARLIER).when(later(both)).refused(LedgerRowDiffers)
    assert refusal.facts["differences"] == f"案由已登记为“{row.title}”，这次为“另一个案由”"


@pytest.mark.parametrize(
    "change",
    [
        {"lead_unit": "区教育局"},
        {"split_units": ("区教育局",)},
        {"co_units": ("区财政局", "区教育局")},
        {"fabricated": True},
        {"form": ProposalForm.JOINT},
        {"role": Role.SOLE},
    ],
)
def test_who_handles_a_case_is_not_told_later(change: dict[str, Any]) -> None:
    given(*EARLIER).when(later(BLANK.model_copy(update=change))).refused(LedgerRowDiffers)


def test_a_limit_is_not_set_by_a_later_ledger() -> None:
    limited = FULL.model_copy(update={"due_on": date(2024, 8, 31)})
    refusal = given(*EARLIER).when(later(limited)).refused(LimitOfALaterLedger)
    assert refusal.facts["due_on"] == date(2024, 8, 31)


def test_a_rating_that_came_without_its_day_keeps_that_of_the_answer() -> None:
    rated = FULL.model_copy(update={"rated_on": None})
    known = given(*IMPORTED[:-1], row_recorded.model_copy(update={"row": rated}))
    known.when(later(FULL)).refused(RatingHasItsDay)
    same_day = FULL.model_copy(update={"rated_on": rated.replied_on})
    known.when(later(same_day)).then(recorded_later(same_day, "rated_on"))


def test_a_case_that_turns_out_to_be_a_key_proposal_is_marked() -> None:
    key = BLANK.model_copy(update={"key": True})
    mark = ProposalMarkedKey(proposal_id="20240104")
    given(*EARLIER).when(later(key)).then(mark, recorded_later(key, "key"))
    given(*EARLIER, mark).when(later(key)).then(recorded_later(key, "key"))


def test_a_mark_that_people_took_back_is_not_made_again_by_a_ledger() -> None:
    key = BLANK.model_copy(update={"key": True})
    mark = ProposalMarkedKey(proposal_id="20240104")
    back = ProposalUnmarkedKey(proposal_id="20240104", unmark_reason="名额调整")
    given(*EARLIER, mark, back).when(later(key)).refused(KeyMarkWasTakenBack)
    given(*EARLIER, mark, back, mark).when(later(key)).then(recorded_later(key, "key"))


def test_nothing_more_is_told_of_a_proposal_that_has_ended() -> None:
    gone = ProposalWithdrawn(proposal_id="20240104", reason="提案人撤回")
    merged = ProposalMerged(proposal_id="20240104", into_proposal_id="20240105", proposers=())
    given(*EARLIER, gone).when(later(FULL)).refused(AlreadyWithdrawn)
    given(*EARLIER, merged).when(later(FULL)).refused(AlreadyMerged)


CELLS = [{field} for field in TOLD.keys() - {"satisfaction", "rated_on"}]
cells = st.sampled_from([*sorted(CELLS, key=sorted), {"satisfaction", "rated_on"}, {"key"}])
cuts = st.lists(st.lists(cells), max_size=4)


def told_in(rows: list[LedgerRow]) -> Filed:
    state: State = INITIAL
    for each in rows:
        command = later(each)
        for event in decide(command, state):
            state = evolve(state, event) if event.stream == command.stream else state
    assert isinstance(state, Filed)
    return state


@settings(max_examples=150, deadline=None)
@whenever(cuts)
def test_a_row_cut_into_any_chain_comes_to_the_same_state_as_the_row_at_once(
    cut: list[list[set[str]]],
) -> None:
    known: set[str] = set()
    chain = []
    full = FULL.model_copy(update={"key": True})
    for cells_of_a_ledger in cut:
        known = known.union(*cells_of_a_ledger)
        blank = dict.fromkeys(TOLD.keys() - known) | {"key": "key" in known}
        chain.append(full.model_copy(update=blank))
    grown, at_once = told_in([*chain, full]), told_in([full])
    told = grown.proposal.told
    assert told is not None
    assert told.row == full
    assert replace(grown.proposal, told=at_once.proposal.told) == at_once.proposal
