"""The rules for more time: extensions that are asked for, given or declined."""

from datetime import date
from typing import ClassVar

from assignment.commands import DeclineExtension, GrantExtension, RequestExtension
from assignment.decisions.dates import (
    BEGINNING,
    EXTENSION,
    EXTENSION_REQUEST,
    not_before,
    not_in_future,
)
from assignment.decisions.standing import in_handling, part_of, reasoned
from assignment.decisions.timing import not_done
from assignment.state import Assignment, Dispatched
from contracts.assignment import (
    AssignmentServiceEvent,
    ExtensionDeclined,
    ExtensionGranted,
    ExtensionRequested,
)
from contracts.refusal import Refused


class ExtensionPending(Refused):
    """“{unit}”已申请延期至{until}，督查室尚未答复。请等待答复。"""

    english: ClassVar[str] = (
        "{unit} has asked for time until {until}. Wait until the supervision office decides."
    )


class ExtensionNotAsked(Refused):
    """“{unit}”没有待答复的延期申请。请先由该单位申请，写明理由和拟延至的日期。"""

    english: ClassVar[str] = (
        "{unit} has no request for more time waiting. It asks first, with the reason and the day."
    )


class ExtensionTooLate(Refused):
    """办理期限{due_on}已过，不能再申请延期。延期须在期限届满之前申请。"""

    english: ClassVar[str] = (
        "The deadline, {due_on}, has passed. More time is asked for before it does."
    )


class NotMoreTime(Refused):
    """{until}不晚于现在的期限{due_on}。请填写更晚的日期。"""

    english: ClassVar[str] = "{until} is not later than the deadline, {due_on}. Give a later day."


class MoreThanAsked(Refused):
    """“{unit}”申请延至{until}，不能延至更晚的{due_on}。请填写{until}或者更早的日期。"""

    english: ClassVar[str] = (
        "{unit} asked for time until {until}; {due_on} is later. Give that day or an earlier one."
    )


class FirstAnswerStands(Refused):
    """“{unit}”已于{issued_on}首次答复，原期限不再变动。请按重新办理的要求办理。"""

    english: ClassVar[str] = (
        "{unit} gave its first answer on {issued_on}, so its deadline moves no more. Handle the"
        " case again as asked."
    )


def request_extension(command: RequestExtension, case: Dispatched) -> list[AssignmentServiceEvent]:
    part = part_of(case, command.unit)
    request = ExtensionRequested(
        proposal_id=command.proposal_id,
        unit=command.unit,
        reason=command.reason,
        until=command.until,
        requested_on=command.requested_on,
    )
    if part.extension == request:
        return []
    handling = in_handling(part)
    if part.replies:
        raise FirstAnswerStands(unit=part.unit, issued_on=part.replies[0].issued_on)
    if _is_pending(part) and part.extension is not None:
        raise ExtensionPending(unit=part.unit, until=part.extension.until)
    reasoned(command.reason, "申请延期", "Asking for more time")
    not_in_future(EXTENSION_REQUEST, command.requested_on, command.at)
    not_before(EXTENSION_REQUEST, command.requested_on, BEGINNING, handling.since)
    if command.requested_on > part.due_on:
        raise ExtensionTooLate(due_on=part.due_on)
    _is_later(command.until, part)
    return [request]


def grant_extension(command: GrantExtension, case: Dispatched) -> list[AssignmentServiceEvent]:
    part = part_of(case, command.unit)
    granted = ExtensionGranted(
        proposal_id=command.proposal_id,
        unit=command.unit,
        due_on=command.due_on,
        granted_on=command.granted_on,
    )
    if part.extension_ruling == granted:
        return []
    request = _pending_request(part)
    if command.due_on > request.until:
        raise MoreThanAsked(unit=part.unit, until=request.until, due_on=command.due_on)
    _is_later(command.due_on, part)
    not_in_future(EXTENSION, command.granted_on, command.at)
    not_before(EXTENSION, command.granted_on, EXTENSION_REQUEST, request.requested_on)
    return [granted]


def decline_extension(command: DeclineExtension, case: Dispatched) -> list[AssignmentServiceEvent]:
    part = part_of(case, command.unit)
    declined = ExtensionDeclined(
        proposal_id=command.proposal_id, unit=command.unit, reason=command.reason
    )
    if part.extension_ruling == declined:
        return []
    _pending_request(part)
    reasoned(command.reason, "不同意延期", "Declining more time")
    return [declined]


def _is_pending(part: Assignment) -> bool:
    return part.extension is not None and part.extension_ruling is None


def _pending_request(part: Assignment) -> ExtensionRequested:
    not_done(part)
    if part.extension is None or part.extension_ruling is not None:
        raise ExtensionNotAsked(unit=part.unit)
    return part.extension


def _is_later(day: date, part: Assignment) -> None:
    if day <= part.due_on:
        raise NotMoreTime(until=day, due_on=part.due_on)
