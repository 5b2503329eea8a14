"""The events of each case side by side, as a read model that lives in memory only."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from pydantic_core import from_json

from contracts.assignment import (
    AssignmentClosed,
    AssignmentDispatched,
    AssignmentSigned,
    CaseEnded,
    CaseEvent,
    CaseReopened,
    CoOpinionGiven,
    CoOpinionSentBack,
    CoOpinionWaived,
    DueDateMoved,
    ExtensionGranted,
    HandlingResumed,
    HandlingRoundOpened,
    HandlingSuspended,
    ReplyIssued,
    ReplyParticularsAdded,
    ResultClassChanged,
    ReturnDeclined,
    ReturnGranted,
    ReturnRequested,
    RoleChanged,
)
from contracts.catalogue import BY_TYPE
from contracts.evaluation import RatingEvent, ReplyRated
from contracts.event import Event
from contracts.holding import CaseSteps, Step
from contracts.intake import ProposalEvent, ProposalFiled
from contracts.numbering import CaseNumberCorrected
from contracts.vocabulary import CHINA
from eventlog.readmodels import Origin, ReadModel, Rows, Rule, Source, Table, Touch

COURSES = Table("evaluation.course", CaseSteps, ("proposal_id",))


async def courses_of_year(source: Source, year: int) -> list[CaseSteps]:
    """The cases of a year by number."""
    rows = await source.rows(COURSES, year=year)
    return sorted(rows, key=lambda row: (row.number, row.proposal_id))


async def course_of(source: Source, proposal_id: str) -> CaseSteps | None:
    for row in await source.rows(COURSES, proposal_id=proposal_id):
        return row
    return None


def _its_case(event: ProposalEvent | CaseEvent | RatingEvent) -> Sequence[Touch]:
    return ((COURSES, (event.proposal_id,)),)


def _step(event: Event, origin: Origin) -> Step:
    """What was recorded as it happened says when; a rating by proxy says when it was typed in.

    So does one that the level above told of: it may have been given there by proxy.
    """
    document = from_json(origin.body)
    is_live = "attestedby" not in document and not _is_told_of(event)
    day = event.happened_on or datetime.fromisoformat(document["time"]).astimezone(CHINA).date()
    live_at = datetime.fromisoformat(document["recordedtime"]) if is_live else None
    return Step(event, day, origin.position, live_at)


def _is_told_of(event: Event) -> bool:
    return isinstance(event, ReplyRated) and bool(event.by_proxy or event.upper_name)


def _begin(event: ProposalFiled | AssignmentDispatched, origin: Origin, rows: Rows) -> None:
    """A case begins when it is filed; one that another place filed, when it is dispatched here."""
    case = rows.change(COURSES, event.proposal_id)
    if case is None:
        title = event.title if isinstance(event, ProposalFiled) else ""
        case = CaseSteps(event.proposal_id, event.year, event.number, title, [])
        rows.put(COURSES, case)
    case.steps.append(_step(event, origin))


def _correct_number(event: CaseNumberCorrected, origin: Origin, rows: Rows) -> None:
    """It is called otherwise; nothing moved in the case."""
    if case := rows.change(COURSES, event.proposal_id):
        case.number = event.number


def _go_on(event: CaseEvent | ReplyRated, origin: Origin, rows: Rows) -> None:
    if case := rows.change(COURSES, event.proposal_id):
        case.steps.append(_step(event, origin))


def _complete_letter(event: ReplyParticularsAdded, origin: Origin, rows: Rows) -> None:
    """The answer that it belongs to says more from now on; nothing moved in the case."""
    if case := rows.change(COURSES, event.proposal_id):
        case.steps = [
            replace(step, event=step.event.completed_by(event))
            if isinstance(step.event, ReplyIssued)
            else step
            for step in case.steps
        ]


GOING_ON: tuple[type[Event], ...] = (
    AssignmentSigned,
    ReturnRequested,
    ReturnGranted,
    ReturnDeclined,
    RoleChanged,
    ExtensionGranted,
    HandlingSuspended,
    HandlingResumed,
    DueDateMoved,
    CoOpinionGiven,
    CoOpinionSentBack,
    CoOpinionWaived,
    ReplyIssued,
    ResultClassChanged,
    HandlingRoundOpened,
    AssignmentClosed,
    CaseEnded,
    CaseReopened,
    ReplyRated,
)

RULES: Mapping[type[Event], Rule] = MappingProxyType(
    {
        ProposalFiled: Rule(_begin, _its_case),
        CaseNumberCorrected: Rule(_correct_number, _its_case),
        AssignmentDispatched: Rule(_begin, _its_case),
        ReplyParticularsAdded: Rule(_complete_letter, _its_case),
        **dict.fromkeys(GOING_ON, Rule(_go_on, _its_case)),
    }
)

IN_MEMORY = ReadModel(
    name="courses", follower="evaluation", tables=(COURSES,), rules=RULES, catalogue=BY_TYPE
)
