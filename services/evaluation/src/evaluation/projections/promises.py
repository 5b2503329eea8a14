"""How events of letters, results and commitments change what is known of a unit's part in a case."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from contracts.assignment import (
    AssignmentEvent,
    CommitmentCarriedOver,
    CommitmentEvent,
    CommitmentFulfilled,
    CommitmentGivenUp,
    CommitmentMade,
    CommitmentSlipped,
    CoOpinionSentBack,
    DraftSentBack,
    ReplyPublished,
    ResultRecorded,
    SuggestionsListed,
    UnitChased,
)
from contracts.event import Event
from evaluation.projections.facts import ASSIGNMENTS, CASES, PROMISES, PromiseRow
from eventlog.readmodels import Origin, Rows, Rule, Touch


def _its_case(event: SuggestionsListed) -> Sequence[Touch]:
    return ((CASES, (event.proposal_id,)),)


def _its_assignment(event: AssignmentEvent) -> Sequence[Touch]:
    return ((ASSIGNMENTS, (event.proposal_id, event.unit)),)


def _its_promise(event: CommitmentEvent) -> Sequence[Touch]:
    return ((PROMISES, (event.proposal_id, event.unit, event.commitment)),)


def _send_draft_back(event: DraftSentBack, origin: Origin, rows: Rows) -> None:
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        assignment.drafts_sent_back = [*assignment.drafts_sent_back, origin.position]


def _send_opinion_back(event: CoOpinionSentBack, origin: Origin, rows: Rows) -> None:
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        assignment.opinions_sent_back = [*assignment.opinions_sent_back, origin.position]


def _chase(event: UnitChased, origin: Origin, rows: Rows) -> None:
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        assignment.chased = [*assignment.chased, origin.position]


def _publish(event: ReplyPublished, origin: Origin, rows: Rows) -> None:
    """The latest publication counts."""
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        assignment.published_on = event.published_on
        assignment.published_position = origin.position


def _list_suggestions(event: SuggestionsListed, origin: Origin, rows: Rows) -> None:
    if case := rows.change(CASES, event.proposal_id):
        case.suggestions = [
            {"number": str(each.number), "text": each.text} for each in event.suggestions
        ]


def _record_result(event: ResultRecorded, origin: Origin, rows: Rows) -> None:
    """The latest record of an item stands; the items are in the order of their numbers."""
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        result = {
            "number": str(event.number),
            "answer": event.answer,
            "evidence": event.evidence,
            "state": event.state.value,
        }
        others = [each for each in assignment.results if each["number"] != result["number"]]
        assignment.results = sorted([*others, result], key=lambda each: int(each["number"]))


def _make(event: CommitmentMade, origin: Origin, rows: Rows) -> None:
    rows.put(
        PROMISES,
        PromiseRow(
            proposal_id=event.proposal_id,
            unit=event.unit,
            commitment=event.commitment,
            text=event.text,
            due_on=event.due_on,
            made_position=origin.position,
        ),
    )


def _slip(event: CommitmentSlipped, origin: Origin, rows: Rows) -> None:
    """The day it was promised for stays; the later one stands beside it."""
    if promise := rows.change(PROMISES, event.proposal_id, event.unit, event.commitment):
        promise.moved_to = event.due_on
        promise.last_position = origin.position


def _keep(event: CommitmentFulfilled, origin: Origin, rows: Rows) -> None:
    if promise := rows.change(PROMISES, event.proposal_id, event.unit, event.commitment):
        promise.kept_on = event.fulfilled_on
        promise.last_position = origin.position


def _give_up(event: CommitmentGivenUp, origin: Origin, rows: Rows) -> None:
    if promise := rows.change(PROMISES, event.proposal_id, event.unit, event.commitment):
        promise.given_up = True
        promise.last_position = origin.position


def _carry_over(event: CommitmentCarriedOver, origin: Origin, rows: Rows) -> None:
    if promise := rows.change(PROMISES, event.proposal_id, event.unit, event.commitment):
        promise.carried_into = event.into_year
        promise.last_position = origin.position


PROMISE_RULES: Mapping[type[Event], Rule] = MappingProxyType(
    {
        DraftSentBack: Rule(_send_draft_back, _its_assignment),
        CoOpinionSentBack: Rule(_send_opinion_back, _its_assignment),
        UnitChased: Rule(_chase, _its_assignment),
        ReplyPublished: Rule(_publish, _its_assignment),
        SuggestionsListed: Rule(_list_suggestions, _its_case),
        ResultRecorded: Rule(_record_result, _its_assignment),
        CommitmentMade: Rule(_make),
        CommitmentSlipped: Rule(_slip, _its_promise),
        CommitmentFulfilled: Rule(_keep, _its_promise),
        CommitmentGivenUp: Rule(_give_up, _its_promise),
        CommitmentCarriedOver: Rule(_carry_over, _its_promise),
    }
)
