"""Rows as the facts that the rules of figures look at."""

from collections.abc import Mapping, Sequence
from datetime import date

from contracts.vocabulary import (
    CollectiveKind,
    ContactManner,
    ContactStage,
    Conversion,
    ItemState,
    Level,
    Openness,
    ProposalCategory,
    ProposalForm,
    RefusalReason,
    Role,
    Satisfaction,
)
from evaluation.projections.facts import AssignmentRow, CaseRow, PromiseRow, ReturnRow
from evaluation.state import (
    AssignmentFact,
    ContactFact,
    PromiseFact,
    ProposalFact,
    ResultFact,
    ReturnFact,
    SuggestionFact,
)


def proposal_fact(case: CaseRow) -> ProposalFact:
    return ProposalFact(
        year=case.year,
        proposal_id=case.proposal_id,
        title=case.title,
        number=case.number or "",
        refused=case.refused,
        merged=case.merged,
        withdrawn=case.withdrawn,
        form=ProposalForm(case.form),
        proposers=tuple(case.proposers),
        collective=CollectiveKind(case.collective) if case.collective else None,
        key=case.is_key,
        ended=case.ended,
        returned=case.returned,
        refused_because=RefusalReason(case.refused_because) if case.refused_because else None,
        converted_into=Conversion(case.converted_into) if case.converted_into else None,
        transferred_to=Level(case.transferred_to) if case.transferred_to else None,
        suggestions=tuple(
            SuggestionFact(int(each["number"]), each["text"]) for each in case.suggestions
        ),
        category=ProposalCategory(case.category) if case.category else None,
        category_position=case.category_position,
        positions=_known({"received": case.received_position, "reviewed": case.reviewed_position}),
    )


def return_fact(case: CaseRow, row: ReturnRow) -> ReturnFact:
    return ReturnFact(
        proposal_id=case.proposal_id,
        number=case.number or case.proposal_id,
        title=case.title,
        unit=row.unit,
        requested=row.requested,
        granted=row.granted,
        declined=row.declined,
        requested_on=row.requested_on,
        reason=row.reason,
        suggested_unit=row.suggested_unit,
        positions=tuple(filter(None, (row.requested_position, row.decided_position))),
    )


def assignment_fact(
    case: CaseRow, row: AssignmentRow, promises: Sequence[PromiseRow]
) -> AssignmentFact:
    return AssignmentFact(
        year=case.year,
        proposal_id=case.proposal_id,
        number=case.number or case.proposal_id,
        title=case.title,
        unit=row.unit,
        role=Role(row.role),
        reporting=row.reporting,
        key=case.is_key,
        dispatched_on=row.dispatched_on,
        due_on=row.due_on,
        due_rule=row.due_rule,
        completed_on=row.completed_on,
        replied_on=row.replied_on,
        satisfaction=Satisfaction(row.satisfaction) if row.satisfaction else None,
        handling_round=row.handling_round,
        ended=case.ended or row.released,
        positions=_positions(case, row),
        recorded_live=row.recorded_live,
        signed_on=row.signed_on,
        result_class=row.result_class,
        openness=Openness(row.openness) if row.openness else None,
        contacts=tuple(map(_contact, row.contacts)),
        opinion_waived=row.opinion_waived,
        promises=_promises(row, promises),
        released=row.released,
        own=row.own,
        first_due_on=row.first_due_on,
        by_proxy=row.by_proxy,
        published_on=row.published_on,
        extended=tuple(row.extended),
        drafts_sent_back=tuple(row.drafts_sent_back),
        opinions_sent_back=tuple(row.opinions_sent_back),
        chased=tuple(row.chased),
        results=tuple(map(_result, row.results)),
        sign_by=row.sign_by,
    )


def _positions(case: CaseRow, row: AssignmentRow) -> dict[str, int]:
    return _known(
        {
            "dispatched": row.dispatched_position,
            "moved": row.moved[-1] if row.moved else None,
            "signing_moved": row.signing_moved[-1] if row.signing_moved else None,
            "role": row.role_position,
            "signed": row.signed_position,
            "contacted": row.contacted_position,
            "completed": row.completed_position,
            "class": row.class_position,
            "published": row.published_position,
            "rated": row.rated_position,
            "key": case.key_position,
        }
    )


def _promises(row: AssignmentRow, rows: Sequence[PromiseRow]) -> tuple[PromiseFact, ...] | None:
    """What was promised since the unit got the case; None where a ledger does not tell of any."""
    made = sorted(
        (each for each in rows if each.made_position > row.dispatched_position),
        key=lambda each: each.commitment,
    )
    if not made and not row.recorded_live:
        return None
    return tuple(
        PromiseFact(
            text=each.text,
            due_on=each.due_on,
            kept_on=each.kept_on,
            moved_to=each.moved_to,
            given_up=each.given_up,
            carried_into=each.carried_into,
            positions=tuple(filter(None, (each.made_position, each.last_position))),
        )
        for each in made
    )


def _result(told: Mapping[str, str]) -> ResultFact:
    return ResultFact(
        number=int(told["number"]),
        answer=told["answer"],
        evidence=told["evidence"],
        state=ItemState(told["state"]),
    )


def _contact(told: Mapping[str, str]) -> ContactFact:
    return ContactFact(
        stage=ContactStage(told["stage"]),
        manner=ContactManner(told["manner"]),
        contacted_on=date.fromisoformat(told["contacted_on"]),
    )


def _known(positions: Mapping[str, int | None]) -> dict[str, int]:
    return {name: position for name, position in positions.items() if position is not None}
