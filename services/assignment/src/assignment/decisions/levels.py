"""The rules for what one level tells the other of a part: it has happened, and is taken over.

As with a ledger, today's guards do not judge it: an answer that a proposer has in hand is in the
log of the city too, whoever should have waited for whom.
"""

from assignment.commands import AnswerReported, OpinionReported, TakeBackOpinion, TakeReport
from assignment.decisions.handling import OnlyCoUnitsGiveOpinions, OpinionAlreadyGiven
from assignment.decisions.standing import (
    AlreadyAnswered,
    AlreadyClosed,
    AssignmentReturned,
    CoUnitsDoNotAnswer,
    part_of,
)
from assignment.state import (
    Answered,
    Assignment,
    AwaitingSignature,
    Closed,
    Dispatched,
    Returned,
)
from contracts.assignment import (
    AssignmentClosed,
    AssignmentServiceEvent,
    AssignmentSigned,
    ContactRecorded,
    CoOpinionGiven,
    CoOpinionSentBack,
    LowerCaseOpened,
    ReplyIssued,
)
from contracts.vocabulary import Role


def take_report(command: TakeReport, case: Dispatched) -> list[AssignmentServiceEvent]:
    """What is news in the report; the same report once more comes to nothing."""
    part = part_of(case, command.unit)
    if isinstance(part.stage, Returned):
        raise AssignmentReturned(unit=part.unit, granted_on=part.stage.granted_on)
    return [
        *_link(command, part),
        *_signature(command, part),
        *_contact(command, part),
        *(_answer(command.answer, part) if command.answer else ()),
        *(_opinion(command.opinion, part) if command.opinion else ()),
    ]


def take_back_opinion(command: TakeBackOpinion, case: Dispatched) -> list[AssignmentServiceEvent]:
    """All units gave the one opinion; who has given none since the last time owes it anyway."""
    return [
        CoOpinionSentBack(
            proposal_id=command.proposal_id,
            unit=part.unit,
            by_unit=command.by_unit,
            reason=command.reason,
            sent_back_on=command.sent_back_on,
        )
        for part in case.assignments
        if part.given.reporting and part.role is Role.CO and part.opinion_given_on is not None
    ]


def _link(command: TakeReport, part: Assignment) -> list[AssignmentServiceEvent]:
    opened = LowerCaseOpened(
        proposal_id=command.proposal_id,
        unit=command.unit,
        lower_district=command.lower_district,
        lower_proposal_id=command.lower_proposal_id,
    )
    return [] if part.lower == opened else [opened]


def _signature(command: TakeReport, part: Assignment) -> list[AssignmentServiceEvent]:
    """Who answers has the case in hand, though nobody reported when it was signed for."""
    days = [
        command.signed_on,
        command.contact and command.contact.contacted_on,
        command.answer and command.answer.issued_on,
        command.opinion and command.opinion.given_on,
    ]
    signed_on = next((day for day in days if day), None)
    if not isinstance(part.stage, AwaitingSignature) or signed_on is None:
        return []
    signed_on = max(signed_on, part.given.dispatched_on)
    return [
        AssignmentSigned(proposal_id=command.proposal_id, unit=command.unit, signed_on=signed_on)
    ]


def _contact(command: TakeReport, part: Assignment) -> list[AssignmentServiceEvent]:
    if command.contact is None:
        return []
    contact = ContactRecorded(
        proposal_id=command.proposal_id, unit=command.unit, **command.contact.model_dump()
    )
    return [] if contact in part.contacts else [contact]


def _answer(answer: AnswerReported, part: Assignment) -> list[AssignmentServiceEvent]:
    if not part.role.answers_the_proposer:
        raise CoUnitsDoNotAnswer(unit=part.unit)
    reply = ReplyIssued(
        proposal_id=part.given.proposal_id,
        unit=part.unit,
        handling_round=part.handling_round,
        role=part.role,
        **answer.model_dump(),
    )
    same = reply.model_dump(exclude={"handling_round", "role"})
    if any(same == each.model_dump(exclude={"handling_round", "role"}) for each in part.replies):
        return []
    if isinstance(part.stage, Answered):
        raise AlreadyAnswered(unit=part.unit, issued_on=part.replies[-1].issued_on)
    if isinstance(part.stage, Closed):
        raise AlreadyClosed(unit=part.unit)
    return [reply]


def _opinion(opinion: OpinionReported, part: Assignment) -> list[AssignmentServiceEvent]:
    if part.role is not Role.CO:
        raise OnlyCoUnitsGiveOpinions(unit=part.unit, role=part.role.chinese)
    if (part.opinion_given_on, part.opinion) == (opinion.given_on, opinion.opinion):
        return []
    if part.opinion_given_on is not None:
        raise OpinionAlreadyGiven(unit=part.unit, given_on=part.opinion_given_on)
    of_part = {"proposal_id": part.given.proposal_id, "unit": part.unit}
    given = CoOpinionGiven(**of_part, given_on=opinion.given_on, opinion=opinion.opinion)
    if isinstance(part.stage, Closed):
        return [given]
    return [given, AssignmentClosed(**of_part, closed_on=opinion.given_on)]
