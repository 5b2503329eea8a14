"""The rules for case numbers: each is one proposal's at a time, and a wrong one can be corrected."""

from collections.abc import Collection
from typing import ClassVar

from contracts.intake import CaseNumberAssigned, IntakeEvent
from contracts.numbering import CaseNumberCorrected, CaseNumberReleased
from contracts.refusal import Refused
from intake.commands import CorrectCaseNumber
from intake.decisions.refusals import CaseNumberTaken
from intake.decisions.standing import not_now
from intake.state import Filed, NumberFree, NumberTaken, Proposal, State


class CorrectionReasonMissing(Refused):
    """更正案号须说明原因。请写明原案号是怎样编错的，有依据的写明依据。"""

    english: ClassVar[str] = (
        "A case number is corrected for a reason. State how the old one came to be wrong, and what"
        " shows it."
    )


class NumberNotChanged(Refused):
    """提案的案号本来就是第{number}号，没有改动。请填写正确的案号。"""

    english: ClassVar[str] = (
        "The proposal has the number {number} already. Write the one that is right."
    )


class NumberWasCorrected(Refused):
    """第{number}号原是《{title}》的案号，已更正为第{corrected}号。这一行仍指该提案的，请把案号改为{corrected}；是另一件提案的，请删去这一行，在系统中收案并以第{number}号立案。"""

    english: ClassVar[str] = (
        "No. {number} was the number of “{title}”, which has been corrected to {corrected}. If this"
        " row is about that proposal, write {corrected}; if it is about another, take the row out,"
        " receive that proposal here and file it as No. {number}."
    )


class NumberIsFromAbove(Refused):
    """第{number}号是{upper_name}交办时的案号，不能在本区更正。请由{upper_name}在系统中更正，本区随之更正。"""

    english: ClassVar[str] = (
        "No. {number} is the number under which {upper_name} handed the case down; it is not"
        " corrected here. Let it be corrected there, and it will be corrected here by itself."
    )


def correct_case_number(command: CorrectCaseNumber, state: State) -> list[IntakeEvent]:
    match state:
        case Filed(proposal) if proposal.number == command.number and proposal.wrong_numbers:
            return []
        case Filed(proposal):
            above = proposal.handed_down
            if above is not None and above.upper is not None:
                raise NumberIsFromAbove(number=proposal.number, upper_name=above.upper_name)
            if proposal.number == command.number:
                raise NumberNotChanged(number=command.number)
            if not command.reason:
                raise CorrectionReasonMissing
            return corrected(proposal, command.number, command.reason)
        case _:
            raise not_now(state, command.proposal_id)


def corrected(proposal: Proposal, number: str, reason: str) -> list[IntakeEvent]:
    """The proposal has another number, and the one that it had is free for its rightful owner."""
    proposal_id, year = proposal.received.proposal_id, proposal.received.year
    return [
        CaseNumberCorrected(
            proposal_id=proposal_id, year=year, was=proposal.number, number=number, reason=reason
        ),
        CaseNumberReleased(year=year, number=proposal.number, proposal_id=proposal_id),
        CaseNumberAssigned(year=year, number=number, proposal_id=proposal_id),
    ]


def not_a_wrong_number(proposal: Proposal, number: str) -> None:
    """Raises NumberWasCorrected: what comes under a number that was corrected may be either case."""
    if number in proposal.wrong_numbers:
        title = proposal.received.title
        raise NumberWasCorrected(number=number, title=title, corrected=proposal.number)


def is_plainly_another(title: str, proposers: Collection[str], proposal: Proposal) -> bool:
    """Whether nothing that a row says of a proposal is what is known of this one."""
    received = proposal.received
    return title != received.title and not set(proposers) & set(received.proposers)


def follows(event: IntakeEvent, state: State) -> bool:
    """Whether an event of a case number may come after what is known of that number.

    A number is given to nobody while another proposal holds it; the title in the refusal is then
    the id of that proposal. Raises CaseNumberTaken.
    """
    if isinstance(event, CaseNumberReleased):
        return isinstance(state, NumberTaken) and state.proposal_id == event.proposal_id
    if not isinstance(event, CaseNumberAssigned):
        return False
    if isinstance(state, NumberTaken) and state.proposal_id != event.proposal_id:
        raise CaseNumberTaken(year=event.year, number=event.number, title=state.proposal_id)
    return isinstance(state, NumberFree)
