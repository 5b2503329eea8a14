"""What is asked of a command at the door, where the rulebook and the list of cases are at hand."""

from assignment.commands import (
    ChangeResultClass,
    CloseAssignment,
    DraftReply,
    FulfilCommitment,
    GrantExtension,
    IssueReply,
)
from assignment.endpoints.dispatching import DispatchDesk
from assignment.endpoints.limiting import LaterThanTheUpperLevel
from contracts.command import Command
from contracts.refusal import Refused
from contracts.vocabulary import Role
from hosting.rulebooks import rulebook_in_force

CLASSIFYING = (IssueReply, DraftReply, ChangeResultClass, FulfilCommitment)


class UnknownClass(Refused):
    """办理结果类别“{letter}”不在规则手册中，应为{letters}之一。"""

    english = "Class {letter!r} is not in the rulebook; use one of {letters_en}."


class ClosedByRating(Refused):
    """“{unit}”的交办件不能由人工办结：答复件在提案人评价之后、会办件在提出意见之后自动办结。人工办结只用于已免除意见的会办单位。"""

    english = (
        "The assignment of {unit} is not closed by hand: an answer is closed when it has been"
        " rated, a co-unit's part with its opinion. By hand, only a waived co-unit is closed."
    )


async def refuse_unknown_class(desk: DispatchDesk, district: str, command: Command) -> None:
    """Raises UnknownClass where the class letter the year's rulebook does not have."""
    if not isinstance(command, CLASSIFYING) or not command.result_class:
        return
    file = await desk.find(district, command.proposal_id)
    if file is None:
        return
    rulebook = await rulebook_in_force(desk.log, district, file.year)
    if rulebook.result_class(command.result_class) is None:
        classes = rulebook.result_classes
        raise UnknownClass(
            letter=command.result_class,
            letters="、".join(f"{each.code}（{each.label}）" for each in classes),
            letters_en=", ".join(f"{each.code} ({each.label_en})" for each in classes),
        )


async def only_waived_co_units(desk: DispatchDesk, district: str, command: Command) -> None:
    """Raises ClosedByRating for a part that closes by itself, when its work has been done."""
    if not isinstance(command, CloseAssignment):
        return
    file = await desk.find(district, command.proposal_id)
    if file is None:
        return
    waived = {
        part.unit
        for part in file.assignments
        if part.role == Role.CO.value and part.opinion_waived is not None
    }
    if command.unit in {part.unit for part in file.assignments} - waived:
        raise ClosedByRating(unit=command.unit)


async def only_within_the_upper_limit(desk: DispatchDesk, district: str, command: Command) -> None:
    """A district gives its unit no more time than it has itself. Raises LaterThanTheUpperLevel.

    Where the limit from above had run out when the case was dispatched, it holds nobody here.
    """
    if not isinstance(command, GrantExtension):
        return
    file = await desk.find(district, command.proposal_id)
    if file is None or file.handed_down is None:
        return
    upper = file.handed_down.due_on
    held = {part.unit for part in file.assignments if part.due_on <= upper}
    if command.unit in held and command.due_on > upper:
        raise LaterThanTheUpperLevel(due_on=upper, asked=command.due_on)
