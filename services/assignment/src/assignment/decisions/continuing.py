"""The rules for a ledger that tells more of a case than the log knows: what is new is recorded, once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from assignment.commands import RecordHandlingHistory
from assignment.decisions import telling as told
from assignment.decisions.dates import BEGINNING, OPINION, REPLY, SIGNING, Occasion, not_before
from assignment.decisions.standing import (
    AlreadyClosed,
    AssignmentReturned,
    CaseHasEnded,
    not_leaving,
    part_of,
)
from assignment.decisions.timing import clock_runs
from assignment.state import Assignment, Closed, Dispatched, Ended, InHandling, Returned
from contracts.assignment import AssignmentServiceEvent, ContactRecorded, ReplyParticularsAdded
from contracts.refusal import Refused
from contracts.vocabulary import Role, Term


class LedgerToldOtherwise(Refused):
    """第{number}号“{unit}”的{what}，系统中登记为“{logged}”，台账所载为“{told}”。台账不能改动已登记的内容：台账有误的请改正；登记有误的，请在系统中办理更正。"""

    english: ClassVar[str] = (
        "{what_in_english} of {unit} in No. {number} is in the log as {logged_in_english}; the"
        " ledger says {told_in_english}. A ledger does not change what is logged: correct the"
        " ledger, or put the case right in the system."
    )


@dataclass(frozen=True)
class Stated:
    """Something that a row states of a unit's part, and what it is called."""

    what: Occasion
    told: date | Term | str


ROLE = Occasion("承办角色", "The role")
CONTACTS = {
    "before": Occasion("办前联系日期", "The contact before handling"),
    "during": Occasion("办中联系日期", "The contact during handling"),
    "after": Occasion("办后联系日期", "The contact after handling"),
}
PARTICULARS = {
    "document_number": Occasion("文号", "The document number"),
    "result_class": Occasion("办理结果类别", "The result class"),
    "openness": Occasion("公开属性", "The openness"),
}


def continue_history(
    command: RecordHandlingHistory, case: Dispatched | Ended
) -> list[AssignmentServiceEvent]:
    """What the log has already is left as it is; what cannot be true beside it is refused.

    The case may have been gone on with in the system since the last ledger. A day that the log has
    too is no news; another day for the same thing is LedgerToldOtherwise. What is new is recorded
    in the order in which a whole ledger is (`record_history`), so that both come to the same.
    """
    if isinstance(case, Ended):
        if isinstance(case.before, Dispatched) and continue_history(command, case.before):
            raise CaseHasEnded(proposal_id=command.proposal_id, reason=case.reason)
        return []
    if not _tells_of_handling(command):
        return []
    own = [part_of(case, unit) for unit in command.row.own_units]
    begun = [event for part in own for event in _begun(command, part)]
    completed = [event for part in own for event in _completed(command, part)]
    for part in own:
        _has_kept_its_role(command, part, [*begun, *completed])
    return [*begun, *_opinions(command, case), *completed]


def _tells_of_handling(command: RecordHandlingHistory) -> bool:
    row = command.row
    contacts = (row.contacted_before_on, row.contacted_during_on, row.contacted_after_on)
    return any((row.signed_on, *contacts, row.co_opinions_on, row.replied_on))


def _begun(command: RecordHandlingHistory, part: Assignment) -> list[AssignmentServiceEvent]:
    begun = [*_signature(command, part), *_contacts(command, part)]
    if begun and isinstance(part.stage, Returned):
        raise AssignmentReturned(unit=part.unit, granted_on=part.stage.granted_on)
    return begun


def _signature(command: RecordHandlingHistory, part: Assignment) -> list[AssignmentServiceEvent]:
    day = command.row.signed_on
    if day is None or _is_logged(command, part, Stated(SIGNING, day), part.signed_on):
        return []
    not_before(OPINION, part.opinion_given_on, SIGNING, day)
    return told.signature(command, part.unit)


def _contacts(command: RecordHandlingHistory, part: Assignment) -> Iterator[ContactRecorded]:
    """A ledger has one day for each kind of contact; the log may have several."""
    for contact in told.contacts(command, part.unit):
        day = contact.contacted_on
        logged = [each.contacted_on for each in part.contacts if each.stage is contact.stage]
        if day in logged:
            continue
        if logged:
            stated = Stated(CONTACTS[contact.stage.value], day)
            raise _otherwise(command, part, stated, "、".join(map(str, logged)))
        yield contact


def _opinions(command: RecordHandlingHistory, case: Dispatched) -> list[AssignmentServiceEvent]:
    """The day on which all were in: some may have come earlier, none later, and the last one then."""
    day = command.row.co_opinions_on
    if day is None or not command.row.role.answers_the_proposer:
        return []
    parts = [part_of(case, unit) for unit in command.row.co_units]
    given = [part for part in parts if part.opinion_given_on]
    owing = [part for part in parts if part.owes_an_opinion]
    if given:
        latest = max(given, key=_given_on)
        is_last = len(given) == len(parts)
        if _given_on(latest) > day or (is_last and _given_on(latest) < day):
            raise _otherwise(command, latest, Stated(OPINION, day), _given_on(latest))
    for part in owing:
        _is_open(part, OPINION, day)
    return [event for part in owing for event in told.opinion(command, part.unit, day)]


def _given_on(part: Assignment) -> date:
    return part.opinion_given_on or date.min


def _completed(command: RecordHandlingHistory, part: Assignment) -> list[AssignmentServiceEvent]:
    day = command.row.replied_on
    if day is None:
        return []
    if command.row.role is Role.CO:
        if _is_logged(command, part, Stated(OPINION, day), part.opinion_given_on):
            return []
        _is_open(part, OPINION, day)
        return told.opinion(command, part.unit, day)
    first = part.replies[0].issued_on if part.replies else None
    if _is_logged(command, part, Stated(REPLY, day), first):
        return _particulars(command, part, day)
    _is_open(part, REPLY, day)
    return told.answer(command, part.unit, day)


def _particulars(
    command: RecordHandlingHistory, part: Assignment, issued_on: date
) -> list[AssignmentServiceEvent]:
    """What the answer says of itself, as far as the log has not got it. A class may have changed since."""
    first, row = part.replies[0], command.row
    changed = part.class_change.result_class if part.class_change else ""
    logged = {
        "document_number": first.document_number,
        "result_class": first.result_class or changed,
        "openness": first.openness,
    }
    stated = {field: value for field in logged if (value := getattr(row, field))}
    new = {
        field: value
        for field, value in stated.items()
        if not _is_logged(command, part, Stated(PARTICULARS[field], value), logged[field])
    }
    if not new:
        return []
    return [
        ReplyParticularsAdded(
            proposal_id=command.proposal_id,
            unit=part.unit,
            handling_round=first.handling_round,
            issued_on=issued_on,
            **new,
        )
    ]


def _is_logged(
    command: RecordHandlingHistory,
    part: Assignment,
    stated: Stated,
    logged: date | Term | str | None,
) -> bool:
    """Whether the log says the same. Raises LedgerToldOtherwise where it says something else."""
    if not logged:
        return False
    if logged != stated.told:
        raise _otherwise(command, part, stated, logged)
    return True


def _has_kept_its_role(
    command: RecordHandlingHistory, part: Assignment, news: Sequence[AssignmentServiceEvent]
) -> None:
    is_told_of = any(getattr(event, "unit", "") == part.unit for event in news)
    if is_told_of and part.role is not command.row.role:
        raise _otherwise(command, part, Stated(ROLE, command.row.role), part.role)


def _is_open(part: Assignment, what: Occasion, day: date) -> None:
    """Something final may still be told of the part: it was not given up, and the day fits."""
    match part.stage:
        case Returned(granted_on=granted_on):
            raise AssignmentReturned(unit=part.unit, granted_on=granted_on)
        case Closed():
            raise AlreadyClosed(unit=part.unit)
        case InHandling(since=since):
            not_before(what, day, BEGINNING, since)
        case _:
            pass
    not_leaving(part)
    clock_runs(part)


def _otherwise(
    command: RecordHandlingHistory,
    part: Assignment,
    stated: Stated,
    logged: date | Term | str,
) -> LedgerToldOtherwise:
    return LedgerToldOtherwise(
        number=command.number,
        unit=part.unit,
        what=stated.what.chinese,
        what_in_english=stated.what.english,
        logged=_said(logged),
        logged_in_english=_said_in_english(logged),
        told=_said(stated.told),
        told_in_english=_said_in_english(stated.told),
    )


def _said(value: date | Term | str) -> str:
    return value.chinese if isinstance(value, Term) else str(value)


def _said_in_english(value: date | Term | str) -> str:
    return value.value if isinstance(value, Term) else str(value)
