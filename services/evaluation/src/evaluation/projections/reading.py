"""The facts of a district's year, out of the rows of now or of any earlier moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contracts.identity import Actor
from contracts.vocabulary import Role, Satisfaction
from evaluation.projections.facts import (
    ASSIGNMENTS,
    CASES,
    CLAIMS,
    CLUES,
    REPORTED_RATINGS,
    AssignmentRow,
    CaseRow,
)
from evaluation.state import AssignmentFact, ClaimFact, ClueFact
from eventlog.readmodels import Source


@dataclass(frozen=True)
class YearFacts:
    """Everything a year's figures rest on."""

    assignments: Sequence[AssignmentFact]
    clues: Sequence[ClueFact]
    claims: Sequence[ClaimFact]


async def facts_of_year(source: Source, year: int) -> YearFacts:
    """The facts of a year, in an order that does not depend on where the rows came from."""
    cases = {case.proposal_id: case for case in await source.rows(CASES, year=year)}
    rows = await source.rows(ASSIGNMENTS, proposal_id=list(cases))
    assignments = [_assignment(cases[row.proposal_id], row) for row in rows]
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
    )


async def reported_rating(source: Source, proposal_id: str) -> tuple[Satisfaction, date] | None:
    """The rating that a ledger tells of, and its day."""
    for row in await source.rows(REPORTED_RATINGS, proposal_id=proposal_id):
        return Satisfaction(row.satisfaction), row.rated_on
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


def _assignment(case: CaseRow, row: AssignmentRow) -> AssignmentFact:
    positions = {
        "dispatched": row.dispatched_position,
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
        positions={name: position for name, position in positions.items() if position is not None},
    )
