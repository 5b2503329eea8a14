"""All figures of a district's year, from the facts and nothing else."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from contracts.figures import Figures, Rate, RoleCount, ScoreSheet
from contracts.rulebook import Rulebook
from contracts.vocabulary import Role
from evaluation.decisions import wording
from evaluation.decisions.cases import counted_cases
from evaluation.decisions.comparing import compare
from evaluation.decisions.rates.computing import compute_rates
from evaluation.decisions.rates.formula import Measured
from evaluation.decisions.scoring.counting import Scored
from evaluation.decisions.scoring.entering import entries_of, is_entry
from evaluation.decisions.scoring.sheet import score_sheet, unit_scores
from evaluation.state import AssignmentFact, ClaimFact, ClueFact, ProposalFact


def compute_figures(  # noqa: PLR0913, PLR0917  one argument for each thing that the figures rest on
    district: str,
    year: int,
    position: int,
    facts: Iterable[AssignmentFact],
    clues: Iterable[ClueFact],
    claims: Iterable[ClaimFact],
    rulebook: Rulebook | None,
    proposals: Iterable[ProposalFact] | None = None,
) -> Figures:
    """Compute the figures as of a position of the log; there is no score without a rulebook."""
    claimed = tuple(claims)
    cases = counted_cases(year, facts)
    count_by_role = Counter(case.role for case in cases)
    by_role = tuple(
        RoleCount(role=role.value, label=role.chinese, count=count_by_role[role]) for role in Role
    )
    received = None if proposals is None else tuple(p for p in proposals if p.year == year)
    rates = compute_rates(Measured(cases, rulebook, received))
    scored = rulebook and Scored(
        cases=cases,
        clues=tuple(clues),
        rates={rate.id: rate for rate in rates},
        entries=entries_of(claimed),
        rulebook=rulebook,
    )
    score = score_sheet(scored, year) if scored else None
    return Figures(
        district=district,
        year=year,
        position=position,
        total=len(cases),
        by_role=by_role,
        rates=rates,
        score=score,
        comparisons=compare(
            (claim for claim in claimed if not is_entry(claim.figure)),
            figures_by_name(len(cases), by_role, rates, score),
        ),
        rehandled=tuple(
            case.note(case.handled_again, wording.handled_again(rulebook), "completed", "rated")
            for case in cases
            if case.handled_again
        ),
        units=unit_scores(scored, year) if scored else (),
    )


def figures_by_name(
    total: int, by_role: tuple[RoleCount, ...], rates: tuple[Rate, ...], score: ScoreSheet | None
) -> dict[str, Decimal | None]:
    """The figures that can be claimed and compared, by their ids."""
    return {
        "total": Decimal(total),
        **{each.role: Decimal(each.count) for each in by_role},
        **{rate.id: rate.value for rate in rates},
        "base": score.base if score else None,
        "deductions": score.deductions if score else None,
        "bonus": score.bonus if score else None,
        "score": score.total if score else None,
    }
