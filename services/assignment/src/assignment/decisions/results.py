"""The rules for results: suggestions listed, and what came of each."""

from typing import ClassVar

from assignment.commands import ListSuggestions, RecordResult
from assignment.decisions.dates import RESULT, SIGNING, not_before, not_in_future
from assignment.decisions.standing import (
    AssignmentReturned,
    CoUnitsDoNotAnswer,
    NotSigned,
    part_of,
)
from assignment.state import Assignment, AwaitingSignature, Dispatched, Returned
from contracts.assignment import AssignmentServiceEvent, ResultRecorded, SuggestionsListed
from contracts.refusal import Refused
from contracts.vocabulary import ItemState


class NumbersRepeat(Refused):
    """建议条目的编号有重复：{numbers}。请每条一个编号。"""

    english: ClassVar[str] = "Suggestions are numbered twice: {numbers}. Give each its own number."


class NoSuchSuggestion(Refused):
    """提案没有第{number}条建议，现有：{numbers}。请核对编号。"""

    english: ClassVar[str] = "The proposal has no suggestion {number}; it has {numbers}. Check it."


class DoneWithoutEvidence(Refused):
    """第{number}条建议记为“已完成”，须写明佐证。请补充佐证材料。"""

    english: ClassVar[str] = "Suggestion {number} is said to be done; name what shows it."


def list_suggestions(command: ListSuggestions, case: Dispatched) -> list[AssignmentServiceEvent]:
    if case.suggestions == command.suggestions:
        return []
    numbers = [each.number for each in command.suggestions]
    if twice := sorted({number for number in numbers if numbers.count(number) > 1}):
        raise NumbersRepeat(numbers="、".join(map(str, twice)))
    return [SuggestionsListed(proposal_id=command.proposal_id, suggestions=command.suggestions)]


def record_result(command: RecordResult, case: Dispatched) -> list[AssignmentServiceEvent]:
    part = answering(case, command.unit)
    recorded = ResultRecorded(
        proposal_id=command.proposal_id,
        unit=command.unit,
        number=command.number,
        answer=command.answer,
        evidence=command.evidence,
        state=command.state,
        recorded_on=command.recorded_on,
    )
    if recorded in part.results:
        return []
    numbers = [each.number for each in case.suggestions]
    if numbers and command.number not in numbers:
        raise NoSuchSuggestion(number=command.number, numbers="、".join(map(str, numbers)))
    if command.state is ItemState.DONE and not command.evidence:
        raise DoneWithoutEvidence(number=command.number)
    not_in_future(RESULT, command.recorded_on, command.at)
    not_before(RESULT, command.recorded_on, SIGNING, part.signed_on)
    return [recorded]


def answering(case: Dispatched, unit: str) -> Assignment:
    """The part of a unit that answers. Raises CoUnitsDoNotAnswer, NotSigned or AssignmentReturned."""
    part = part_of(case, unit)
    if not part.role.answers_the_proposer:
        raise CoUnitsDoNotAnswer(unit=unit)
    match part.stage:
        case AwaitingSignature():
            raise NotSigned(unit=unit)
        case Returned(granted_on=granted_on):
            raise AssignmentReturned(unit=unit, granted_on=granted_on)
        case _:
            return part
