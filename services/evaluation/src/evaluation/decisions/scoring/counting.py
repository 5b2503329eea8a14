"""What a rule of the rulebook counts, with the cases and units behind it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from contracts.figures import CaseNote, Rate
from contracts.rulebook import Rulebook
from contracts.scoring import Bonus, Item
from evaluation.decisions import wording
from evaluation.decisions.cases import Assignments, Case
from evaluation.decisions.rates import signing
from evaluation.decisions.rates.meeting import VISITS, declined_visits, was_met
from evaluation.decisions.rates.outcomes import promise_note, was_kept_on_time
from evaluation.decisions.wording import Said
from evaluation.state import AssignmentFact, ClueFact

Say = Callable[[AssignmentFact], Said]


@dataclass(frozen=True)
class Entry:
    """What somebody entered by hand for a rule: how often, or how many points."""

    amount: Decimal
    note: CaseNote
    unit: str = ""


@dataclass(frozen=True)
class Scored:
    """What is scored: a district's year, or the part that one unit has in it.

    A clue is nobody's but the district's, so `clues` is None for a unit.
    """

    cases: tuple[Case, ...]
    clues: tuple[ClueFact, ...] | None
    rates: Mapping[str, Rate]
    entries: Mapping[str, tuple[Entry, ...]]
    rulebook: Rulebook
    unit: str = ""


@dataclass(frozen=True)
class Counted:
    """What was counted: as many as there are notes. Of `unknown` cases there is no record."""

    notes: tuple[CaseNote, ...]
    units: frozenset[str] = field(default=frozenset())
    unknown: int = 0


def count(item: Item, scored: Scored) -> Counted:
    """Count what an item's `counts` names; nothing where it goes by a rate or by hand."""
    return _COUNTS[item.counts or ""](item, scored)


def _late_cases(item: Item, scored: Scored) -> Counted:
    late = ((case, case.overdue) for case in scored.cases if not case.unfinished)
    return _noted(late, wording.overdue, "dispatched", "moved", "completed")


def _unanswered_cases(item: Item, scored: Scored) -> Counted:
    open_cases = ((case, case.unfinished) for case in scored.cases)
    return _noted(open_cases, wording.unfinished, "dispatched", "moved")


def _dissatisfied_cases(item: Item, scored: Scored) -> Counted:
    levels = scored.rulebook.dissatisfied_levels
    disliked = ((case, case.rated_as(levels)) for case in scored.cases)
    return _noted(disliked, wording.rated(scored.rulebook), "completed", "rated")


def _late_assignments(item: Item, scored: Scored) -> Counted:
    late = _each(scored, lambda fact: fact.completed_on is not None and _is_late(fact))
    return _noted(late, wording.overdue, "dispatched", "moved", "completed")


def _unanswered_assignments(item: Item, scored: Scored) -> Counted:
    still_open = _each(scored, lambda fact: fact.completed_on is None)
    return _noted(still_open, wording.unfinished, "dispatched")


def _dissatisfied_replies(item: Item, scored: Scored) -> Counted:
    levels = scored.rulebook.dissatisfied_levels
    disliked = _each(
        scored, lambda fact: fact.role.answers_the_proposer and fact.satisfaction in levels
    )
    return _noted(disliked, wording.rated(scored.rulebook), "completed", "rated")


def _late_co_opinions(item: Item, scored: Scored) -> Counted:
    late = _each(
        scored,
        lambda fact: (
            not fact.role.answers_the_proposer and not fact.opinion_waived and _is_late(fact)
        ),
    )
    return _noted(late, wording.overdue, "dispatched", "moved", "completed")


def _late_signings(item: Item, scored: Scored) -> Counted:
    was_in_time = partial(signing.was_signed_on_time, limit=scored.rulebook.limits.signing)
    return _judged(_parts(scored), was_in_time, wording.signed, "dispatched", "signed")


def _overdue_signings(item: Item, scored: Scored) -> Counted:
    limit = scored.rulebook.limits.signing
    was_in_time = partial(signing.was_signed_by_its_day, limit=limit)
    return _judged(_parts(scored), was_in_time, signing.said_with_its_day(limit), *signing.STEPS)


def _unvisited_assignments(item: Item, scored: Scored) -> Counted:
    to_visit = [
        (case, each) for case in scored.cases for each in case.answers if not declined_visits(each)
    ]
    return _judged(to_visit, lambda fact: was_met(fact, VISITS), wording.contacted, "contacted")


def _broken_promises(item: Item, scored: Scored) -> Counted:
    answers = [
        (case, each)
        for case in scored.cases
        for each in case.answers
        if each.replied_on is not None
    ]
    broken = [
        (promise_note(case, each, promise), each.unit)
        for case, each in answers
        for promise in each.promises or ()
        if not was_kept_on_time(promise)
    ]
    return Counted(
        tuple(note for note, _ in broken),
        frozenset(unit for _, unit in broken),
        len({case.assignments[0].proposal_id for case, each in answers if each.promises is None}),
    )


def _total_cases(item: Item, scored: Scored) -> Counted:
    return _completions(scored.cases)


def _answering_cases(item: Item, scored: Scored) -> Counted:
    return _completions(case for case in scored.cases if case.answers)


def _key_cases_answered(item: Item, scored: Scored) -> Counted:
    return _completions(case for case in scored.cases if case.is_answered_key_case)


def _early_cases(item: Item, scored: Scored) -> Counted:
    days = item.days or 0 if isinstance(item, Bonus) else 0
    early = (
        (case, case.assignments)
        for case in scored.cases
        if all(_days_early(each) >= days for each in case.assignments)
    )
    return _noted(early, wording.in_time, "dispatched", "moved", "completed")


def _adopted_clues(item: Item, scored: Scored) -> Counted:
    ordered = sorted(scored.clues or (), key=lambda clue: (clue.number, clue.position))
    return Counted(tuple(_adoption(clue) for clue in ordered))


def _nothing(item: Item, scored: Scored) -> Counted:
    return Counted(())


_COUNTS: Mapping[str, Callable[[Item, Scored], Counted]] = {
    "late_cases": _late_cases,
    "unanswered_cases": _unanswered_cases,
    "dissatisfied_cases": _dissatisfied_cases,
    "late_assignments": _late_assignments,
    "unanswered_assignments": _unanswered_assignments,
    "dissatisfied_replies": _dissatisfied_replies,
    "late_co_opinions": _late_co_opinions,
    "late_signings": _late_signings,
    "overdue_signings": _overdue_signings,
    "unvisited_assignments": _unvisited_assignments,
    "broken_promises": _broken_promises,
    "total_cases": _total_cases,
    "answering_cases": _answering_cases,
    "key_cases_answered": _key_cases_answered,
    "early_cases": _early_cases,
    "adopted_clues": _adopted_clues,
    "entered_times": _nothing,
    "entered_points": _nothing,
    "": _nothing,
}


def _is_late(fact: AssignmentFact) -> bool:
    return fact.completed_on is None or fact.completed_on > fact.due_on


def _days_early(fact: AssignmentFact) -> int:
    """How many days before its limit it was completed; below zero where it is late or open."""
    return -1 if fact.completed_on is None else (fact.due_on - fact.completed_on).days


def _parts(scored: Scored) -> list[tuple[Case, AssignmentFact]]:
    return [(case, each) for case in scored.cases for each in case.assignments]


def _each(
    scored: Scored, is_so: Callable[[AssignmentFact], bool]
) -> Iterable[tuple[Case, Assignments]]:
    return ((case, (each,)) for case in scored.cases for each in case.assignments if is_so(each))


def _noted(found: Iterable[tuple[Case, Assignments]], say: Say, *steps: str) -> Counted:
    """Name each case that has such assignments, and their units."""
    listed = [(case, chosen) for case, chosen in found if chosen]
    return Counted(
        tuple(case.note(chosen, say, *steps) for case, chosen in listed),
        frozenset(each.unit for _, chosen in listed for each in chosen),
    )


def _judged(
    found: list[tuple[Case, AssignmentFact]],
    is_met: Callable[[AssignmentFact], bool | None],
    say: Say,
    *steps: str,
) -> Counted:
    """Count what is known not to be met, and how many cases have no record of it."""
    verdicts = [(case, fact, is_met(fact)) for case, fact in found]
    counted = _noted(((case, (fact,)) for case, fact, met in verdicts if met is False), say, *steps)
    unknown = {fact.proposal_id for _, fact, met in verdicts if met is None}
    return Counted(counted.notes, counted.units, len(unknown))


def _completions(cases: Iterable[Case]) -> Counted:
    found = ((case, case.assignments) for case in cases)
    return _noted(found, wording.completed, "dispatched", "completed")


def _adoption(clue: ClueFact) -> CaseNote:
    return CaseNote(
        proposal_id="",
        number=clue.number,
        title=clue.title,
        why="提案线索已被采用",
        why_en="clue adopted",
        positions=(clue.position,),
    )
