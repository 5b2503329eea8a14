"""How each event changes what is known of a stream of intake."""

from dataclasses import replace
from typing import TypeVar

from contracts.handing_down import HandDownRevoked, ProposalHandedDown
from contracts.importing import ClueAdopted, LedgerImported, LedgerRowRecorded
from contracts.intake import (
    CaseNumberAssigned,
    FirstReviewPassed,
    IntakeEvent,
    MergeUndone,
    ProposalConverted,
    ProposalFiled,
    ProposalMerged,
    ProposalNotTakenIn,
    ProposalReceived,
    ProposalRefused,
    ProposalResubmitted,
    ProposalReturned,
    ProposalTookIn,
    ProposalTransferred,
    ProposalWithdrawn,
)
from contracts.marking import (
    ProposalCategorised,
    ProposalMarkedExcellent,
    ProposalMarkedKey,
    ProposalUnmarkedExcellent,
    ProposalUnmarkedKey,
)
from contracts.numbering import CaseNumberCorrected, CaseNumberReleased
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
from intake.state.kinds import (
    BeingWritten,
    ClueKept,
    Converted,
    CosignOpen,
    Discarded,
    Draft,
    Drafted,
    Filed,
    FirstReviewed,
    KnownProposal,
    LedgerRead,
    Merged,
    NotFiled,
    Nothing,
    NumberFree,
    NumberTaken,
    Proposal,
    Received,
    Returned,
    State,
    Transferred,
    Withdrawn,
)
from intake.state.marks import marked

Whole = TypeVar("Whole", "Draft", "Proposal")
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

INITIAL: State = Nothing()


def evolve(state: State, event: IntakeEvent) -> State:
    match event:
        case ProposalReceived():
            return Received(_handed_in(state, event))
        case DraftSaved():
            return _saved(state, event)
        case CaseNumberAssigned(proposal_id=proposal_id):
            return NumberTaken(proposal_id)
        case CaseNumberReleased():
            return NumberFree()
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
            ProposalCategorised()
            | ProposalMarkedKey()
            | ProposalUnmarkedKey()
            | ProposalMarkedExcellent()
            | ProposalUnmarkedExcellent()
            | ProposalTookIn()
            | ProposalNotTakenIn()
            | LedgerRowRecorded()
            | ProposalHandedDown()
            | CaseNumberCorrected()
        ):
            known = known_proposal(state)
            return state if known is None else marked(known, event)
        case _:
            known = known_proposal(state)
            return state if known is None else _decided(known.proposal, event)


def known_proposal(state: State) -> KnownProposal | None:
    return state if isinstance(state, KnownProposal) else None


def _handed_in(state: State, received: ProposalReceived) -> Proposal:
    """What was attached and said while it was written goes with it."""
    proposal = Proposal(received, category=received.category)
    if not isinstance(state, BeingWritten):
        return proposal
    draft = state.draft
    return replace(proposal, attachments=draft.attachments, consent=draft.consent, drafted=True)


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
        case Nothing() | NumberTaken() | NumberFree() | ClueKept() | LedgerRead():
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


def _decided(proposal: Proposal, event: Decision) -> KnownProposal:
    match event:
        case FirstReviewPassed(note=note):
            return FirstReviewed(proposal, note)
        case ProposalReturned(reason=returned_for):
            return Returned(proposal, returned_for)
        case ProposalResubmitted(title=title, body=body, category=category):
            completed = proposal.received.model_copy(update={"title": title, "body": body})
            category = category or proposal.category
            return Received(replace(proposal, received=completed, category=category))
        case ProposalFiled(number=number, category=category):
            return Filed(replace(proposal, number=number, category=category or proposal.category))
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
            return Withdrawn(proposal, given_reason, isinstance(event, HandDownRevoked))
