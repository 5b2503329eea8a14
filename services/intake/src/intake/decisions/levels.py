"""The rules for what the upper level hands down: take it over once, follow its changes, give it back."""

from typing import ClassVar

from contracts.handing_down import HandDownRevoked, HandedDown, ProposalHandedDown
from contracts.intake import CaseNumberAssigned, IntakeEvent, ProposalFiled, ProposalReceived
from contracts.marking import ProposalMarkedKey
from contracts.refusal import Refused
from intake.commands import ReceiveFromAbove, RevokeHandDown
from intake.decisions.numbering import corrected, not_a_wrong_number
from intake.decisions.standing import nobody_merged_in, not_now
from intake.state import (
    BeingWritten,
    Filed,
    KnownProposal,
    State,
    Withdrawn,
    known_proposal,
    was_taken_back,
)


class NumberOfAnotherProposal(Refused):
    """编号“{proposal_id}”已是本区另一件提案《{title}》，不能用来接收上级交办的提案。请核对上级案号；本区提案请另用编号。"""

    english: ClassVar[str] = (
        "{proposal_id} is another proposal here, “{title}”. Check the upper level's number, and give"
        " proposals of your own other ids."
    )


class UpperLevelSaysOtherwise(Refused):
    """第{number}号由上级在系统中交办，清单所载的角色、日期或者期限与之不同。请以系统中的为准，从清单中删去这一行。"""

    english: ClassVar[str] = (
        "No. {number} was handed down in the system, with another role, day or limit than this list"
        " says. What is in the system stands; take the row out of the list."
    )


class NotHandedDown(Refused):
    """提案“{proposal_id}”不是上级交办的，没有可以收回的交办。请核对编号。"""

    english: ClassVar[str] = "{proposal_id} was not handed down by the upper level. Check the id."


class RevocationReasonMissing(Refused):
    """上级收回须说明理由。请填写理由。"""

    english: ClassVar[str] = "Say why the upper level took it back."


def receive_from_above(command: ReceiveFromAbove, state: State) -> list[IntakeEvent]:
    """One case for each number of the upper level, however often and from where it is told."""
    handed_down = ProposalHandedDown(
        proposal_id=command.proposal_id, year=command.year, **command.handed_down.model_dump()
    )
    if isinstance(state, BeingWritten):
        title = state.draft.saved.title
        raise NumberOfAnotherProposal(proposal_id=command.proposal_id, title=title)
    known = known_proposal(state)
    if known is None:
        return [*_brought_in(command), handed_down]
    before, told = known.proposal.handed_down, command.handed_down
    if before is None or not told.upper:
        not_a_wrong_number(known.proposal, told.number)
    if before is None:
        return _linked(command, known, handed_down)
    if was_taken_back(known) and told.upper:
        return [handed_down, *_numbered_as_above(known, told)]
    if before.is_the_same_as(told) and (before.upper or not told.upper):
        return []
    if before.upper and not told.upper:
        raise UpperLevelSaysOtherwise(number=told.number)
    if isinstance(known, Filed) or was_taken_back(known):
        return [handed_down, *_numbered_as_above(known, told)]
    raise not_now(known, command.proposal_id)


def revoke_hand_down(command: RevokeHandDown, state: State) -> list[IntakeEvent]:
    match state:
        case Filed(proposal) if proposal.handed_down is not None:
            if not command.reason:
                raise RevocationReasonMissing
            nobody_merged_in(proposal)
            return [
                HandDownRevoked(
                    proposal_id=command.proposal_id,
                    reason=command.reason,
                    revoked_on=command.revoked_on,
                )
            ]
        case Filed():
            raise NotHandedDown(proposal_id=command.proposal_id)
        case Withdrawn(_, reason) if reason == command.reason:
            return []
        case _:
            raise not_now(state, command.proposal_id)


def _linked(
    command: ReceiveFromAbove, known: KnownProposal, handed_down: ProposalHandedDown
) -> list[IntakeEvent]:
    """A case that a ledger told of is linked; one that arose here has only the number in common."""
    proposal = known.proposal
    if proposal.told is None or proposal.received.title != command.title:
        title = proposal.received.title
        raise NumberOfAnotherProposal(proposal_id=command.proposal_id, title=title)
    if not isinstance(known, Filed):
        raise not_now(known, command.proposal_id)
    return [handed_down]


def _numbered_as_above(known: KnownProposal, told: HandedDown) -> list[IntakeEvent]:
    """The number here is the upper level's, which has corrected it."""
    if told.number == known.proposal.number:
        return []
    return corrected(known.proposal, told.number, f"{told.upper_name}更正了案号，本区随之更正")


def _brought_in(command: ReceiveFromAbove) -> list[IntakeEvent]:
    proposal_id, number = command.proposal_id, command.handed_down.number
    key = [ProposalMarkedKey(proposal_id=proposal_id)] if command.key else []
    return [
        ProposalReceived(
            proposal_id=proposal_id,
            year=command.year,
            title=command.title,
            form=command.form,
            proposers=command.proposers,
            body=command.body,
            fabricated=command.fabricated,
            collective=command.collective,
            occasion=command.occasion,
            category=command.category,
        ),
        ProposalFiled(
            proposal_id=proposal_id,
            year=command.year,
            number=number,
            title=command.title,
            category=command.category,
        ),
        CaseNumberAssigned(year=command.year, number=number, proposal_id=proposal_id),
        *key,
    ]
