"""How each event changes the facts that a year's figures rest on."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from contracts.assignment import (
    AssignmentDispatched,
    AssignmentEvent,
    CaseEnded,
    CaseEvent,
    CoOpinionGiven,
    DueDateMoved,
    ExtensionGranted,
    HandlingResumed,
    HandlingRoundOpened,
    ReplyIssued,
    ReturnGranted,
    RoleChanged,
)
from contracts.catalogue import BY_TYPE
from contracts.evaluation import FigureClaimed, RatingEvent, ReplyRated
from contracts.event import Event
from contracts.intake import (
    ClueAdopted,
    LedgerRowRecorded,
    ProposalEvent,
    ProposalFiled,
    ProposalMarkedKey,
    ProposalMerged,
    ProposalReceived,
)
from contracts.vocabulary import ActorRole
from evaluation.projections.facts import (
    ASSIGNMENTS,
    CASES,
    CLAIMS,
    CLUES,
    REPORTED_RATINGS,
    AssignmentRow,
    CaseRow,
    ClaimRow,
    ClueRow,
    ReportedRatingRow,
)
from eventlog.readmodels import Origin, ReadModel, Rows, Rule, Touch


def _its_case(event: ProposalEvent | CaseEvent) -> Sequence[Touch]:
    return ((CASES, (event.proposal_id,)),)


def _both_cases(event: ProposalMerged) -> Sequence[Touch]:
    return ((CASES, (event.proposal_id,)), (CASES, (event.into_proposal_id,)))


def _its_assignment(event: AssignmentEvent | RatingEvent) -> Sequence[Touch]:
    return ((ASSIGNMENTS, (event.proposal_id, event.unit)),)


def _open_case(event: ProposalReceived, origin: Origin, rows: Rows) -> None:
    """Who may rate: the subject who handed the proposal in, or its names where an office did."""
    by_proposer = origin.actor_role == ActorRole.PROPOSER.value
    rows.put(
        CASES,
        CaseRow(
            proposal_id=event.proposal_id,
            year=event.year,
            number=None,
            title=event.title,
            raters_by_subject=[origin.actor] if by_proposer else [],
            raters_by_name=[] if by_proposer else list(event.proposers),
        ),
    )


def _add_raters(event: ProposalMerged, origin: Origin, rows: Rows) -> None:
    """Who might rate answers to a proposal may rate those to the one it was merged into."""
    merged = rows.find(CASES, event.proposal_id)
    target = rows.change(CASES, event.into_proposal_id)
    if merged is not None and target is not None:
        target.raters_by_subject = target.raters_by_subject + merged.raters_by_subject
        target.raters_by_name = target.raters_by_name + merged.raters_by_name


def _number_case(event: ProposalFiled, origin: Origin, rows: Rows) -> None:
    if case := rows.change(CASES, event.proposal_id):
        case.number = event.number


def _mark_key(event: ProposalMarkedKey, origin: Origin, rows: Rows) -> None:
    if case := rows.change(CASES, event.proposal_id):
        case.is_key = True


def _end_case(event: CaseEnded, origin: Origin, rows: Rows) -> None:
    """The case ended without an answer and is not counted."""
    if case := rows.change(CASES, event.proposal_id):
        case.ended = True


def _report_rating(event: LedgerRowRecorded, origin: Origin, rows: Rows) -> None:
    row = event.row
    if row.satisfaction is None:
        return
    rated_on = row.rated_on or row.replied_on or row.dispatched_on
    reported = ReportedRatingRow(event.proposal_id, row.satisfaction.value, rated_on)
    rows.put(REPORTED_RATINGS, reported)


def _adopt_clue(event: ClueAdopted, origin: Origin, rows: Rows) -> None:
    rows.put(CLUES, ClueRow(event.year, event.number, event.title, origin.position))


def _claim(event: FigureClaimed, origin: Origin, rows: Rows) -> None:
    claim = ClaimRow(event.year, event.figure, event.source, event.claimed, origin.position)
    rows.put(CLAIMS, claim)


def _dispatch(event: AssignmentDispatched, origin: Origin, rows: Rows) -> None:
    """A unit got its part, for the first time or again."""
    rows.put(
        ASSIGNMENTS,
        AssignmentRow(
            proposal_id=event.proposal_id,
            unit=event.unit,
            role=event.role.value,
            reporting=event.reporting,
            dispatched_on=event.dispatched_on,
            due_on=event.due_on,
            due_rule=event.due_rule,
            dispatched_position=origin.position,
        ),
    )


def _move_deadline(
    event: ExtensionGranted | HandlingResumed | DueDateMoved, origin: Origin, rows: Rows
) -> None:
    """An extension, a suspension that ended, or a new calendar moved the deadline."""
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        assignment.due_on = event.due_on


def _change_role(event: RoleChanged, origin: Origin, rows: Rows) -> None:
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        assignment.role = event.role.value


def _release(event: ReturnGranted, origin: Origin, rows: Rows) -> None:
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        assignment.released = True


def _complete(assignment: AssignmentRow, day: date, position: int) -> None:
    """The first answer or opinion completes an assignment."""
    if assignment.completed_on is None:
        assignment.completed_on = day
    if assignment.completed_position is None:
        assignment.completed_position = position


def _give_opinion(event: CoOpinionGiven, origin: Origin, rows: Rows) -> None:
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        _complete(assignment, event.given_on, origin.position)


def _reply(event: ReplyIssued, origin: Origin, rows: Rows) -> None:
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        _complete(assignment, event.issued_on, origin.position)
        if assignment.replied_on is None:
            assignment.replied_on = event.issued_on


def _open_round(event: HandlingRoundOpened, origin: Origin, rows: Rows) -> None:
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        assignment.handling_round = event.handling_round


def _rate(event: ReplyRated, origin: Origin, rows: Rows) -> None:
    """The latest rating counts."""
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        assignment.satisfaction = event.satisfaction.value
        assignment.rated_position = origin.position


RULES: Mapping[type[Event], Rule] = MappingProxyType(
    {
        ProposalReceived: Rule(_open_case),
        ProposalMerged: Rule(_add_raters, _both_cases),
        ProposalFiled: Rule(_number_case, _its_case),
        ProposalMarkedKey: Rule(_mark_key, _its_case),
        CaseEnded: Rule(_end_case, _its_case),
        LedgerRowRecorded: Rule(_report_rating),
        ClueAdopted: Rule(_adopt_clue),
        FigureClaimed: Rule(_claim),
        AssignmentDispatched: Rule(_dispatch),
        ExtensionGranted: Rule(_move_deadline, _its_assignment),
        HandlingResumed: Rule(_move_deadline, _its_assignment),
        DueDateMoved: Rule(_move_deadline, _its_assignment),
        RoleChanged: Rule(_change_role, _its_assignment),
        ReturnGranted: Rule(_release, _its_assignment),
        CoOpinionGiven: Rule(_give_opinion, _its_assignment),
        ReplyIssued: Rule(_reply, _its_assignment),
        HandlingRoundOpened: Rule(_open_round, _its_assignment),
        ReplyRated: Rule(_rate, _its_assignment),
    }
)

SCORES = ReadModel(
    name="scores",
    follower="evaluation",
    tables=(CASES, ASSIGNMENTS, CLUES, CLAIMS, REPORTED_RATINGS),
    rules=RULES,
    catalogue=BY_TYPE,
)
