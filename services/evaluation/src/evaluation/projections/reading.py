"""The facts of a district's year, out of the rows of now or of any earlier moment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.identity import Actor
from contracts.vocabulary import (
    ContactManner,
    ContactStage,
    Openness,
    ProposalForm,
    Role,
    Satisfaction,
)
from evaluation.projections.facts import (
    ASSIGNMENTS,
    CASES,
    CLAIMS,
    CLUES,
    REPORTED_RATINGS,
    RETURNS,
    AssignmentRow,
    CaseRow,
    ReturnRow,
)
from evaluation.state import (
    AssignmentFact,
    ClaimFact,
    ClueFact,
    ContactFact,
    ProposalFact,
    ReturnFact,
)
from eventlog.readmodels import Source


@dataclass(frozen=True)
class YearFacts:
    """Everything a year's figures rest on.

    `proposals` is None where all that is known of them comes from ledgers: those list what was
    filed, so that nobody knows what else came in.
    """

    assignments: Sequence[AssignmentFact]
    clues: Sequence[ClueFact]
    claims: Sequence[ClaimFact]
    returns: Sequence[ReturnFact]
    forms: Mapping[str, ProposalForm]
    proposals: Sequence[ProposalFact] | None = None


async def facts_of_year(source: Source, year: int) -> YearFacts:
    """The facts of a year, in an order that does not depend on where the rows came from."""
    cases = {case.proposal_id: case for case in await source.rows(CASES, year=year)}
    rows = await source.rows(ASSIGNMENTS, proposal_id=list(cases))
    assignments = [_assignment(cases[row.proposal_id], row) for row in rows]
    asked = await source.rows(RETURNS, proposal_id=list(cases))
    returns = [_return(cases[row.proposal_id], row) for row in asked]
    clues = await source.rows(CLUES, year=year)
    claims = await source.rows(CLAIMS, year=year)
    return YearFacts(
        assignments=sorted(assignments, key=lambda each: (each.number, each.unit)),
        clues=[
            ClueFact(each.number, each.title, each.position)
            for each in sorted(clues, key=lambda each: each.number)
        ],
        claims=[
            ClaimFact(each.figure, each.claimed, each.source, each.position)
            for each in sorted(claims, key=lambda each: each.position)
        ],
        returns=sorted(returns, key=lambda each: (each.number, each.unit)),
        forms={each.proposal_id: ProposalForm(each.form) for each in cases.values()},
        proposals=_proposals(cases.values()),
    )


async def reported_rating(source: Source, proposal_id: str) -> tuple[Satisfaction, date] | None:
    """The rating that a ledger tells of, and its day."""
    for row in await source.rows(REPORTED_RATINGS, proposal_id=proposal_id):
        return Satisfaction(row.satisfaction), row.rated_on
    return None


async def year_of_case(source: Source, proposal_id: str) -> int | None:
    for case in await source.rows(CASES, proposal_id=proposal_id):
        return case.year
    return None


async def units_of_case(source: Source, proposal_id: str) -> list[str]:
    """The units that have, or had, a part in a case."""
    return sorted(row.unit for row in await source.rows(ASSIGNMENTS, proposal_id=proposal_id))


async def may_rate(source: Source, proposal_id: str, actor: Actor) -> bool:
    """Whether an actor is a proposer of the case, or of one that was merged into it.

    Names are shared, subjects are not: what a proposer handed in, that subject alone rates.
    Where an office or a ledger brought it in, no subject is known and the name has to do.
    """
    return any(
        actor.subject in case.raters_by_subject or actor.name in case.raters_by_name
        for case in await source.rows(CASES, proposal_id=proposal_id)
    )


def _proposals(cases: Iterable[CaseRow]) -> list[ProposalFact] | None:
    listed = sorted(cases, key=lambda case: case.proposal_id)
    if not any(case.received_live for case in listed):
        return None
    return [_proposal(case) for case in listed]


def _proposal(case: CaseRow) -> ProposalFact:
    return ProposalFact(
        year=case.year,
        proposal_id=case.proposal_id,
        title=case.title,
        number=case.number or "",
        refused=case.refused,
        merged=case.merged,
        withdrawn=case.withdrawn,
        positions=_known({"received": case.received_position, "reviewed": case.reviewed_position}),
    )


def _return(case: CaseRow, row: ReturnRow) -> ReturnFact:
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
    )


def _assignment(case: CaseRow, row: AssignmentRow) -> AssignmentFact:
    positions = {
        "dispatched": row.dispatched_position,
        "signed": row.signed_position,
        "contacted": row.contacted_position,
        "completed": row.completed_position,
        "rated": row.rated_position,
    }
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
        positions=_known(positions),
        recorded_live=row.recorded_live,
        signed_on=row.signed_on,
        result_class=row.result_class,
        openness=Openness(row.openness) if row.openness else None,
        contacts=tuple(map(_contact, row.contacts)),
        opinion_waived=row.opinion_waived,
        released=row.released,
    )


def _contact(told: Mapping[str, str]) -> ContactFact:
    return ContactFact(
        stage=ContactStage(told["stage"]),
        manner=ContactManner(told["manner"]),
        contacted_on=date.fromisoformat(told["contacted_on"]),
    )


def _known(positions: Mapping[str, int | None]) -> dict[str, int]:
    return {name: position for name, position in positions.items() if position is not None}
