"""What the annual summary of a year rests on, from the same facts as its figures."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from annual_summary import Ask, Done, Letterhead, Part, YearCase, YearFacts
from contracts.figures import Figures
from contracts.rulebook import Rulebook
from contracts.vocabulary import Role
from evaluation.decisions import wording
from evaluation.decisions.rates.formula import satisfied
from evaluation.state import AssignmentFact, ProposalFact, SuggestionFact

_ROLES = list(Role)


def facts_of_summary(
    letterhead: Letterhead,
    figures: Figures,
    facts: Iterable[AssignmentFact],
    rulebook: Rulebook | None = None,
    *,
    cases: Iterable[ProposalFact] = (),
) -> YearFacts:
    """The cases that the figures count, with every unit that had a part in them.

    Ratings have the titles of the rulebook, and count as satisfied where it says so. Of `cases` the
    points that they ask for and their categories are taken.
    """
    known = {case.proposal_id: case for case in cases}
    by_proposal: defaultdict[str, list[AssignmentFact]] = defaultdict(list)
    for fact in facts:
        if fact.year == figures.year and not fact.ended:
            by_proposal[fact.proposal_id].append(fact)
    counted = [group for group in by_proposal.values() if any(fact.reporting for fact in group)]
    ordered = sorted(counted, key=lambda group: (group[0].number, group[0].proposal_id))
    told = (_case(group, known.get(group[0].proposal_id), rulebook) for group in ordered)
    return YearFacts(letterhead, figures, tuple(told))


def _case(
    group: list[AssignmentFact], known: ProposalFact | None, rulebook: Rulebook | None
) -> YearCase:
    first = group[0]
    asked = known.suggestions if known else ()
    in_order = sorted(group, key=lambda fact: (_ROLES.index(fact.role), fact.unit))
    return YearCase(
        proposal_id=first.proposal_id,
        number=first.number,
        title=first.title,
        key=any(fact.key for fact in group),
        parts=tuple(_part(fact, rulebook) for fact in in_order),
        asks=tuple(Ask(each.number, each.text, _done(each, in_order)) for each in asked),
        category=known.category if known else None,
    )


def _done(asked: SuggestionFact, facts: Sequence[AssignmentFact]) -> tuple[Done, ...]:
    return tuple(
        Done(fact.unit, result.answer, result.evidence, result.state)
        for fact in facts
        for result in fact.results
        if result.number == asked.number
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
        drafts_sent_back=len(fact.drafts_sent_back),
        opinions_sent_back=len(fact.opinions_sent_back),
        opinion_waived=fact.opinion_waived,
        first_contact_on=min((each.contacted_on for each in fact.contacts), default=None),
    )
