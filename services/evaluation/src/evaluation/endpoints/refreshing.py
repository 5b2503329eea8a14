"""Keeps the figures of districts in brief up to date: in the background, and when somebody asks."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from contracts.city import YearInBrief
from contracts.directory import District
from evaluation.decisions.city.in_brief import in_brief
from evaluation.endpoints.years import Years, YearState
from evaluation.projections.overviews import Overviews, mark_of, years_with_cases
from evaluation.projections.reading import facts_of_year
from hosting.as_of import Asked

POLL_SECONDS = 2.0
REST_PER_WORK = 4.0
ASKED_SECONDS = 0.1


@dataclass(frozen=True)
class Refreshing:
    """Computes outdated figures anew, by what computes them for one district's pages too.

    In the background it rests four times as long as it has worked, so that it takes a fifth of a
    processor at most from those who wait for their commands; whoever asks has it work without rest,
    for a tenth of a second. What is outdated still says of which position it is.
    """

    years: Years
    overviews: Overviews
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self) -> None:
        """Look for outdated figures every two seconds, for ever."""
        while True:
            for district in await self._outdated(None):
                began = time.perf_counter()
                async with self._one_at_a_time:
                    await self._refresh_if_outdated(district)
                await asyncio.sleep(REST_PER_WORK * (time.perf_counter() - began))
            await asyncio.sleep(POLL_SECONDS)

    async def freshen(self, districts: Sequence[str] | None) -> None:
        """Compute what is outdated of these districts, None for all, as far as a moment allows."""
        until = time.perf_counter() + ASKED_SECONDS
        outdated = await self._outdated(districts)
        for district in outdated:
            if time.perf_counter() >= until:
                return
            async with self._one_at_a_time:
                await self._refresh_if_outdated(district)

    async def refresh(self, district: District) -> bool:
        """Compute all years of a district from one snapshot; false if newer figures are kept."""
        async with self.years.views.of(district.code, Asked()) as view:
            mark, shown = await mark_of(view.source), view.shown
            facts = {
                year: await facts_of_year(view.source, year)
                for year in await years_with_cases(view.source)
            }
        states = [
            await self.years.state_of(district, year, each, shown) for year, each in facts.items()
        ]
        briefs = [await asyncio.to_thread(_brief, state) for state in states]
        return await self.overviews.put(district.code, mark, briefs)

    async def _refresh_if_outdated(self, code: str) -> None:
        """Another process, or another who asked, may have been faster."""
        if await self._outdated([code]):
            await self.refresh(self.years.directories.find(code))

    async def _outdated(self, districts: Sequence[str] | None) -> list[str]:
        served = {district.code for district in self.years.directories}
        return [code for code in await self.overviews.outdated(districts) if code in served]


def _brief(state: YearState) -> YearInBrief:
    return in_brief(state.figures, state.rulebook)
