"""The rules for the answer to the proposer (答复), and for handling a case again (重新办理)."""

from typing import ClassVar

from assignment.commands import IssueReply, OpenHandlingRound
from assignment.decisions.contents import is_complete, is_founded
from assignment.decisions.dates import BEGINNING, REPLY, not_before, not_in_future
from assignment.decisions.drafting import has_passed
from assignment.decisions.standing import (
    AssignmentReturned,
    CoUnitsDoNotAnswer,
    NotAnswered,
    in_handling,
    not_leaving,
    part_of,
)
from assignment.decisions.timing import clock_runs
from assignment.state import (
    Answered,
    Assignment,
    AwaitingSignature,
    Closed,
    Dispatched,
    InHandling,
    Returned,
)
from contracts.assignment import AssignmentServiceEvent, HandlingRoundOpened, ReplyIssued
from contracts.refusal import Refused


class NoContactBeforeReply(Refused):
    """“{unit}”在{issued_on}之前没有与提案人联系的记录。请先与提案人沟通并记录，再答复。"""

    english: ClassVar[str] = (
        "{unit} has recorded no contact with the proposer up to {issued_on}. Talk to the proposer,"
        " record it, then answer."
    )


class OpinionsOutstanding(Refused):
    """会办意见尚未收齐：{units}。请等待意见，或者由督查室逐一免除。"""

    english: ClassVar[str] = (
        "The opinions of {units} are outstanding. Wait for them, or let the supervision office"
        " waive each by name."
    )


class RoundOutOfOrder(Refused):
    """“{unit}”的下一轮办理是第{expected}轮，不是第{handling_round}轮。请按顺序办理。"""

    english: ClassVar[str] = (
        "The next round of {unit} is number {expected}, not {handling_round}. Open it in order."
    )


def issue_reply(command: IssueReply, case: Dispatched) -> list[AssignmentServiceEvent]:
    part = part_of(case, command.unit)
    if not part.role.answers_the_proposer:
        raise CoUnitsDoNotAnswer(unit=part.unit)
    reply = _reply(command, part)
    if any(_same_letter(reply, earlier) for earlier in part.replies):
        return []
    handling = in_handling(part)
    not_leaving(part)
    clock_runs(part)
    is_complete(command, part, case)
    not_in_future(REPLY, command.issued_on, command.at)
    not_before(REPLY, command.issued_on, BEGINNING, handling.since)
    talked_before(command, part)
    opinions_are_in(case)
    is_founded(command, part, case)
    has_passed(command, part)
    return [reply]


def talked_before(command: IssueReply, part: Assignment) -> None:
    """Raises NoContactBeforeReply."""
    if not any(contact.contacted_on <= command.issued_on for contact in part.contacts):
        raise NoContactBeforeReply(unit=part.unit, issued_on=command.issued_on)


def opinions_are_in(case: Dispatched) -> None:
    """Raises OpinionsOutstanding."""
    outstanding = [other.unit for other in case.assignments if other.owes_an_opinion]
    if outstanding:
        raise OpinionsOutstanding(units="、".join(outstanding))


def open_round(command: OpenHandlingRound, case: Dispatched) -> list[AssignmentServiceEvent]:
    """Also when the case is closed: a later rating may have taken the place of a better one."""
    part = part_of(case, command.unit)
    if not part.role.answers_the_proposer:
        raise CoUnitsDoNotAnswer(unit=part.unit)
    if command.handling_round <= part.handling_round:
        return []
    match part.stage:
        case Returned(granted_on=granted_on):
            raise AssignmentReturned(unit=part.unit, granted_on=granted_on)
        case AwaitingSignature() | InHandling():
            raise NotAnswered(unit=part.unit)
        case Answered() | Closed():
            expected = part.handling_round + 1
            if command.handling_round != expected:
                raise RoundOutOfOrder(
                    unit=part.unit, handling_round=command.handling_round, expected=expected
                )
            return [
                HandlingRoundOpened(
                    proposal_id=command.proposal_id,
                    unit=command.unit,
                    handling_round=expected,
                    opened_on=command.opened_on,
                )
            ]


def _reply(command: IssueReply, part: Assignment) -> ReplyIssued:
    return ReplyIssued(
        proposal_id=command.proposal_id,
        unit=command.unit,
        handling_round=part.handling_round,
        role=part.role,
        document_number=command.document_number,
        result_class=command.result_class,
        openness=command.openness,
        contact_person=command.contact_person,
        issued_on=command.issued_on,
        withheld_because=command.withheld_because,
        addressees=command.addressees,
        points=command.points,
    )


def _same_letter(reply: ReplyIssued, earlier: ReplyIssued) -> bool:
    """The same letter is the same answer, though a new round may have begun since."""
    return reply == earlier.model_copy(update={"handling_round": reply.handling_round})
