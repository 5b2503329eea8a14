"""Random years of a district: what may happen to a proposal, as events, sensible and out of order.

Hypothesis draws one number, and everything follows from it: how many cases there are, how often each
thing happens in the year, the course of each case, and the rulebook. Drawn one by one, hundreds of
cases would be more than it can hold, and its years would resemble each other. A failure shrinks to
a smaller number, and so to a year of fewer cases.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from hypothesis import strategies as st

from contracts.event import Event
from contracts.identity import Actor
from contracts.importing import ClueAdopted
from contracts.vocabulary import ActorRole
from eventlog import NewEvent
from eventlog.recorded import Circumstances, CommandNote, Provenance, new_event
from tests.evaluation.random_cases import Course, Habits, course_of
from tests.evaluation.random_rulebooks import RandomRulebook, rulebook_of

YEAR = 2024
CASES = (10, 500)
CLERK = Actor(subject="clerk", name="王科长", role=ActorRole.SUPERVISION, district="random")


@dataclass(frozen=True)
class RandomYear:
    """How many cases a year has, how things go in it and under which rules, and the seed of the rest."""

    size: int
    seed: int
    habits: Habits
    rulebook: RandomRulebook

    def courses(self) -> Iterator[Course]:
        """Each proposal from its receipt to the end, a few of them of the year before."""
        random = Random(self.seed)
        for nth in range(self.size):
            is_of_before = random.random() < self.habits.of_the_year_before
            yield course_of(random, self.habits, nth, YEAR - 1 if is_of_before else YEAR)

    def happened(self) -> list[tuple[Event, bool]]:
        """All that happened, with whether a ledger told of it: each case in order, cases at once."""
        random = Random(self.seed + 1)
        mixed = [
            (moment, event, course.imported)
            for course in self.courses()
            for moment, event in zip(
                sorted(random.random() for _ in course.events), course.events, strict=True
            )
        ]
        mixed += [(random.random(), clue, False) for clue in self._clues(random)]
        return [(event, told) for _, event, told in sorted(mixed, key=lambda each: each[0])]

    def _clues(self, random: Random) -> Iterator[Event]:
        for nth in range(random.randint(0, 4)):
            yield ClueAdopted(
                year=random.choice((YEAR, YEAR, YEAR - 1)),
                number=f"线索{nth}",
                title="线索",
                unit="区教育局",
                adopted_on=date(YEAR, 1, 9),
            )


SHARES = (0.0, 0.02, 0.1, 0.3, 0.6, 1.0)
SOME, FEW, SEVERAL = (0.0, 0.0, 0.5, 1.0), (0.0, 0.05), (0.0, 0.05, 0.2)


def year_of(number: int) -> RandomYear:
    """The year that a number stands for; a small number is a small year."""
    random = Random(number)
    habits = Habits(
        imported=random.choice(SOME),
        refused=random.choice(SEVERAL),
        merged=random.choice(SEVERAL),
        withdrawn=random.choice(SEVERAL),
        returned=random.choice(SEVERAL),
        of_the_year_before=random.choice(FEW),
        key=random.choice(SHARES),
        late=random.choice(SHARES),
        open=random.choice(SEVERAL),
        unrated=random.choice(SHARES),
        dissatisfied=random.choice(SHARES),
        rerated=random.choice(SHARES),
        vague=random.choice(SHARES),
        waived=random.choice(SHARES),
        moved=random.choice(SHARES),
        reclassed=random.choice(SHARES),
        promising=random.choice(SHARES),
        taken_back=random.choice(SHARES),
        passed_on=random.choice(SEVERAL),
        sent_back=random.choice(SHARES),
        uncategorised=random.choice(SOME),
        undone=random.choice(SHARES),
    )
    fewest, most = CASES
    return RandomYear(fewest + number % (most - fewest + 1), number, habits, rulebook_of(random))


years = st.integers(0, 2**62).map(year_of)


@dataclass
class Writer:
    """Writes what happened as it goes into the log, with ids and versions in order."""

    district: str
    seed: int
    versions: Counter[str] = field(default_factory=Counter)

    def write(self, event: Event, *, imported: bool = False) -> NewEvent:
        self.versions[event.stream] += 1
        nth = self.versions.total()
        at = datetime(YEAR, 3, 1, tzinfo=UTC) + timedelta(minutes=nth)
        told_by = "台账.xlsx" if imported else None
        return new_event(
            event,
            event_id=UUID(int=(self.seed << 64) + nth),
            version=self.versions[event.stream],
            circumstances=Circumstances(
                service=event.type.split(".")[1],
                district=self.district,
                happened_at=at,
                recorded_at=at,
                provenance=Provenance(CLERK, UUID(int=nth), attested_by=told_by),
                command=CommandNote(UUID(int=nth), 1),
            ),
        )
