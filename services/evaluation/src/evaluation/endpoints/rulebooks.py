"""Rulebooks that figures can be asked under: shipped ones, those of other years, and files."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from contracts.figures import RulebookEntry, RulebookList
from contracts.refusal import Refused
from contracts.rulebook import Rulebook
from evaluation.decisions.adopting import read_with_formulas
from eventlog import EventLog
from hosting.rulebooks import adopted_rulebook, adoptions


class NoSuchRulebook(Refused):
    """没有编号为“{rulebook_id}”的规则手册；可用的有：{known}。本区采用过的，用 adopted-年度。"""

    english = (
        "There is no rulebook {rulebook_id}; there are: {known}. What the district adopted for a"
        " year is called adopted-YEAR."
    )


class Rulebooks:
    """The rulebooks this installation ships, by id, and those that districts adopted."""

    def __init__(self, log: EventLog, shipped: Mapping[str, Rulebook]) -> None:
        self._log = log
        self._shipped = MappingProxyType(dict(shipped))

    @property
    def listed(self) -> RulebookList:
        return RulebookList(
            rulebooks=tuple(
                RulebookEntry(
                    id=each.id, title=each.title, title_en=each.title_en, sample=each.sample
                )
                for _, each in sorted(self._shipped.items())
            )
        )

    async def find_for(self, district: str, year: int, rulebook_id: str, *, until: int) -> Rulebook:
        """As `find`, and also one of this id that the district adopted for the year before another.

        Raises NoSuchRulebook.
        """
        if rulebook_id not in self._shipped:
            for adoption in reversed(await adoptions(self._log, district, year, until=until)):
                if adoption.event.rulebook_id == rulebook_id:
                    return adoption.rulebook
        return await self.find(district, rulebook_id, until=until)

    async def find(self, district: str, rulebook_id: str, *, until: int) -> Rulebook:
        """A shipped rulebook, or "adopted-2023": what the district adopted for that year.

        Raises NoSuchRulebook.
        """
        if rulebook_id in self._shipped:
            return self._shipped[rulebook_id]
        _, _, year = rulebook_id.rpartition("adopted-")
        if year.isdecimal() and rulebook_id == f"adopted-{year}":
            found = await adopted_rulebook(self._log, district, int(year), until=until)
            if found is not None:
                return found
        raise NoSuchRulebook(rulebook_id=rulebook_id, known=", ".join(sorted(self._shipped)))


def read_rulebooks(folder: Path) -> Mapping[str, Rulebook]:
    """Every `*.toml` of a folder. Raises BadRulebook or UnknownFormula: what is shipped is right."""
    texts = (file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.toml")))
    return {rulebook.id: rulebook for rulebook in map(read_with_formulas, texts)}
