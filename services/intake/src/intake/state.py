"""What is known of one stream of intake, and how each event changes it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from contracts.handing_down import HandDownRevoked, HandedDown, ProposalHandedDown
from contracts.intake import (
    CaseNumberAssigned,
    ClueAdopted,
    FirstReviewPassed,
    IntakeEvent,
    LedgerImported,
    LedgerRowRecorded,
    MergeUndone,
    ProposalConverted,
    ProposalFiled,
    ProposalMarkedExcellent,
    ProposalMarkedKey,
    ProposalMerged,
    ProposalNotTakenIn,
    ProposalReceived,
    ProposalRefused,
    ProposalResubmitted,
    ProposalReturned,
    ProposalTookIn,
    ProposalTransferred,
    ProposalUnmarkedExcellent,
    ProposalUnmarkedKey,
    ProposalWithdrawn,
)
from contracts.proposing import (
    AttachmentAdded,
    AttachmentRemoved,
    CosignersDropped,
    CosigningDeclined,
    CosigningOpened,
    DraftDiscarded,
    DraftSaved,
    ProposalCosigned,
    PublicationConsentStated,
)
from contracts.vocabulary import RefusalReason

Whole = TypeVar("Whole", "Draft", "Proposal")
Attachments = tuple[AttachmentAdded, ...]


@dataclass(frozen=True)
class Draft:
    """A proposal that is being written, with the answers of those who were invited to sign it."""

    saved: DraftSaved
    invited: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    attachments: Attachments = ()
    consent: PublicationConsentStated | None = None

    @property
    def unanswered(self) -> tuple[str, ...]:
        answered = {*self.signed, *self.declined}
        return tuple(name for name in self.invited if name not in answered)


@dataclass(frozen=True)
class Proposal:
    """A proposal as it was handed in, with what has been added to it since."""

    received: ProposalReceived
    number: str = ""
    key: bool = False
    told: LedgerRowRecorded | None = None
    excellent: bool = False
    attachments: Attachments = ()
    consent: PublicationConsentStated | None = None
    taken_in: tuple[ProposalTookIn, ...] = ()
    not_taken_in: tuple[ProposalNotTakenIn, ...] = ()
    drafted: bool = False
    handed_down: HandedDown | None = None

    @property
    def everybody(self) -> tuple[str, ...]:
        """All who have a right to an answer: its proposers, and those of what was merged into it."""
        merged = (name for each in self.taken_in for name in each.proposers)
        return tuple(dict.fromkeys((*self.received.proposers, *merged)))


@dataclass(frozen=True)
class Nothing:
    """Nothing has been recorded yet."""


@dataclass(frozen=True)
class Drafted:
    """草稿。"""

    draft: Draft


@dataclass(frozen=True)
class CosignOpen:
    """正在征集联名。"""

    draft: Draft
    closes_on: date


@dataclass(frozen=True)
class Discarded:
    """草稿已作废。"""

    draft: Draft


@dataclass(frozen=True)
class Received:
    """已收案，待审查。"""

    proposal: Proposal


@dataclass(frozen=True)
class FirstReviewed:
    """初审已通过，待终审。"""

    proposal: Proposal
    note: str


@dataclass(frozen=True)
class Returned:
    """已退回提案人补充。"""

    proposal: Proposal
    reason: str


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
class Converted:
    """已转为意见建议、社情民意或者来信。"""

    proposal: Proposal
    conversion: ProposalConverted


@dataclass(frozen=True)
class Transferred:
    """已转上级或者下级政协。"""

    proposal: Proposal
    transfer: ProposalTransferred


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


UnderReview = Received | FirstReviewed
Ended = NotFiled | Merged | Converted | Transferred | Withdrawn
KnownProposal = UnderReview | Returned | Filed | Ended
BeingWritten = Drafted | CosignOpen | Discarded
State = Nothing | BeingWritten | KnownProposal | NumberTaken | ClueKept | LedgerRead
DraftChange = (
    DraftDiscarded | CosigningOpened | ProposalCosigned | CosigningDeclined | CosignersDropped
)
Addition = AttachmentAdded | AttachmentRemoved | PublicationConsentStated
Decision = (
    FirstReviewPassed
    | ProposalReturned
    | ProposalResubmitted
    | ProposalFiled
    | ProposalRefused
    | ProposalMerged
    | MergeUndone
    | ProposalConverted
    | ProposalTransferred
    | ProposalWithdrawn
    | HandDownRevoked
)
Mark = (
    ProposalMarkedKey
    | ProposalUnmarkedKey
    | ProposalMarkedExcellent
    | ProposalUnmarkedExcellent
    | ProposalTookIn
    | ProposalNotTakenIn
    | LedgerRowRecorded
    | ProposalHandedDown
)

INITIAL: State = Nothing()


def evolve(state: State, event: IntakeEvent) -> State:
    match event:
        case ProposalReceived():
            return Received(_handed_in(state, event))
        case DraftSaved():
            return _saved(state, event)
        case CaseNumberAssigned(proposal_id=proposal_id):
            return NumberTaken(proposal_id)
        case ClueAdopted():
            return ClueKept(event)
        case LedgerImported():
            return LedgerRead(event)
        case (
            DraftDiscarded()
            | CosigningOpened()
            | ProposalCosigned()
            | CosigningDeclined()
            | CosignersDropped()
        ):
            return _drafted(state, event) if isinstance(state, BeingWritten) else state
        case AttachmentAdded() | AttachmentRemoved() | PublicationConsentStated():
            return _added(state, event)
        case (
            ProposalMarkedKey()
            | ProposalUnmarkedKey()
            | ProposalMarkedExcellent()
            | ProposalUnmarkedExcellent()
            | ProposalTookIn()
            | ProposalNotTakenIn()
            | LedgerRowRecorded()
            | ProposalHandedDown()
        ):
            known = known_proposal(state)
            return state if known is None else _marked(known, event)
        case _:
            known = known_proposal(state)
            return state if known is None else _decided(known.proposal, event)


def known_proposal(state: State) -> KnownProposal | None:
    return state if isinstance(state, KnownProposal) else None


def _handed_in(state: State, received: ProposalReceived) -> Proposal:
    """What was attached and said while it was written goes with it."""
    if not isinstance(state, BeingWritten):
        return Proposal(received)
    draft = state.draft
    return Proposal(received, attachments=draft.attachments, consent=draft.consent, drafted=True)


def _saved(state: State, saved: DraftSaved) -> State:
    match state:
        case Drafted() | CosignOpen():
            return replace(state, draft=replace(state.draft, saved=saved))
        case Nothing():
            return Drafted(Draft(saved))
        case _:
            return state


def _drafted(state: BeingWritten, event: DraftChange) -> State:
    draft = state.draft
    match event:
        case DraftDiscarded():
            return Discarded(draft)
        case CosigningOpened(invited=invited, closes_on=closes_on):
            everybody = tuple(dict.fromkeys((*draft.invited, *invited)))
            return CosignOpen(replace(draft, invited=everybody), closes_on)
        case ProposalCosigned(name=name):
            declined = tuple(each for each in draft.declined if each != name)
            signed = tuple(dict.fromkeys((*draft.signed, name)))
            return replace(state, draft=replace(draft, signed=signed, declined=declined))
        case CosigningDeclined(name=name):
            return replace(state, draft=replace(draft, declined=(*draft.declined, name)))
        case CosignersDropped(names=names):
            invited = tuple(each for each in draft.invited if each not in names)
            return replace(state, draft=replace(draft, invited=invited))


def _added(state: State, event: Addition) -> State:
    match state:
        case Drafted() | CosignOpen() | Discarded():
            return replace(state, draft=_with(state.draft, event))
        case Nothing() | NumberTaken() | ClueKept() | LedgerRead():
            return state
        case _:
            return replace(state, proposal=_with(state.proposal, event))


def _with(whole: Whole, event: Addition) -> Whole:
    match event:
        case AttachmentAdded():
            return replace(whole, attachments=(*whole.attachments, event))
        case AttachmentRemoved(sha256=sha256):
            kept = tuple(each for each in whole.attachments if each.sha256 != sha256)
            return replace(whole, attachments=kept)
        case PublicationConsentStated():
            return replace(whole, consent=event)


def _marked(known: KnownProposal, event: Mark) -> KnownProposal:
    return replace(known, proposal=_with_mark(known.proposal, event))


def _with_mark(proposal: Proposal, event: Mark) -> Proposal:
    match event:
        case ProposalMarkedKey() | ProposalUnmarkedKey():
            return replace(proposal, key=isinstance(event, ProposalMarkedKey))
        case ProposalMarkedExcellent() | ProposalUnmarkedExcellent():
            return replace(proposal, excellent=isinstance(event, ProposalMarkedExcellent))
        case ProposalTookIn():
            return replace(proposal, taken_in=(*proposal.taken_in, event))
        case ProposalNotTakenIn():
            return replace(proposal, not_taken_in=(*proposal.not_taken_in, event))
        case LedgerRowRecorded():
            return replace(proposal, told=event)
        case ProposalHandedDown():
            return replace(proposal, handed_down=event.handed_down)


def _decided(proposal: Proposal, event: Decision) -> KnownProposal:
    match event:
        case FirstReviewPassed(note=note):
            return FirstReviewed(proposal, note)
        case ProposalReturned(reason=returned_for):
            return Returned(proposal, returned_for)
        case ProposalResubmitted(title=title, body=body):
            completed = proposal.received.model_copy(update={"title": title, "body": body})
            return Received(replace(proposal, received=completed))
        case ProposalFiled(number=number):
            return Filed(replace(proposal, number=number))
        case ProposalRefused(reason=reason, notice=notice):
            return NotFiled(proposal, reason, notice)
        case ProposalMerged(into_proposal_id=into_proposal_id):
            return Merged(proposal, into_proposal_id)
        case MergeUndone():
            return Filed(proposal) if proposal.number else Received(proposal)
        case ProposalConverted():
            return Converted(proposal, event)
        case ProposalTransferred():
            return Transferred(proposal, event)
        case ProposalWithdrawn(reason=given_reason) | HandDownRevoked(reason=given_reason):
            return Withdrawn(proposal, given_reason)
