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
from evaluation.decisions.rates import compute_rates
from evaluation.decisions.score import score_sheet
from evaluation.state import AssignmentFact, ClaimFact, ClueFact


def compute_figures(  # noqa: PLR0913, PLR0917  one argument for each thing that the figures rest on
    district: str,
    year: int,
    position: int,
    facts: Iterable[AssignmentFact],
    clues: Iterable[ClueFact],
    claims: Iterable[ClaimFact],
    rulebook: Rulebook | None,
) -> Figures:
    """Compute the figures as of a position of the log; there is no score without a rulebook."""
    cases = counted_cases(year, facts)
    count_by_role = Counter(case.role for case in cases)
    by_role = tuple(
        RoleCount(role=role.value, label=role.chinese, count=count_by_role[role]) for role in Role
    )
    rates = compute_rates(cases, rulebook)
    score = score_sheet(cases, tuple(clues), rulebook) if rulebook else None
    return Figures(
        district=district,
        year=year,
        position=position,
        total=len(cases),
        by_role=by_role,
        rates=rates,
        score=score,
        comparisons=compare(claims, _by_name(len(cases), by_role, rates, score)),
        rehandled=tuple(
            case.note(case.handled_again, wording.handled_again, "completed", "rated")
            for case in cases
            if case.handled_again
        ),
    )


def _by_name(
    total: int, by_role: tuple[RoleCount, ...], rates: tuple[Rate, ...], score: ScoreSheet | None
) -> dict[str, Decimal | None]:
    return {
        "total": Decimal(total),
        **{each.role: Decimal(each.count) for each in by_role},
        **{rate.id: rate.value for rate in rates},
        "base": score.base if score else None,
        "deductions": score.deductions if score else None,
        "bonus": score.bonus if score else None,
        "score": score.total if score else None,
    }
