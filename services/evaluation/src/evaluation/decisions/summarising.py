"""What the annual summary of a year rests on, from the same facts as its figures."""

from collections import defaultdict
from collections.abc import Iterable

from annual_summary import Letterhead, Part, YearCase, YearFacts
from contracts.figures import Figures
from contracts.vocabulary import Role
from evaluation.state import AssignmentFact

_ROLES = list(Role)


def facts_of_summary(
    letterhead: Letterhead, figures: Figures, facts: Iterable[AssignmentFact]
) -> YearFacts:
    """The cases that the figures count, with every unit that had a part in them."""
    by_proposal: defaultdict[str, list[AssignmentFact]] = defaultdict(list)
    for fact in facts:
        if fact.year == figures.year and not fact.ended:
            by_proposal[fact.proposal_id].append(fact)
    counted = [group for group in by_proposal.values() if any(fact.reporting for fact in group)]
    ordered = sorted(counted, key=lambda group: (group[0].number, group[0].proposal_id))
    return YearFacts(letterhead, figures, tuple(map(_case, ordered)))


def _case(group: list[AssignmentFact]) -> YearCase:
    first = group[0]
    in_order = sorted(group, key=lambda fact: (_ROLES.index(fact.role), fact.unit))
    return YearCase(
        proposal_id=first.proposal_id,
        number=first.number,
        title=first.title,
        key=any(fact.key for fact in group),
        parts=tuple(map(_part, in_order)),
    )


def _part(fact: AssignmentFact) -> Part:
    return Part(
        unit=fact.unit,
        role=fact.role,
        reported=fact.reporting,
        dispatched_on=fact.dispatched_on,
        due_on=fact.due_on,
        completed_on=fact.completed_on,
        satisfaction=fact.satisfaction,
        handling_round=fact.handling_round,
    )
