"""A district's year as it stood: its facts, and the rulebook in force then."""

from dataclasses import dataclass

from contracts.directory import District
from contracts.figures import Figures
from contracts.rulebook import Rulebook
from contracts.shown import Shown
from evaluation.decisions.report import compute_figures
from evaluation.projections.reading import YearFacts, facts_of_year
from eventlog import EventLog
from hosting.as_of import Asked, Views
from hosting.directories import Directories
from hosting.rulebooks import adopted_rulebook


@dataclass(frozen=True)
class YearState:
    """The facts of a year in one state of the log, and which state that is."""

    district: District
    year: int
    facts: YearFacts
    shown: Shown
    rulebook: Rulebook | None

    @property
    def figures(self) -> Figures:
        return self.figures_under(self.rulebook)

    def figures_under(self, rulebook: Rulebook | None) -> Figures:
        place = self.district.code, self.year, self.shown.position
        computed = figures_of_facts(place, self.facts, rulebook)
        return computed.model_copy(update={"shown": self.shown})


def figures_of_facts(
    place: tuple[str, int, int], facts: YearFacts, rulebook: Rulebook | None
) -> Figures:
    """The figures of a district, a year and a log position, out of nothing but these facts."""
    district, year, position = place
    return compute_figures(
        district,
        year,
        position,
        facts.assignments,
        facts.clues,
        facts.claims,
        rulebook,
        facts.proposals,
    )


@dataclass(frozen=True)
class Years:
    """Finds the state of a year that a question is about."""

    views: Views
    log: EventLog
    directories: Directories

    async def of(self, district: str, year: int, asked: Asked) -> YearState:
        """Raises NotFound for a district that is not served, and what `Views.of` raises."""
        known = self.directories.find(district)
        async with self.views.of(district, asked) as view:
            facts, shown = await facts_of_year(view.source, year), view.shown
        return await self.state_of(known, year, facts, shown)

    async def state_of(
        self, district: District, year: int, facts: YearFacts, shown: Shown
    ) -> YearState:
        """These facts with the rulebook that was in force."""
        rulebook = await adopted_rulebook(self.log, district.code, year, until=shown.position)
        return YearState(district, year, facts, shown, rulebook)

    async def figures_now(self, district: str, year: int) -> Figures:
        """Raises NotFound for a district that is not served."""
        return (await self.of(district, year, Asked())).figures
