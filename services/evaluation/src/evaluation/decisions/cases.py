"""A case as the figures count it: what all of the district's units did with one proposal."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from contracts.figures import CaseNote
from contracts.vocabulary import Role, Satisfaction
from evaluation.decisions.wording import Said, of_each
from evaluation.state import AssignmentFact

_ROLES = list(Role)

Assignments = tuple[AssignmentFact, ...]


@dataclass(frozen=True)
class Case:
    """A proposal with those assignments of the district that its reports count."""

    assignments: Assignments

    @property
    def role(self) -> Role:
        """The most answering of the case's roles: sole, lead, split, then co."""
        return self.assignments[0].role

    @property
    def answers(self) -> Assignments:
        return tuple(each for each in self.assignments if each.role.answers_the_proposer)

    @property
    def unanswered(self) -> Assignments:
        return tuple(each for each in self.answers if each.replied_on is None)

    @property
    def unfinished(self) -> Assignments:
        return tuple(each for each in self.assignments if each.completed_on is None)

    @property
    def overdue(self) -> Assignments:
        """The assignments that were completed after their limit, or are not completed yet."""
        return tuple(
            each
            for each in self.assignments
            if each.completed_on is None or each.completed_on > each.due_on
        )

    def rated_as(self, levels: Collection[Satisfaction]) -> Assignments:
        return tuple(each for each in self.answers if each.satisfaction in levels)

    @property
    def handled_again(self) -> Assignments:
        return tuple(each for each in self.assignments if each.handling_round > 1)

    @property
    def is_answered_key_case(self) -> bool:
        is_key = any(each.key for each in self.assignments)
        return is_key and bool(self.answers) and not self.unanswered

    def note(
        self, chosen: Assignments, say: Callable[[AssignmentFact], Said], *steps: str
    ) -> CaseNote:
        """Name the case, say why of the chosen assignments, and give the positions of their steps.

        Where none of the steps was taken, the dispatch is what it rests on.
        """
        first = self.assignments[0]
        why = of_each(chosen, say, naming_units=len(self.assignments) > 1)
        taken = {each.positions.get(step) for each in chosen for step in steps} - {None}
        given = {each.positions.get("dispatched") for each in chosen}
        return CaseNote(
            proposal_id=first.proposal_id,
            number=first.number,
            title=first.title,
            why=why.chinese,
            why_en=why.english,
            positions=tuple(sorted(each for each in taken or given if each is not None)),
        )


def counted_cases(year: int, facts: Iterable[AssignmentFact]) -> tuple[Case, ...]:
    """The cases of the year that are reported and have not ended, in the order of their numbers."""
    by_proposal: defaultdict[str, list[AssignmentFact]] = defaultdict(list)
    for fact in facts:
        if fact.year == year and fact.reporting and not fact.ended:
            by_proposal[fact.proposal_id].append(fact)
    groups = (sorted(group, key=_answering_first) for group in by_proposal.values())
    ordered = sorted(groups, key=lambda group: (group[0].number, group[0].proposal_id))
    return tuple(Case(tuple(group)) for group in ordered)


def _answering_first(fact: AssignmentFact) -> tuple[int, str]:
    return _ROLES.index(fact.role), fact.unit
