"""The rules for an answer that has gone out: to each proposer, to the public; a change of class."""

from typing import ClassVar

from assignment.commands import ChangeResultClass, DeliverReply, PublishReply
from assignment.decisions.dates import (
    CLASS_CHANGE,
    DELIVERY,
    PUBLICATION,
    REPLY,
    not_before,
    not_in_future,
)
from assignment.decisions.standing import (
    AssignmentReturned,
    CoUnitsDoNotAnswer,
    NotAnswered,
    part_of,
    reasoned,
)
from assignment.state import Answered, Assignment, Closed, Dispatched, Returned
from contracts.assignment import (
    AssignmentServiceEvent,
    ReplyDelivered,
    ReplyIssued,
    ReplyPublished,
    ResultClassChanged,
)
from contracts.refusal import Refused
from contracts.vocabulary import Openness


class SameClass(Refused):
    """“{unit}”的办理结果已是{result_class}类，不需要调整。"""

    english: ClassVar[str] = "The answer of {unit} is of class {result_class} already. Leave it so."


class NotAProposer(Refused):
    """“{proposer}”不是本案的提案人。应答复：{proposers}。"""

    english: ClassVar[str] = "{proposer} is no proposer of this case. Those are {proposers}."


class NotForThePublic(Refused):
    """“{unit}”的答复是“{openness}”，不公开发布。需要公开的，请先调整公开属性并重新答复。"""

    english: ClassVar[str] = (
        "The answer of {unit} is not for the public ({openness}). Issue it as public first."
    )


class AlreadyPublished(Refused):
    """“{unit}”的答复已于{published_on}公开。"""

    english: ClassVar[str] = "The answer of {unit} was published on {published_on}; that stands."


def change_class(command: ChangeResultClass, case: Dispatched) -> list[AssignmentServiceEvent]:
    """An event of its own: what the unit said stays in the log beside it."""
    part = part_of(case, command.unit)
    letter = _issued(part)
    was = part.result_class or letter.result_class
    changed = part.class_change
    if changed and (changed.result_class, changed.reason) == (command.result_class, command.reason):
        return []
    if was == command.result_class:
        raise SameClass(unit=part.unit, result_class=was)
    reasoned(command.reason, "调整办理结果类别", "Changing a result class")
    not_in_future(CLASS_CHANGE, command.changed_on, command.at)
    not_before(CLASS_CHANGE, command.changed_on, REPLY, letter.issued_on)
    return [
        ResultClassChanged(
            proposal_id=command.proposal_id,
            unit=command.unit,
            was=was,
            result_class=command.result_class,
            reason=command.reason,
            changed_on=command.changed_on,
        )
    ]


def deliver(command: DeliverReply, case: Dispatched) -> list[AssignmentServiceEvent]:
    """Each proposer gets the answer; those of a merged proposal are proposers too."""
    part = part_of(case, command.unit)
    letter = _issued(part)
    proposers = case.proposers_of(part)
    if proposers and command.proposer not in proposers:
        raise NotAProposer(proposer=command.proposer, proposers="、".join(proposers))
    delivered = ReplyDelivered(
        proposal_id=command.proposal_id,
        unit=command.unit,
        proposer=command.proposer,
        handling_round=part.handling_round,
        delivered_on=command.delivered_on,
    )
    if delivered in part.deliveries:
        return []
    not_in_future(DELIVERY, command.delivered_on, command.at)
    not_before(DELIVERY, command.delivered_on, REPLY, letter.issued_on)
    return [delivered]


def publish(command: PublishReply, case: Dispatched) -> list[AssignmentServiceEvent]:
    part = part_of(case, command.unit)
    letter = _issued(part)
    published = ReplyPublished(
        proposal_id=command.proposal_id,
        unit=command.unit,
        handling_round=part.handling_round,
        published_on=command.published_on,
        address=command.address,
        summary_only=command.summary_only,
    )
    if part.published == published:
        return []
    if part.published and part.published.handling_round == part.handling_round:
        raise AlreadyPublished(unit=part.unit, published_on=part.published.published_on)
    if letter.openness is not Openness.PUBLIC:
        openness = letter.openness.chinese if letter.openness else "未注明"
        raise NotForThePublic(unit=part.unit, openness=openness)
    not_in_future(PUBLICATION, command.published_on, command.at)
    not_before(PUBLICATION, command.published_on, REPLY, letter.issued_on)
    return [published]


def _issued(part: Assignment) -> ReplyIssued:
    if not part.role.answers_the_proposer:
        raise CoUnitsDoNotAnswer(unit=part.unit)
    if isinstance(part.stage, Returned):
        raise AssignmentReturned(unit=part.unit, granted_on=part.stage.granted_on)
    if not isinstance(part.stage, (Answered, Closed)) or not part.replies:
        raise NotAnswered(unit=part.unit)
    return part.replies[-1]
