"""The limits of a case that are still open, and what has been raised about them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from contracts.vocabulary import Duty, Role


class OpenLimit(NamedTuple):
    """What a unit still owes, and by when. Commitments are told apart by their suffix, ".1"."""

    duty: Duty
    suffix: str
    due_on: date


class Raised(NamedTuple):
    """A step of supervision that was raised for a deadline."""

    duty: Duty
    rule: str
    due_on: date


@dataclass(frozen=True)
class Watched:
    """A unit's part in a case, as far as the supervision by the clock looks at it.

    `dispatch_position` is that of the last dispatch of its case in the district's log.
    """

    proposal_id: str
    year: int
    unit: str
    dispatch_position: int
    limits: tuple[OpenLimit, ...]
    raised: frozenset[Raised]


@dataclass(frozen=True)
class Owing:
    """What decides whether a unit still owes something, however it is kept."""

    role: Role
    is_signed: bool
    is_open: bool
    is_returned: bool
    stands_still: bool
    has_given_opinion: bool
    has_answered: bool
    sign_by: date | None
    due_on: date
    commitments: Iterable[tuple[int, date]]


def open_limits(part: Owing) -> Iterator[OpenLimit]:
    """What the unit has still to do; nothing while its clock stands still."""
    if part.stands_still or part.is_returned:
        return
    if part.is_open and not part.is_signed and part.sign_by is not None:
        yield OpenLimit(Duty.SIGNING, "", part.sign_by)
    if part.is_open and part.role is Role.CO and not part.has_given_opinion:
        yield OpenLimit(Duty.OPINION, "", part.due_on)
    if part.is_open and part.role.answers_the_proposer and not part.has_answered:
        yield OpenLimit(Duty.REPLY, "", part.due_on)
    for number, due_on in part.commitments:
        yield OpenLimit(Duty.COMMITMENT, f".{number}", due_on)
