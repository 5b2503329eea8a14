"""How each event changes the case files and the parts of the units."""

from datetime import date

from contracts.assignment import (
    AssignmentClosed,
    AssignmentDispatched,
    AssignmentEvent,
    AssignmentSigned,
    CaseEnded,
    ContactRecorded,
    CoOpinionGiven,
    CoOpinionWaived,
    HandlingRoundOpened,
    ReplyIssued,
    ReturnDeclined,
    ReturnGranted,
    ReturnRequested,
)
from contracts.catalogue import AnyEvent, read_event
from contracts.evaluation import ReplyRated
from contracts.intake import ProposalFiled, ProposalMarkedKey, ProposalReceived
from eventlog import Recorded
from eventlog.log import Connection
from eventlog.statements import load_statements

STATEMENTS = load_statements("assignment")

Value = str | int | bool | date | None


async def project(connection: Connection, recorded: Recorded) -> None:
    """Write what an event changes; one that says nothing about handling changes nothing."""
    change = _change(read_event(recorded.type, recorded.data), recorded.position)
    if change is not None:
        statement, values = change
        await connection.execute(STATEMENTS[statement], recorded.district, *values)


def _change(event: AnyEvent, position: int) -> tuple[str, tuple[Value, ...]] | None:
    match event:
        case ProposalReceived():
            return "open_file", (event.proposal_id, event.year, event.title, event.fabricated)
        case ProposalFiled():
            return "number_file", (event.proposal_id, event.number)
        case ProposalMarkedKey():
            return "mark_key", (event.proposal_id,)
        case CaseEnded():
            return "end_file", (event.proposal_id, event.reason)
        case ReplyRated():
            return "rate", (event.proposal_id, event.unit, event.satisfaction.value, position)
        case AssignmentEvent():
            return _change_of_part(event, position)
        case _:
            return None


def _change_of_part(event: AssignmentEvent, position: int) -> tuple[str, tuple[Value, ...]] | None:
    part = (event.proposal_id, event.unit)
    match event:
        case AssignmentDispatched():
            return "dispatch", (*part, *_given(event), position)
        case AssignmentSigned(signed_on=signed_on):
            return "sign", (*part, signed_on, position)
        case ReturnRequested(reason=reason, suggested_unit=suggested_unit):
            return "ask_return", (*part, reason, suggested_unit, position)
        case ReturnGranted():
            return "grant_return", (*part, position)
        case ReturnDeclined():
            return "decline_return", (*part, position)
        case ContactRecorded(stage=stage, manner=manner, contacted_on=contacted_on, note=note):
            return "add_contact", (*part, stage.value, manner.value, contacted_on, note, position)
        case CoOpinionGiven(given_on=given_on):
            return "give_opinion", (*part, given_on, position)
        case CoOpinionWaived(reason=reason):
            return "waive_opinion", (*part, reason, position)
        case ReplyIssued():
            return "reply", (*part, *_answer(event), position)
        case HandlingRoundOpened(handling_round=handling_round):
            return "open_round", (*part, handling_round, position)
        case AssignmentClosed():
            return "close", (*part, position)
        case _:
            return None


def _given(event: AssignmentDispatched) -> tuple[Value, ...]:
    return (
        event.role.value,
        event.own,
        event.reporting,
        event.lead_unit,
        event.dispatched_on,
        event.due_on,
        event.due_rule,
    )


def _answer(event: ReplyIssued) -> tuple[Value, ...]:
    return (
        event.issued_on,
        event.document_number,
        event.result_class,
        event.openness.value if event.openness else None,
        event.contact_person,
    )
