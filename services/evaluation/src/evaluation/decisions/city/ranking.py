"""The order of districts: competition ranks within each group, with ties said."""

from collections import Counter
from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import NamedTuple, TypeVar

Who = TypeVar("Who", bound=Hashable)


class Rank(NamedTuple):
    """A place, 1 for the highest, and how many share it."""

    place: int
    tied: int


def ranks(values: Mapping[Who, Fraction | None]) -> dict[Who, Rank]:
    """Ranks of exact values, highest first: of two that are equal both are first, the next is third.

    Who has no value has no rank.
    """
    counted = {who: value for who, value in values.items() if value is not None}
    # Most districts share their value as one object: it is hashed once, not once for each of them.
    alike = Counter(id(value) for value in counted.values())
    distinct = {id(value): value for value in counted.values()}
    sharing: Counter[Fraction] = Counter()
    for key, value in distinct.items():
        sharing[value] += alike[key]
    by_value, place = {}, 1
    for value in sorted(sharing, reverse=True):
        by_value[value] = Rank(place, sharing[value])
        place += sharing[value]
    by_object = {key: by_value[value] for key, value in distinct.items()}
    return {who: by_object[id(value)] for who, value in counted.items()}
