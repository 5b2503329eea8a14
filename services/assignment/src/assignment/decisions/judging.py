"""The rules for judging a co-unit's opinion: send it back to be given again, or take it up."""

from typing import ClassVar

from assignment.commands import AcceptCoOpinion, SendBackCoOpinion
from assignment.decisions.dates import JUDGEMENT, OPINION, not_before, not_in_future
from assignment.decisions.handling import OnlyCoUnitsGiveOpinions
from assignment.decisions.standing import (
    AssignmentReturned,
    CoUnitsDoNotAnswer,
    in_handling,
    part_of,
    reasoned,
)
from assignment.state import Assignment, Dispatched, Returned
from contracts.assignment import AssignmentServiceEvent, CoOpinionAccepted, CoOpinionSentBack
from contracts.refusal import Refused
from contracts.vocabulary import Role


class NoOpinionYet(Refused):
    """“{unit}”还没有提出会办意见。请等待意见，或者由督查室免除。"""

    english: ClassVar[str] = (
        "{unit} has given no opinion yet. Wait for it, or let the supervision office waive it."
    )


class OpinionIsAccepted(Refused):
    """“{unit}”的会办意见已于{accepted_on}采纳，不再退回。需要补充的，请直接与该单位商量。"""

    english: ClassVar[str] = (
        "The opinion of {unit} was taken up on {accepted_on} and is not sent back any more. Ask"
        " the unit directly for what is missing."
    )


def send_back_opinion(command: SendBackCoOpinion, case: Dispatched) -> list[AssignmentServiceEvent]:
    """The co-unit handles again, and its opinion is owed again."""
    lead, co = _both(case, command.unit, command.co_unit)
    event = CoOpinionSentBack(
        proposal_id=command.proposal_id,
        unit=command.co_unit,
        by_unit=command.unit,
        reason=command.reason,
        sent_back_on=command.sent_back_on,
    )
    if co.opinion_given_on is None and co.sent_back == event:
        return []
    in_handling(lead)
    _has_an_opinion(co)
    if co.opinion_accepted_on is not None:
        raise OpinionIsAccepted(unit=co.unit, accepted_on=co.opinion_accepted_on)
    reasoned(command.reason, "退回会办意见", "Sending an opinion back")
    not_in_future(JUDGEMENT, command.sent_back_on, command.at)
    not_before(JUDGEMENT, command.sent_back_on, OPINION, co.opinion_given_on)
    return [event]


def accept_opinion(command: AcceptCoOpinion, case: Dispatched) -> list[AssignmentServiceEvent]:
    lead, co = _both(case, command.unit, command.co_unit)
    if co.opinion_accepted_on == command.accepted_on:
        return []
    in_handling(lead)
    _has_an_opinion(co)
    if co.opinion_accepted_on is not None:
        raise OpinionIsAccepted(unit=co.unit, accepted_on=co.opinion_accepted_on)
    not_in_future(JUDGEMENT, command.accepted_on, command.at)
    not_before(JUDGEMENT, command.accepted_on, OPINION, co.opinion_given_on)
    return [
        CoOpinionAccepted(
            proposal_id=command.proposal_id,
            unit=command.co_unit,
            by_unit=command.unit,
            accepted_on=command.accepted_on,
        )
    ]


def _both(case: Dispatched, unit: str, co_unit: str) -> tuple[Assignment, Assignment]:
    lead, co = part_of(case, unit), part_of(case, co_unit)
    if not lead.role.answers_the_proposer:
        raise CoUnitsDoNotAnswer(unit=unit)
    if co.role is not Role.CO:
        raise OnlyCoUnitsGiveOpinions(unit=co_unit, role=co.role.chinese)
    if isinstance(co.stage, Returned):
        raise AssignmentReturned(unit=co.unit, granted_on=co.stage.granted_on)
    return lead, co


def _has_an_opinion(co: Assignment) -> None:
    if co.opinion_given_on is None:
        raise NoOpinionYet(unit=co.unit)
