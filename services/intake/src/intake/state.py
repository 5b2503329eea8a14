"""What is known of one stream of intake, and how each event changes it."""

from dataclasses import dataclass, replace

from contracts.intake import (
    CaseNumberAssigned,
    ClueAdopted,
    IntakeEvent,
    LedgerImported,
    LedgerRowRecorded,
    ProposalFiled,
    ProposalMarkedKey,
    ProposalMerged,
    ProposalReceived,
    ProposalRefused,
    ProposalWithdrawn,
)
from contracts.vocabulary import RefusalReason


@dataclass(frozen=True)
class Proposal:
    """A proposal as it was handed in, with what has been added to it since."""

    received: ProposalReceived
    number: str = ""
    key: bool = False
    told: LedgerRowRecorded | None = None


@dataclass(frozen=True)
class Nothing:
    """Nothing has been recorded yet."""


@dataclass(frozen=True)
class Received:
    """已收案，待审查。"""

    proposal: Proposal


@dataclass(frozen=True)
class Filed:
    """已立案。"""

    proposal: Proposal


@dataclass(frozen=True)
class NotFiled:
    """不予立案。"""

    proposal: Proposal
    reason: RefusalReason
    notice: str


@dataclass(frozen=True)
class Merged:
    """已并案。"""

    proposal: Proposal
    into_proposal_id: str


@dataclass(frozen=True)
class Withdrawn:
    """已撤案。"""

    proposal: Proposal
    reason: str


@dataclass(frozen=True)
class NumberTaken:
    """案号已用。"""

    proposal_id: str


@dataclass(frozen=True)
class ClueKept:
    """线索已登记。"""

    clue: ClueAdopted


@dataclass(frozen=True)
class LedgerRead:
    """台账已导入。"""

    latest: LedgerImported


KnownProposal = Received | Filed | NotFiled | Merged | Withdrawn
State = Nothing | KnownProposal | NumberTaken | ClueKept | LedgerRead
ProposalChange = (
    ProposalFiled
    | ProposalRefused
    | ProposalMerged
    | ProposalWithdrawn
    | ProposalMarkedKey
    | LedgerRowRecorded
)

INITIAL: State = Nothing()


def evolve(state: State, event: IntakeEvent) -> State:
    match event:
        case ProposalReceived():
            return Received(Proposal(received=event))
        case CaseNumberAssigned(proposal_id=proposal_id):
            return NumberTaken(proposal_id)
        case ClueAdopted():
            return ClueKept(event)
        case LedgerImported():
            return LedgerRead(event)
        case (
            ProposalFiled()
            | ProposalRefused()
            | ProposalMerged()
            | ProposalWithdrawn()
            | ProposalMarkedKey()
            | LedgerRowRecorded()
        ):
            known = known_proposal(state)
            return state if known is None else _changed(known, event)


def known_proposal(state: State) -> KnownProposal | None:
    match state:
        case Received() | Filed() | NotFiled() | Merged() | Withdrawn():
            return state
        case Nothing() | NumberTaken() | ClueKept() | LedgerRead():
            return None


def _changed(known: KnownProposal, event: ProposalChange) -> KnownProposal:
    proposal = known.proposal
    match event:
        case ProposalFiled(number=number):
            return Filed(replace(proposal, number=number))
        case ProposalRefused(reason=reason, notice=notice):
            return NotFiled(proposal, reason, notice)
        case ProposalMerged(into_proposal_id=into_proposal_id):
            return Merged(proposal, into_proposal_id)
        case ProposalWithdrawn(reason=given_reason):
            return Withdrawn(proposal, given_reason)
        case ProposalMarkedKey():
            return replace(known, proposal=replace(proposal, key=True))
        case LedgerRowRecorded():
            return replace(known, proposal=replace(proposal, told=event))
