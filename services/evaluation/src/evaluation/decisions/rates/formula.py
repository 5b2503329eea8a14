"""What a formula is: what it may look at, what it counts, and the two terms that come of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from contracts.figures import CaseNote, Margin
from contracts.rating_levels import AT_LEAST_BASICALLY
from contracts.rulebook import Rulebook
from contracts.vocabulary import Satisfaction
from evaluation.decisions.cases import Assignments, Case
from evaluation.decisions.rates.naming import RateName
from evaluation.decisions.wording import Said, in_time
from evaluation.state import AssignmentFact, ProposalFact

Cases = tuple[Case, ...]


@dataclass(frozen=True)
class SatisfiedLevels:
    """The levels of rating that count as satisfied, and what people call them."""

    codes: frozenset[Satisfaction]
    said: str
    said_en: str


WITHOUT_RULEBOOK = SatisfiedLevels(frozenset({Satisfaction.SATISFIED}), "满意", "Satisfied")
BROADLY_WITHOUT_RULEBOOK = SatisfiedLevels(
    AT_LEAST_BASICALLY, "满意”或“基本满意", "satisfied or basically satisfied"
)


def satisfied(rulebook: Rulebook | None) -> SatisfiedLevels:
    """The levels that count as satisfied."""
    if rulebook is None:
        return WITHOUT_RULEBOOK
    levels = [each for each in rulebook.satisfaction_levels if each.counts_as_satisfied]
    return SatisfiedLevels(
        codes=frozenset(each.code for each in levels),
        said="”或“".join(each.label for each in levels),
        said_en="” or “".join(each.label_en for each in levels),
    )


def broadly_satisfied(rulebook: Rulebook | None) -> SatisfiedLevels:
    """The levels that count as satisfied at least basically."""
    if rulebook is None:
        return BROADLY_WITHOUT_RULEBOOK
    levels = [each for each in rulebook.satisfaction_levels if each.is_broadly_satisfied]
    return SatisfiedLevels(
        codes=frozenset(each.code for each in levels),
        said="”或“".join(each.label for each in levels),
        said_en=" or ".join(each.label_en.lower() for each in levels),
    )


@dataclass(frozen=True)
class Measured:
    """Everything that a formula may look at; `proposals` is None where nobody gave them."""

    cases: Cases
    rulebook: Rulebook | None = None
    proposals: tuple[ProposalFact, ...] | None = None

    @property
    def levels(self) -> SatisfiedLevels:
        return satisfied(self.rulebook)

    @property
    def broad_levels(self) -> SatisfiedLevels:
        return broadly_satisfied(self.rulebook)

    def answers(self) -> Iterable[tuple[Case, AssignmentFact]]:
        """The answers that were given, each with its case."""
        return (
            (case, each)
            for case in self.cases
            for each in case.answers
            if each.replied_on is not None
        )


@dataclass(frozen=True)
class Thing:
    """One thing below the line: whether it counts above it too, or None where that is not recorded."""

    met: bool | None
    note: CaseNote


@dataclass(frozen=True)
class Tally:
    """Both terms of a rate, and the cases behind them.

    `misses` were counted below but not above the line; of `unknown` nothing is recorded, so they
    are in neither term. `absent` says what is missing where nothing could be counted at all. `met`
    were counted in both terms.
    """

    numerator: int
    denominator: int
    misses: tuple[CaseNote, ...]
    unknown: tuple[CaseNote, ...] = ()
    margin: Margin | None = None
    absent: Said = field(default=Said("", ""))
    met: tuple[CaseNote, ...] = ()


@dataclass(frozen=True)
class Formula:
    """A way to compute a rate. Once a rulebook has named it, it never changes."""

    id: str
    rate: RateName
    text: str
    text_en: str
    counted: str
    counted_en: str
    tally: Callable[[Measured], Tally]


def tallied(things: Iterable[Thing], *, margin: Margin | None = None) -> Tally:
    """Count things; what is not recorded is named and left out of both terms."""
    listed = list(things)
    misses = tuple(each.note for each in listed if each.met is False)
    met = tuple(each.note for each in listed if each.met is True)
    unknown = tuple(each.note for each in listed if each.met is None)
    return Tally(len(met), len(met) + len(misses), misses, unknown, margin, met=met)


def all_of(verdicts: Sequence[bool | None]) -> bool | None:
    """Whether all are so; None where none is known not to be, but not all are known."""
    if False in verdicts:
        return False
    return None if None in verdicts else True


def any_of(verdicts: Sequence[bool | None]) -> bool | None:
    """Whether one is so; None where none is known to be, but not all are known."""
    if True in verdicts:
        return True
    return None if None in verdicts else False


def closest(counted: Iterable[tuple[Case, Assignments]]) -> Margin | None:
    """The margin of the case that came closest to its limit, of those whose parts kept it."""
    spared = (
        ((part.due_on - part.completed_on).days, case, part)
        for case, parts in counted
        for part in parts
        if part.completed_on is not None
    )
    best = min(spared, key=lambda each: each[0], default=None)
    if best is None:
        return None
    days, case, part = best
    return Margin(days=days, case=case.note((part,), in_time, "dispatched", "completed"))
