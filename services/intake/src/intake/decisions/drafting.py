"""The rules for writing a proposal: drafts, signing together, handing it in."""

from datetime import date, datetime
from typing import ClassVar

from contracts.intake import IntakeEvent, ProposalReceived
from contracts.proposing import (
    CosignersDropped,
    CosigningDeclined,
    CosigningOpened,
    DraftDiscarded,
    DraftSaved,
    ProposalCosigned,
)
from contracts.refusal import Refused
from contracts.vocabulary import CHINA, ProposalForm
from intake.commands import (
    CosignProposal,
    DeclineCosigning,
    DiscardDraft,
    OpenCosigning,
    SaveDraft,
    SubmitProposal,
)
from intake.decisions.standing import not_now
from intake.state import CosignOpen, Discarded, Draft, Drafted, Filed, Nothing, Received, State

AT_LEAST_TWO = 2


class AlreadyAProposer(Refused):
    """{names}已经是提案人，不必再邀请联名。请从邀请名单中删去。"""

    english: ClassVar[str] = "{names} propose it already; take them off the list of the invited."


class NotInvited(Refused):
    """“{name}”不在联名邀请名单上。请先请第一提案人邀请。"""

    english: ClassVar[str] = (
        "{name} was not invited to sign. Ask the first proposer to invite them."
    )


class CosigningOver(Refused):
    """联名已于{closes_on}截止。请第一提案人延长截止日期后再签，或者另行提出提案。"""

    english: ClassVar[str] = (
        "Signing ended on {closes_on}. Let the first proposer move the day, or propose on your own."
    )


class SignatureStands(Refused):
    """“{name}”已经签名，签名不能撤回。不再同意的，请第一提案人作废草稿，另写一份。"""

    english: ClassVar[str] = (
        "{name} has signed, and a signature stands. If that is wrong, let the first proposer"
        " discard the draft and write another."
    )


class ClosesBeforeToday(Refused):
    """联名截止日期{closes_on}早于今天（{today}）。请填写今天或者以后的日期。"""

    english: ClassVar[str] = (
        "Signing would end on {closes_on}, before today ({today}). Give a later day."
    )


class SignaturesOutstanding(Refused):
    """还有{names}没有答复，联名{closes_on}截止。请等答复或者截止以后再提交；截止时未签名的不列入提案人。"""

    english: ClassVar[str] = (
        "{names} have not answered; signing ends on {closes_on}. Hand it in when they have, or"
        " after that day; who has not signed by then is left out."
    )


class BodyMissing(Refused):
    """提案没有正文。提案应当有情况、有分析、有具体的建议，请写好正文再提交。"""

    english: ClassVar[str] = (
        "The proposal has no text. It states the situation, analyses it and suggests something:"
        " write that, then hand it in."
    )


class OneIsNotJoint(Refused):
    """联名提案要有两名以上提案人。请邀请联名，或者改为个人提案。"""

    english: ClassVar[str] = (
        "A joint proposal has two proposers or more. Invite others to sign, or make it an"
        " individual one."
    )


class CollectiveKindMissing(Refused):
    """集体提案要写明以何种名义提出：党派、团体、界别、小组或者专委会。请补充。"""

    english: ClassVar[str] = (
        "A collective proposal names its kind: party, organisation, sector, group or special"
        " committee. Choose one."
    )


class KindWithoutCollective(Refused):
    """“{kind}”只用于集体提案，这一件是{form}提案。请改为集体提案，或者不填集体的种类。"""

    english: ClassVar[str] = (
        "Only a collective proposal has a kind ({kind}); this one is {form_in_english}. Make it"
        " collective, or leave the kind out."
    )


def save_draft(command: SaveDraft, state: State) -> list[IntakeEvent]:
    saved = DraftSaved(**command.model_dump(exclude={"at"}))
    match state:
        case Nothing():
            return [saved]
        case Drafted(draft) if draft.saved == saved:
            return []
        case CosignOpen(draft) if draft.saved == saved:
            return []
        case Drafted():
            return [saved]
        case CosignOpen(draft) if not draft.signed:
            return [saved]
        case _:
            raise not_now(state, command.proposal_id)


def discard_draft(command: DiscardDraft, state: State) -> list[IntakeEvent]:
    match state:
        case Drafted() | CosignOpen():
            return [DraftDiscarded(proposal_id=command.proposal_id)]
        case Discarded():
            return []
        case _:
            raise not_now(state, command.proposal_id)


def open_cosigning(command: OpenCosigning, state: State) -> list[IntakeEvent]:
    match state:
        case Drafted(draft) | CosignOpen(draft):
            if already := [each for each in command.invited if each in draft.saved.proposers]:
                raise AlreadyAProposer(names="、".join(already))
            if command.closes_on < (today := _today(command.at)):
                raise ClosesBeforeToday(closes_on=command.closes_on, today=today)
            opened = CosigningOpened(
                proposal_id=command.proposal_id,
                invited=tuple(dict.fromkeys(command.invited)),
                closes_on=command.closes_on,
            )
            nobody_new = set(command.invited) <= set(draft.invited)
            is_known = isinstance(state, CosignOpen) and state.closes_on == command.closes_on
            return [] if nobody_new and is_known else [opened]
        case _:
            raise not_now(state, command.proposal_id)


def cosign(command: CosignProposal, state: State) -> list[IntakeEvent]:
    match state:
        case CosignOpen(draft, closes_on):
            if command.name in draft.signed:
                return []
            _may_answer(command.name, draft, closes_on, command.at)
            return [ProposalCosigned(proposal_id=command.proposal_id, name=command.name)]
        case _:
            raise not_now(state, command.proposal_id)


def decline_cosigning(command: DeclineCosigning, state: State) -> list[IntakeEvent]:
    match state:
        case CosignOpen(draft, closes_on):
            if command.name in draft.signed:
                raise SignatureStands(name=command.name)
            if command.name in draft.declined:
                return []
            _may_answer(command.name, draft, closes_on, command.at)
            return [CosigningDeclined(proposal_id=command.proposal_id, name=command.name)]
        case _:
            raise not_now(state, command.proposal_id)


def submit(command: SubmitProposal, state: State) -> list[IntakeEvent]:
    twice = {"reviewed_twice": command.reviewed_twice}
    match state:
        case Drafted(draft):
            return [_handed_in(draft).model_copy(update=twice)]
        case CosignOpen(draft, closes_on):
            if draft.unanswered and _today(command.at) <= closes_on:
                raise SignaturesOutstanding(names="、".join(draft.unanswered), closes_on=closes_on)
            handed_in = _handed_in(draft).model_copy(update=twice)
            dropped = CosignersDropped(proposal_id=command.proposal_id, names=draft.unanswered)
            return [dropped, handed_in] if draft.unanswered else [handed_in]
        case Received(proposal) | Filed(proposal) if proposal.drafted:
            return []
        case _:
            raise not_now(state, command.proposal_id)


def kind_fits(command: ProposalReceived) -> None:
    """Raises KindWithoutCollective."""
    if command.collective is not None and command.form is not ProposalForm.COLLECTIVE:
        raise KindWithoutCollective(
            kind=command.collective.chinese,
            form=command.form.chinese,
            form_in_english=command.form.value,
        )


def _handed_in(draft: Draft) -> ProposalReceived:
    """The draft with everybody who signed; nobody who signed is ever left out."""
    saved = draft.saved
    proposers = tuple(dict.fromkeys((*saved.proposers, *draft.signed)))
    is_joint = saved.form is ProposalForm.INDIVIDUAL and len(proposers) >= AT_LEAST_TWO
    form = ProposalForm.JOINT if is_joint else saved.form
    received = ProposalReceived(
        **{**saved.model_dump(), "proposers": proposers, "form": form},
    )
    if not received.body:
        raise BodyMissing
    if form is ProposalForm.JOINT and len(proposers) < AT_LEAST_TWO:
        raise OneIsNotJoint
    if form is ProposalForm.COLLECTIVE and received.collective is None:
        raise CollectiveKindMissing
    kind_fits(received)
    return received


def _may_answer(name: str, draft: Draft, closes_on: date, at: datetime) -> None:
    if name not in draft.invited:
        raise NotInvited(name=name)
    if _today(at) > closes_on:
        raise CosigningOver(closes_on=closes_on)


def _today(at: datetime) -> date:
    return at.astimezone(CHINA).date()
