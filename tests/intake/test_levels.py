"""What the upper level hands down becomes one case here, however often and from where it is told."""

from datetime import date
from functools import reduce
from typing import Any

import pytest

from contracts.handing_down import HandDownRevoked, HandedDown, ProposalHandedDown
from contracts.importing import LedgerRowRecorded
from contracts.intake import CaseNumberAssigned, IntakeEvent, ProposalTookIn, ProposalWithdrawn
from contracts.ledger import LedgerRow
from contracts.refusal import Refused
from contracts.vocabulary import ProposalForm, Role
from intake.commands import ReceiveFromAbove, RevokeHandDown
from intake.decisions import decide
from intake.decisions.levels import (
    NumberOfAnotherProposal,
    RevocationReasonMissing,
    UpperLevelSaysOtherwise,
)
from intake.decisions.refusals import AlreadyWithdrawn
from intake.decisions.standing import OthersMergedIn
from intake.state import INITIAL, Filed, State, evolve
from tests.intake.stories import ABOVE, AT, HASH, P, filed, received

TOLD_BY_THE_LOG = {"upper": "shenzhen", "upper_proposal_id": "city-299"}


def receive(**changes: Any) -> ReceiveFromAbove:
    told: dict[str, Any] = {
        **P,
        "at": AT,
        "year": 2024,
        "title": received.title,
        "form": ProposalForm.JOINT,
        "proposers": ("陈一",),
        "handed_down": ABOVE,
    }
    return ReceiveFromAbove(**told | changes)


def from_log(**changes: Any) -> HandedDown:
    return ABOVE.model_copy(update=TOLD_BY_THE_LOG | changes)


def after(*events: IntakeEvent) -> State:
    return reduce(evolve, (each for each in events if each.stream == "proposal-p-1"), INITIAL)


def kinds(events: list[IntakeEvent]) -> list[str]:
    return [event.type.split(".")[2] for event in events]


TAKEN_OVER = decide(receive(), INITIAL)
REVOKE = RevokeHandDown(**P, at=AT, reason="上级收回：撤案", revoked_on=date(2024, 4, 1))


def test_it_is_received_filed_and_numbered_as_the_upper_level_numbers_it() -> None:
    assert kinds(TAKEN_OVER) == [
        "proposal_received",
        "proposal_filed",
        "case_number_assigned",
        "proposal_handed_down",
    ]
    number = next(each for each in TAKEN_OVER if isinstance(each, CaseNumberAssigned))
    assert (number.number, number.proposal_id) == (ABOVE.number, "p-1")


def test_the_list_once_more_and_the_log_after_the_list_make_no_second_case() -> None:
    assert decide(receive(), after(*TAKEN_OVER)) == []
    linked = decide(receive(handed_down=from_log()), after(*TAKEN_OVER))
    assert kinds(linked) == ["proposal_handed_down"]
    both = after(*TAKEN_OVER, *linked)
    assert decide(receive(handed_down=from_log()), both) == []
    assert decide(receive(), both) == []


def test_a_limit_that_moved_above_is_told_and_the_case_stays_one() -> None:
    later = from_log(due_on=date(2024, 7, 31))
    moved = decide(
        receive(handed_down=later), after(*decide(receive(handed_down=from_log()), INITIAL))
    )
    assert kinds(moved) == ["proposal_handed_down"]


def test_a_list_does_not_overrule_what_the_upper_level_said_in_the_system() -> None:
    known = after(*decide(receive(handed_down=from_log()), INITIAL))
    old = ABOVE.model_copy(update={"due_on": date(2024, 6, 30)})
    with pytest.raises(UpperLevelSaysOtherwise):
        decide(receive(handed_down=old), known)


def test_a_case_that_a_ledger_told_of_is_linked_and_not_doubled() -> None:
    row = LedgerRow(
        number="20240299",
        title=received.title,
        form=ProposalForm.JOINT,
        proposers=("陈一",),
        role=Role.CO,
        own_units=("区教育局",),
        dispatched_on=date(2024, 3, 1),
    )
    told = LedgerRowRecorded(
        **P, year=2024, row=row, ledger_name="台账", ledger_sha256=HASH, sheet="提案", sheet_row=2
    )
    assert kinds(decide(receive(), after(received, filed, told))) == ["proposal_handed_down"]


def test_a_proposal_of_ones_own_under_the_same_number_is_not_taken_for_it() -> None:
    with pytest.raises(NumberOfAnotherProposal):
        decide(receive(), after(received, filed))


def test_what_is_taken_back_is_over_once() -> None:
    (revoked,) = decide(REVOKE, after(*TAKEN_OVER))
    assert isinstance(revoked, HandDownRevoked)
    assert decide(REVOKE, after(*TAKEN_OVER, revoked)) == []


def test_what_was_taken_back_is_handed_down_again_as_the_same_proposal() -> None:
    told = decide(receive(handed_down=from_log()), INITIAL)
    gone = after(*told, *decide(REVOKE, after(*told)))
    again = decide(receive(handed_down=from_log()), gone)
    assert kinds(again) == ["proposal_handed_down"], "though it says the same as before"
    state = after(*told, *decide(REVOKE, after(*told)), *again)
    assert isinstance(state, Filed)
    assert state.proposal.number == ABOVE.number
    assert kinds(decide(REVOKE, state)) == ["hand_down_revoked"]


def test_a_list_hands_down_again_only_what_lists_told_of_and_with_something_new() -> None:
    later = ABOVE.model_copy(update={"due_on": date(2024, 8, 30)})
    by_list = after(*TAKEN_OVER, *decide(REVOKE, after(*TAKEN_OVER)))
    assert decide(receive(), by_list) == [], "the old list once more"
    assert kinds(decide(receive(handed_down=later), by_list)) == ["proposal_handed_down"]
    told = decide(receive(handed_down=from_log()), INITIAL)
    with pytest.raises(UpperLevelSaysOtherwise):
        decide(receive(handed_down=later), after(*told, *decide(REVOKE, after(*told))))


def test_what_the_district_withdrew_by_itself_is_not_handed_down_again() -> None:
    withdrawn = ProposalWithdrawn(**P, reason="撤案")
    with pytest.raises(AlreadyWithdrawn):
        decide(receive(handed_down=from_log()), after(*TAKEN_OVER, withdrawn))


def test_taking_back_needs_a_reason_and_leaves_nobody_unanswered_who_was_merged_in() -> None:
    refusals: list[type[Refused]] = []
    merged = ProposalTookIn(**P, merged_proposal_id="p-9", proposers=("孙五",))
    for command, state in (
        (REVOKE.model_copy(update={"reason": ""}), after(*TAKEN_OVER)),
        (REVOKE, after(*TAKEN_OVER, merged)),
    ):
        with pytest.raises(Refused) as refusal:
            decide(command, state)
        refusals.append(type(refusal.value))
    assert refusals == [RevocationReasonMissing, OthersMergedIn]


def test_the_event_gives_back_what_was_handed_down() -> None:
    told = next(each for each in TAKEN_OVER if isinstance(each, ProposalHandedDown))
    assert told.handed_down == ABOVE
