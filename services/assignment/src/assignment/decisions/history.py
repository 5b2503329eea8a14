"""The rules for taking over what a ledger tells of a case: facts of the past, not of today."""

from typing import Any, ClassVar

from assignment.commands import Part, RecordHandlingHistory
from assignment.decisions import telling as told
from assignment.decisions.continuing import continue_history
from assignment.decisions.dates import DISPATCH, OPINION, REPLY, SIGNING, not_before
from assignment.decisions.dispatching import roles_agree
from assignment.decisions.standing import CaseHasEnded
from assignment.state import Case, Dispatched, Ended, NotDispatched
from contracts.assignment import AssignmentDispatched, AssignmentServiceEvent
from contracts.deadlines import NAMED_IN_LEDGER
from contracts.ledger import LedgerRow
from contracts.refusal import Refused
from contracts.vocabulary import Role


class HistoryWithoutUnits(Refused):
    """第{number}号的台账没有本区承办单位。请在台账中补上承办单位。"""

    english: ClassVar[str] = (
        "The ledger names no unit of this district for No. {number}. Add it to the ledger."
    )


def record_history(command: RecordHandlingHistory, case: Case) -> list[AssignmentServiceEvent]:
    """Of a case that is known, by an earlier row or from here, only what is new is taken over."""
    match case:
        case Dispatched() | Ended(was_dispatched=True):
            _dates_agree(command.row)
            return continue_history(command, case)
        case Ended(reason=reason):
            raise CaseHasEnded(proposal_id=command.proposal_id, reason=reason)
        case NotDispatched():
            own, co = _own_parts(command), _co_parts(command)
            _is_consistent(command.row, [*own, *co])
            return [
                *(_dispatched(command, part, reporting=True) for part in own),
                *(_dispatched(command, part, reporting=False) for part in co),
                *(event for part in own for event in _begun(command, part)),
                *_opinions(command, co),
                *(event for part in own for event in _completed(command, part)),
            ]


def _own_parts(command: RecordHandlingHistory) -> list[Part]:
    row = command.row
    limit: dict[str, Any] = {
        "due_on": command.due_on,
        "due_rule": command.due_rule,
        "provisional": command.provisional,
    }
    if row.due_on:
        limit = {"due_on": row.due_on, "due_rule": NAMED_IN_LEDGER}
    return [Part(unit=unit, role=row.role, own=True, **limit) for unit in row.own_units]


def _co_parts(command: RecordHandlingHistory) -> list[Part]:
    """The co-units of an outside lead unit are no concern of this district."""
    if not command.row.role.answers_the_proposer:
        return []
    return [
        Part(
            unit=unit,
            role=Role.CO,
            own=unit in command.own_co_units,
            due_on=command.co_due_on or command.due_on,
            due_rule=command.co_due_rule or command.due_rule,
            provisional=command.co_provisional if command.co_due_on else command.provisional,
        )
        for unit in command.row.co_units
    ]


def _is_consistent(row: LedgerRow, parts: list[Part]) -> None:
    if not row.own_units:
        raise HistoryWithoutUnits(number=row.number)
    roles_agree(parts, _outside_lead(row))
    _dates_agree(row)


def _dates_agree(row: LedgerRow) -> None:
    not_before(SIGNING, row.signed_on, DISPATCH, row.dispatched_on)
    not_before(OPINION, row.co_opinions_on, DISPATCH, row.dispatched_on)
    not_before(REPLY, row.replied_on, DISPATCH, row.dispatched_on)
    not_before(REPLY, row.replied_on, SIGNING, row.signed_on)


def _outside_lead(row: LedgerRow) -> str | None:
    """Where the district answers, the ledger's lead unit is the district or a unit of it."""
    return row.lead_unit if row.role is Role.CO else None


def _dispatched(
    command: RecordHandlingHistory, part: Part, *, reporting: bool
) -> AssignmentDispatched:
    return AssignmentDispatched(
        proposal_id=command.proposal_id,
        unit=part.unit,
        year=command.year,
        number=command.number,
        role=part.role,
        own=part.own,
        reporting=reporting,
        dispatched_on=command.row.dispatched_on,
        due_on=part.due_on,
        due_rule=part.due_rule,
        provisional=part.provisional,
        calendar_version=command.calendar_version,
        lead_unit=_outside_lead(command.row),
    )


def _begun(command: RecordHandlingHistory, part: Part) -> list[AssignmentServiceEvent]:
    return [*told.signature(command, part.unit), *told.contacts(command, part.unit)]


def _opinions(command: RecordHandlingHistory, co: list[Part]) -> list[AssignmentServiceEvent]:
    given_on = command.row.co_opinions_on
    if not given_on:
        return []
    return [event for part in co for event in told.opinion(command, part.unit, given_on)]


def _completed(command: RecordHandlingHistory, part: Part) -> list[AssignmentServiceEvent]:
    """The answer, or for a co-unit its opinion."""
    day = command.row.replied_on
    if not day:
        return []
    tells = told.answer if part.role.answers_the_proposer else told.opinion
    return tells(command, part.unit, day)
