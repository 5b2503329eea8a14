"""Which units are suggested for a case: those that had cases like it, with the cases that say so.

A suggestion is read by a person and never applied. It follows from the earlier cases of the same
district alone, and from the same ones always in the same way (decision 24).
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from contracts.checking import Certainty
from contracts.likeness import weights_of

LEAST_LIKENESS = 0.12
MOST_CASES = 7
MOST_UNITS = 3
LIKELY_FROM = 0.3
AGREED_FROM = 0.6
DIGITS = 4


@dataclass(frozen=True)
class Precedent:
    """An earlier case: what it is about, who answered in it in the end, and who gave opinions."""

    proposal_id: str
    year: int
    number: str | None
    title: str
    pairs: frozenset[str]
    leads: tuple[str, ...]
    co_units: tuple[str, ...]


class Alike(NamedTuple):
    """An earlier case, and how like it is, from 0 to 1."""

    precedent: Precedent
    likeness: float


@dataclass(frozen=True)
class UnitSuggested:
    """A unit for a part; `likeness` of the likest case that names it, `agreement` among all alike."""

    unit: str
    likeness: float
    agreement: float
    because: tuple[Alike, ...]

    @property
    def certainty(self) -> Certainty:
        """Nothing that is only alike is certain."""
        is_likely = self.likeness >= LIKELY_FROM and self.agreement >= AGREED_FROM
        return Certainty.LIKELY if is_likely else Certainty.DOUBTFUL


class UnitsSuggested(NamedTuple):
    """Who might lead, and who might join; each the most supported first, and none where none is."""

    leads: tuple[UnitSuggested, ...]
    co_units: tuple[UnitSuggested, ...]


NOBODY = UnitsSuggested((), ())


class Precedents:
    """The earlier cases of a district, by what they are about."""

    def __init__(self, cases: Iterable[Precedent]) -> None:
        self._cases = sorted(cases, key=lambda case: case.proposal_id)
        self._weights = weights_of(case.pairs for case in self._cases)
        self._weight = [self._weights.of(case.pairs) for case in self._cases]
        self._holding: dict[str, list[int]] = defaultdict(list)
        for index, case in enumerate(self._cases):
            for pair in case.pairs:
                self._holding[pair].append(index)

    def suggest(self, proposal_id: str, pairs: Sequence[str]) -> UnitsSuggested:
        """Units for a case that is about this; the case itself teaches nothing."""
        alike = self._alike(proposal_id, sorted(set(pairs)))
        if not alike:
            return NOBODY
        return UnitsSuggested(
            _ranked(alike, lambda case: case.leads), _ranked(alike, lambda case: case.co_units)
        )

    def _alike(self, proposal_id: str, pairs: Sequence[str]) -> list[Alike]:
        shared: dict[int, list[float]] = defaultdict(list)
        for pair in pairs:
            for index in self._holding.get(pair, ()):
                shared[index].append(self._weights.of_pairs[pair])
        own = self._weights.of(pairs)
        found = [
            Alike(self._cases[index], _share(math.fsum(common), own, self._weight[index]))
            for index, common in shared.items()
            if self._cases[index].proposal_id != proposal_id
        ]
        near = [each for each in found if each.likeness >= LEAST_LIKENESS]
        near.sort(
            key=lambda each: (-each.likeness, -each.precedent.year, each.precedent.proposal_id)
        )
        return near[:MOST_CASES]


def _share(common: float, one: float, other: float) -> float:
    """The share of the weight of both that both have (a weighted Jaccard index)."""
    return round(common / (one + other - common), DIGITS)


def _ranked(
    alike: Sequence[Alike], units_of: Callable[[Precedent], Sequence[str]]
) -> tuple[UnitSuggested, ...]:
    naming: dict[str, list[Alike]] = defaultdict(list)
    for each in alike:
        for unit in units_of(each.precedent):
            naming[unit].append(each)
    told = math.fsum(each.likeness for each in alike if units_of(each.precedent))
    found = [
        UnitSuggested(
            unit=unit,
            likeness=cases[0].likeness,
            agreement=round(math.fsum(each.likeness for each in cases) / told, DIGITS),
            because=tuple(cases),
        )
        for unit, cases in naming.items()
    ]
    found.sort(key=lambda each: (-each.agreement, -each.likeness, each.unit))
    return tuple(found[:MOST_UNITS])
