"""How each event changes the facts of a year."""

from datetime import date
from decimal import Decimal

from contracts.assignment import (
    AssignmentDispatched,
    CaseEnded,
    CoOpinionGiven,
    HandlingRoundOpened,
    ReplyIssued,
    ReturnGranted,
)
from contracts.catalogue import AnyEvent, read_event
from contracts.evaluation import FigureClaimed, ReplyRated
from contracts.intake import (
    ClueAdopted,
    LedgerRowRecorded,
    ProposalFiled,
    ProposalMarkedKey,
    ProposalMerged,
    ProposalReceived,
)
from contracts.vocabulary import ActorRole
from eventlog import Recorded
from eventlog.log import Connection
from eventlog.statements import load_statements

STATEMENTS = load_statements("evaluation")

Value = str | int | bool | date | Decimal | list[str] | None
Change = tuple[str, tuple[Value, ...]]


async def project(connection: Connection, recorded: Recorded) -> None:
    """Write what an event changes; one that no figure rests on changes nothing."""
    event = read_event(recorded.type, recorded.data)
    change = (
        _change_of_raters(event, recorded)
        or _change_of_case(event, recorded.position)
        or _change_of_part(event, recorded.position)
    )
    if change is not None:
        statement, values = change
        await connection.execute(STATEMENTS[statement], recorded.district, *values)


def _change_of_raters(event: AnyEvent, recorded: Recorded) -> Change | None:
    """Who may rate: the subject who handed the proposal in, or its names where an office did."""
    match event:
        case ProposalReceived():
            envelope = recorded.envelope
            by_proposer = envelope["actorrole"] == ActorRole.PROPOSER.value
            subjects = [str(envelope["actor"])] if by_proposer else []
            names = [] if by_proposer else list(event.proposers)
            return "open_case", (event.proposal_id, event.year, event.title, subjects, names)
        case ProposalMerged():
            return "add_raters", (event.proposal_id, event.into_proposal_id)
        case _:
            return None


def _change_of_case(event: AnyEvent, position: int) -> Change | None:
    match event:
        case ProposalFiled():
            return "number_case", (event.proposal_id, event.number)
        case ProposalMarkedKey():
            return "mark_key", (event.proposal_id,)
        case CaseEnded():
            return "end_case", (event.proposal_id,)
        case LedgerRowRecorded(proposal_id=proposal_id, row=row) if row.satisfaction is not None:
            rated_on = row.rated_on or row.replied_on or row.dispatched_on
            return "report_rating", (proposal_id, row.satisfaction.value, rated_on)
        case ClueAdopted():
            return "adopt_clue", (event.year, event.number, event.title, position)
        case FigureClaimed():
            return "claim", (event.year, event.figure, event.source, event.claimed, position)
        case _:
            return None


def _change_of_part(event: AnyEvent, position: int) -> Change | None:
    match event:
        case AssignmentDispatched():
            return "dispatch", (event.proposal_id, event.unit, *_given(event), position)
        case ReturnGranted():
            return "release", (event.proposal_id, event.unit)
        case CoOpinionGiven():
            return "give_opinion", (event.proposal_id, event.unit, event.given_on, position)
        case ReplyIssued():
            return "reply", (event.proposal_id, event.unit, event.issued_on, position)
        case HandlingRoundOpened():
            return "open_round", (event.proposal_id, event.unit, event.handling_round)
        case ReplyRated():
            return "rate", (event.proposal_id, event.unit, event.satisfaction.value, position)
        case _:
            return None


def _given(event: AssignmentDispatched) -> tuple[Value, ...]:
    return (
        event.role.value,
        event.reporting,
        event.dispatched_on,
        event.due_on,
        event.due_rule,
    )
