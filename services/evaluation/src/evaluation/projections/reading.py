"""The facts of a district's year, out of the rows of now or of any earlier moment."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from contracts.identity import Actor
from evaluation.projections.as_facts import assignment_fact, proposal_fact, return_fact
from evaluation.projections.facts import (
    ASSIGNMENTS,
    CASES,
    CLAIMS,
    CLUES,
    PROMISES,
    RETURNS,
    PromiseRow,
)
from evaluation.state import (
    AssignmentFact,
    ClaimFact,
    ClueFact,
    ProposalFact,
    ReturnFact,
)
from eventlog.readmodels import Source


@dataclass(frozen=True)
class YearFacts:
    """Everything a year's figures rest on.

    `cases` are all proposals that the log knows of. `proposals` are the same, but None where all
    that is known comes from ledgers: those list what was filed, so that nobody knows what else came
    in.
    """

    assignments: Sequence[AssignmentFact]
    clues: Sequence[ClueFact]
    claims: Sequence[ClaimFact]
    returns: Sequence[ReturnFact]
    cases: Sequence[ProposalFact]
    proposals: Sequence[ProposalFact] | None = None


async def facts_of_year(source: Source, year: int) -> YearFacts:
    """The facts of a year, in an order that does not depend on where the rows came from."""
    cases = {case.proposal_id: case for case in await source.rows(CASES, year=year)}
    rows = await source.rows(ASSIGNMENTS, proposal_id=list(cases))
    promises: defaultdict[tuple[str, str], list[PromiseRow]] = defaultdict(list)
    for promise in await source.rows(PROMISES, proposal_id=list(cases)):
        promises[promise.proposal_id, promise.unit].append(promise)
    assignments = [
        assignment_fact(cases[row.proposal_id], row, promises[row.proposal_id, row.unit])
        for row in rows
    ]
    asked = await source.rows(RETURNS, proposal_id=list(cases))
    returns = [return_fact(cases[row.proposal_id], row) for row in asked]
    clues = await source.rows(CLUES, year=year)
    claims = await source.rows(CLAIMS, year=year)
    listed = [proposal_fact(case) for _, case in sorted(cases.items())]
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
        cases=listed,
        proposals=listed if any(case.received_live for case in cases.values()) else None,
    )


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
