"""Every command in every state of a proposal: what it comes to, or the sentence that refuses it."""

from functools import reduce
from itertools import product
from typing import get_args

import pytest

from contracts.intake import IntakeEvent
from contracts.refusal import Refused
from intake.commands import AdoptClue, IntakeCommand, RecordLedgerImport
from intake.decisions import decide
from intake.decisions.drafting import SignaturesOutstanding
from intake.decisions.levels import NotHandedDown, NumberOfAnotherProposal
from intake.decisions.refusals import (
    AlreadyFiled,
    AlreadyMerged,
    AlreadyReceived,
    AlreadyRefused,
    AlreadyWithdrawn,
    NotFromALedger,
    ProposalUnknown,
)
from intake.decisions.standing import (
    AlreadyConverted,
    AlreadyTransferred,
    AwaitsCompletion,
    AwaitsFinalReview,
    AwaitsReview,
    DraftGivenUp,
    StillADraft,
    StillBeingCosigned,
)
from intake.state import (
    INITIAL,
    ClueKept,
    Converted,
    CosignOpen,
    Discarded,
    Drafted,
    Filed,
    FirstReviewed,
    LedgerRead,
    Merged,
    NotFiled,
    Nothing,
    NumberFree,
    NumberTaken,
    Received,
    Returned,
    State,
    Transferred,
    Withdrawn,
    evolve,
)
from tests.intake.stories import BY_NAME, HISTORIES

# domain: a proposal is drafted, signed, submitted, reviewed in one or two stages, and then filed,
# refused, merged, converted or transferred; it may be withdrawn. `+` done, `=` was so already and
# nothing is recorded, `n` noted that it was not done, `.` refused as the state says, another letter:
# refused for a reason of its own.
TABLE = """
                         Nothing Drafted CosignOpen Discarded Received FirstReviewed Returned Filed NotFiled Merged Converted Transferred Withdrawn
SaveDraft                   +       +        .          .        .          .           .       .      .       .        .          .          .
DiscardDraft                .       +        +          =        .          .           .       .      .       .        .          .          .
OpenCosigning               .       +        +          .        .          .           .       .      .       .        .          .          .
CosignProposal              .       .        +          .        .          .           .       .      .       .        .          .          .
DeclineCosigning            .       .        +          .        .          .           .       .      .       .        .          .          .
SubmitProposal              .       +        s          .        .          .           .       .      .       .        .          .          .
AddAttachment               .       +        .          .        +          +           +       .      .       .        .          .          .
RemoveAttachment            .       +        .          .        .          .           +       .      .       .        .          .          .
StatePublicationConsent     .       +        +          .        +          +           +       +      .       +        .          .          .
ReceiveProposal             +       .        .          .        r          r           r       r      r       r        r          r          r
PassFirstReview             .       .        .          .        +          .           .       .      .       .        .          .          .
ReturnProposal              .       .        .          .        +          +           .       .      .       .        .          .          .
ResubmitProposal            .       .        .          .        .          .           +       .      .       .        .          .          .
FileProposal                .       .        .          .        +          +           .       .      .       .        .          .          .
CorrectCaseNumber           .       .        .          .        .          .           .       +      .       .        .          .          .
RefuseProposal              .       .        .          .        +          +           .       .      .       .        .          .          .
MergeProposal               .       .        .          .        +          +           .       +      .       .        .          .          .
TakeIn                      .       .        .          .        +          +           +       +      n       n        n          n          n
UndoMerge                   .       .        .          .        =          =           =       =      =       +        =          =          =
ConvertProposal             .       .        .          .        +          +           .       .      +       .        .          .          .
TransferProposal            .       .        .          .        +          +           .       .      +       .        .          .          .
WithdrawProposal            .       .        .          .        +          +           +       +      .       .        .          .          .
CategoriseProposal          .       .        .          .        +          +           .       +      .       .        .          .          .
MarkProposalKey             .       .        .          .        +          +           .       =      .       .        .          .          .
UnmarkProposalKey           .       .        .          .        =          =           .       +      .       .        .          .          .
MarkProposalExcellent       .       .        .          .        .          .           .       +      .       .        .          .          .
UnmarkProposalExcellent     .       .        .          .        .          .           .       =      .       .        .          .          .
RecordLedgerRow             +       l        l          l        l          l           l       l      l       l        l          l          l
ReceiveFromAbove            +       a        a          a        a          a           a       a      a       a        a          a          a
RevokeHandDown              .       .        .          .        .          .           .       h      .       .        .          .          .
"""

STATES: tuple[type[State], ...] = (
    Nothing,
    Drafted,
    CosignOpen,
    Discarded,
    Received,
    FirstReviewed,
    Returned,
    Filed,
    NotFiled,
    Merged,
    Converted,
    Transferred,
    Withdrawn,
)
NOT_OF_A_PROPOSAL = {NumberTaken, NumberFree, ClueKept, LedgerRead}
NOT_ABOUT_A_PROPOSAL = {AdoptClue, RecordLedgerImport}

RECORDS = {
    "SaveDraft": "draft_saved",
    "DiscardDraft": "draft_discarded",
    "OpenCosigning": "cosigning_opened",
    "CosignProposal": "proposal_cosigned",
    "DeclineCosigning": "cosigning_declined",
    "SubmitProposal": "proposal_received",
    "AddAttachment": "attachment_added",
    "RemoveAttachment": "attachment_removed",
    "StatePublicationConsent": "publication_consent_stated",
    "ReceiveProposal": "proposal_received",
    "PassFirstReview": "first_review_passed",
    "ReturnProposal": "proposal_returned",
    "ResubmitProposal": "proposal_resubmitted",
    "FileProposal": "proposal_filed case_number_assigned",
    "CorrectCaseNumber": "case_number_corrected case_number_released case_number_assigned",
    "RefuseProposal": "proposal_refused",
    "MergeProposal": "proposal_merged",
    "TakeIn": "proposal_took_in",
    "UndoMerge": "merge_undone",
    "ConvertProposal": "proposal_converted",
    "TransferProposal": "proposal_transferred",
    "WithdrawProposal": "proposal_withdrawn",
    "CategoriseProposal": "proposal_categorised",
    "MarkProposalKey": "proposal_marked_key",
    "UnmarkProposalKey": "proposal_unmarked_key",
    "MarkProposalExcellent": "proposal_marked_excellent",
    "UnmarkProposalExcellent": "proposal_unmarked_excellent",
    "ReceiveFromAbove": (
        "proposal_received proposal_filed case_number_assigned proposal_handed_down"
    ),
    "RecordLedgerRow": (
        "proposal_received proposal_filed case_number_assigned ledger_row_recorded"
    ),
}

AS_THE_STATE_SAYS: dict[type[State], type[Refused]] = {
    Nothing: ProposalUnknown,
    Drafted: StillADraft,
    CosignOpen: StillBeingCosigned,
    Discarded: DraftGivenUp,
    Received: AwaitsReview,
    FirstReviewed: AwaitsFinalReview,
    Returned: AwaitsCompletion,
    Filed: AlreadyFiled,
    NotFiled: AlreadyRefused,
    Merged: AlreadyMerged,
    Converted: AlreadyConverted,
    Transferred: AlreadyTransferred,
    Withdrawn: AlreadyWithdrawn,
}
FOR_ITS_OWN_REASON: dict[str, type[Refused]] = {
    "s": SignaturesOutstanding,
    "r": AlreadyReceived,
    "l": NotFromALedger,
    "a": NumberOfAnotherProposal,
    "h": NotHandedDown,
}


def cells() -> dict[tuple[str, str], str]:
    head, *lines = (line.split() for line in TABLE.strip().splitlines())
    return {
        (name, state): cell for name, *line in lines for state, cell in zip(head, line, strict=True)
    }


CELLS = cells()


def state_of(history: tuple[IntakeEvent, ...]) -> State:
    return reduce(evolve, history, INITIAL)


def test_the_table_has_every_state_and_every_command_there_is() -> None:
    assert set(STATES) | NOT_OF_A_PROPOSAL == set(get_args(State))
    named = {command.__name__ for command in {*get_args(IntakeCommand)} - NOT_ABOUT_A_PROPOSAL}
    assert set(CELLS) == set(product(named, (state.__name__ for state in STATES)))
    assert named == set(BY_NAME)
    for state, history in HISTORIES.items():
        assert type(state_of(history)) is state


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize("name", BY_NAME)
def test_each_command_in_each_state_is_done_or_told_what_would_be_right(
    name: str, state: type[State]
) -> None:
    cell, now = CELLS[name, state.__name__], state_of(HISTORIES[state])
    if cell == "+":
        events = decide(BY_NAME[name], now)
        assert [event.type.split(".")[2] for event in events] == RECORDS[name].split()
    elif cell == "n":
        (noted,) = decide(BY_NAME[name], now)
        assert noted.type.split(".")[2] == "proposal_not_taken_in"
        assert decide(BY_NAME[name], evolve(now, noted)) == []
    elif cell == "=":
        assert decide(BY_NAME[name], now) == []
    else:
        expected = FOR_ITS_OWN_REASON.get(cell, AS_THE_STATE_SAYS[state])
        with pytest.raises(Refused) as refusal:
            decide(BY_NAME[name], now)
        assert type(refusal.value) is expected
        assert "请" in refusal.value.chinese, "it says what would be right"
        assert "{" not in refusal.value.chinese + refusal.value.in_english


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize("name", BY_NAME)
def test_a_command_that_was_done_is_done_once_however_often_it_is_given(
    name: str, state: type[State]
) -> None:
    if CELLS[name, state.__name__] != "+" or name == "RemoveAttachment":
        return
    now = state_of(HISTORIES[state])
    command = BY_NAME[name]
    then = reduce(
        evolve, (event for event in decide(command, now) if event.stream == command.stream), now
    )
    assert decide(command, then) == []
