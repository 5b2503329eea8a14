"""The rulebook a district adopted for a year, read from the log itself."""

from dataclasses import dataclass
from functools import lru_cache

from contracts.evaluation import RulebookAdopted
from contracts.refusal import Refused
from contracts.rulebook import Rulebook, read_rulebook
from eventlog import EventLog


class NoRulebookAdopted(Refused):
    """本区{year}年还没有采用规则手册。请督查室先采用一份（例如 shenzhen-2024），再办理此事。"""

    english = "No rulebook has been adopted for {year}. Let the supervision office adopt one first."


@lru_cache(maxsize=64)
def _read(text: str) -> Rulebook:
    return read_rulebook(text)


@dataclass(frozen=True)
class Adoption:
    """The adoption of a rulebook, and its position in the log."""

    event: RulebookAdopted
    position: int

    @property
    def rulebook(self) -> Rulebook:
        return _read(self.event.text)


async def adoption_in_force(
    log: EventLog, district: str, year: int, *, until: int | None = None
) -> Adoption | None:
    """The last adoption of the year, up to the log position `until`."""
    history = await adoptions(log, district, year, until=until)
    return history[-1] if history else None


async def adoptions(
    log: EventLog, district: str, year: int, *, until: int | None = None
) -> list[Adoption]:
    """Every adoption of the year, in the order of the log, up to the position `until`."""
    return [
        Adoption(RulebookAdopted.model_validate(recorded.data), recorded.position)
        for recorded in await log.read_stream(district, f"rulebook-{year}")
        if until is None or recorded.position <= until
    ]


async def adopted_rulebook(
    log: EventLog, district: str, year: int, *, until: int | None = None
) -> Rulebook | None:
    """The rulebook in force, the one adopted last, or last up to the log position `until`."""
    adoption = await adoption_in_force(log, district, year, until=until)
    return None if adoption is None else adoption.rulebook


async def rulebook_in_force(log: EventLog, district: str, year: int) -> Rulebook:
    """The rulebook in force. Raises NoRulebookAdopted."""
    rulebook = await adopted_rulebook(log, district, year)
    if rulebook is None:
        raise NoRulebookAdopted(year=year)
    return rulebook
