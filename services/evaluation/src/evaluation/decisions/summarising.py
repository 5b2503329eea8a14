"""What the annual summary of a year rests on, from the same facts as its figures."""

from collections import defaultdict
from collections.abc import Iterable

from annual_summary import Letterhead, Part, YearCase, YearFacts
from contracts.figures import Figures
from contracts.rulebook import Rulebook
from contracts.vocabulary import Role
from evaluation.decisions import wording
from evaluation.decisions.rates.formula import satisfied
from evaluation.state import AssignmentFact

_ROLES = list(Role)


def facts_of_summary(
    letterhead: Letterhead,
    figures: Figures,
    facts: Iterable[AssignmentFact],
    rulebook: Rulebook | None = None,
) -> YearFacts:
    """The cases that the figures count, with every unit that had a part in them.

    Ratings have the titles of the rulebook, and count as satisfied where it says so.
    """
    by_proposal: defaultdict[str, list[AssignmentFact]] = defaultdict(list)
    for fact in facts:
        if fact.year == figures.year and not fact.ended:
            by_proposal[fact.proposal_id].append(fact)
    counted = [group for group in by_proposal.values() if any(fact.reporting for fact in group)]
    ordered = sorted(counted, key=lambda group: (group[0].number, group[0].proposal_id))
    return YearFacts(letterhead, figures, tuple(_case(group, rulebook) for group in ordered))


def _case(group: list[AssignmentFact], rulebook: Rulebook | None) -> YearCase:
    first = group[0]
    in_order = sorted(group, key=lambda fact: (_ROLES.index(fact.role), fact.unit))
    return YearCase(
        proposal_id=first.proposal_id,
        number=first.number,
        title=first.title,
        key=any(fact.key for fact in group),
        parts=tuple(_part(fact, rulebook) for fact in in_order),
    )


def _part(fact: AssignmentFact, rulebook: Rulebook | None) -> Part:
    rating = fact.satisfaction
    return Part(
        unit=fact.unit,
        role=fact.role,
        reported=fact.reporting,
        dispatched_on=fact.dispatched_on,
        due_on=fact.due_on,
        completed_on=fact.completed_on,
        rating=wording.level(rating, rulebook).chinese if rating else "",
        satisfied=rating in satisfied(rulebook).codes,
        handling_round=fact.handling_round,
    )
