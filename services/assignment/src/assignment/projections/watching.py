"""How each event opens, moves and settles the limits of a case that supervision watches."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from assignment.projections.watched import WATCHED, Part, WatchedRow, open_limits_of
from contracts.assignment import (
    AlertEvent,
    AssignmentClosed,
    AssignmentDispatched,
    AssignmentEvent,
    AssignmentSigned,
    CaseEnded,
    CaseReopened,
    CommitmentEvent,
    CommitmentFulfilled,
    CommitmentGivenUp,
    CommitmentMade,
    CommitmentSlipped,
    CoOpinionGiven,
    CoOpinionSentBack,
    CoOpinionWaived,
    DueDateMoved,
    EarlyLimitsMoved,
    ExtensionGranted,
    HandlingResumed,
    HandlingRoundOpened,
    HandlingSuspended,
    RedCardIssued,
    ReminderDue,
    ReplyIssued,
    ReturnGranted,
    RoleChanged,
    WarningIssued,
    YellowCardIssued,
)
from contracts.event import Event
from eventlog.readmodels import Origin, Rows, Rule, Touch

E = TypeVar("E", bound=AssignmentEvent)


def _case(event: AssignmentEvent | CaseEnded | CaseReopened) -> Sequence[Touch]:
    return ((WATCHED, (event.proposal_id,)),)


def _look_again(row: WatchedRow) -> None:
    row.is_open = not row.has_ended and any(open_limits_of(row, part) for part in row.parts)


def _dispatch(event: AssignmentDispatched, origin: Origin, rows: Rows) -> None:
    """A part that is given anew begins anew; what the unit committed itself to stays."""
    row = rows.change(WATCHED, event.proposal_id)
    if row is None:
        row = WatchedRow(event.proposal_id, event.year, is_open=True, has_ended=False)
        rows.put(WATCHED, row)
    if row.has_ended:
        return
    if not row.parts:
        row.year = event.year
    part: Part = {
        "unit": event.unit,
        "role": event.role.value,
        "stage": "dispatched",
        "sign_by": _day(event.sign_by),
        "due_on": event.due_on.isoformat(),
        "stands_still": False,
        "opinion": False,
        "waived": False,
        "answered": False,
        "raised": [],
    }
    row.parts = [*(each for each in row.parts if each["unit"] != event.unit), part]
    row.dispatch_position = origin.position
    _look_again(row)


def _end(event: CaseEnded, origin: Origin, rows: Rows) -> None:
    """What was known of its parts stays, and is not looked at; a year is known with the dispatch."""
    row = rows.change(WATCHED, event.proposal_id)
    if row is None:
        rows.put(WATCHED, WatchedRow(event.proposal_id, 0, is_open=False, has_ended=True))
    else:
        row.is_open, row.has_ended = False, True


def _go_on(event: CaseReopened, origin: Origin, rows: Rows) -> None:
    """A case that was opened again owes what it owed before."""
    row = rows.change(WATCHED, event.proposal_id)
    if row is not None:
        row.has_ended = False
        _look_again(row)


def _change(told: Callable[[E], Part]) -> Rule:
    """Let an event change what is kept of its unit's part."""

    def apply(event: E, origin: Origin, rows: Rows) -> None:
        row = rows.change(WATCHED, event.proposal_id)
        if row is None:
            return
        row.parts = [
            each | told(event) if each["unit"] == event.unit else each for each in row.parts
        ]
        _look_again(row)

    return Rule(apply, _case)


def _sign(event: AssignmentSigned, origin: Origin, rows: Rows) -> None:
    """A ledger may tell of the signature after it told of the answer."""
    if row := rows.change(WATCHED, event.proposal_id):
        row.parts = [
            each | {"stage": "handling"}
            if (each["unit"], each["stage"]) == (event.unit, "dispatched")
            else each
            for each in row.parts
        ]
        _look_again(row)


def _role(event: RoleChanged) -> Part:
    return {"role": event.role.value}


def _resumed(event: HandlingResumed) -> Part:
    return {"stands_still": False, "due_on": event.due_on.isoformat()}


def _moved(event: ExtensionGranted | DueDateMoved) -> Part:
    return {"due_on": event.due_on.isoformat()}


def _moved_early(event: EarlyLimitsMoved) -> Part:
    return {"sign_by": _day(event.sign_by)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _raise(event: AlertEvent, origin: Origin, rows: Rows) -> None:
    row = rows.change(WATCHED, event.proposal_id)
    if row is None:
        return
    told = event.model_dump(mode="json", include={"duty", "rule", "due_on"})
    row.parts = [
        each | {"raised": [*each["raised"], told]} if each["unit"] == event.unit else each
        for each in row.parts
    ]


def _commit(event: CommitmentEvent, origin: Origin, rows: Rows) -> None:
    """Only the open ones are kept; one that was carried over is still open."""
    row = rows.change(WATCHED, event.proposal_id)
    if row is None or row.has_ended:
        return
    number = event.commitment
    match event:
        case CommitmentMade(unit=unit, due_on=due_on):
            made = {"commitment": number, "unit": unit, "due_on": due_on.isoformat()}
            row.commitments = [*row.commitments, made]
        case CommitmentSlipped(due_on=due_on):
            row.commitments = [
                each | {"due_on": due_on.isoformat()} if each["commitment"] == number else each
                for each in row.commitments
            ]
        case _:
            row.commitments = [each for each in row.commitments if each["commitment"] != number]
    _look_again(row)


WATCH_RULES: Mapping[type[Event], Rule] = MappingProxyType(
    {
        AssignmentDispatched: Rule(_dispatch, _case),
        CaseEnded: Rule(_end, _case),
        CaseReopened: Rule(_go_on, _case),
        AssignmentSigned: Rule(_sign, _case),
        HandlingRoundOpened: _change(lambda _: {"stage": "handling"}),
        AssignmentClosed: _change(lambda _: {"stage": "closed"}),
        ReturnGranted: _change(lambda _: {"stage": "returned"}),
        ReplyIssued: _change(lambda _: {"stage": "answered", "answered": True}),
        CoOpinionGiven: _change(lambda _: {"opinion": True}),
        CoOpinionWaived: _change(lambda _: {"waived": True}),
        CoOpinionSentBack: _change(lambda _: {"opinion": False, "stage": "handling"}),
        RoleChanged: _change(_role),
        HandlingSuspended: _change(lambda _: {"stands_still": True}),
        HandlingResumed: _change(_resumed),
        ExtensionGranted: _change(_moved),
        DueDateMoved: _change(_moved),
        EarlyLimitsMoved: _change(_moved_early),
        **{
            each: Rule(_raise, _case)
            for each in (ReminderDue, WarningIssued, YellowCardIssued, RedCardIssued)
        },
        **{
            each: Rule(_commit, _case)
            for each in (CommitmentMade, CommitmentSlipped, CommitmentFulfilled, CommitmentGivenUp)
        },
    }
)
