"""Figures out of the bytes of a log alone: no database, no service, the same rules."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from pydantic_core import from_json

import contracts
import evaluation
from contracts.evaluation import RulebookAdopted
from contracts.figures import Figures
from contracts.receipt import Receipt, RulebookUsed
from contracts.rulebook import Rulebook
from evaluation.decisions.adopting import read_with_formulas
from evaluation.decisions.reporting.defining import Reported
from evaluation.endpoints.years import figures_of_facts
from evaluation.projections.reading import facts_of_year
from evaluation.projections.scores import SCORES
from eventlog.envelopes import identities_in
from eventlog.readmodels import apply
from eventlog.replaying import Remembered

RULES = ("state", "decisions", "projections")


class NotAnEvent(ValueError):
    """Bytes that are no event of the district stand in its log, at `position`."""

    def __init__(self, position: int) -> None:
        self.position = position
        super().__init__(f"position {position} holds no event of this district")


@dataclass(frozen=True)
class AdoptedText:
    """A rulebook as an event of the log holds it."""

    event: RulebookAdopted
    position: int

    @property
    def used(self) -> RulebookUsed:
        event = self.event
        return RulebookUsed(
            rulebook_id=event.rulebook_id,
            version=event.version,
            sha256=hashlib.sha256(event.text.encode()).hexdigest(),
            position=self.position,
        )

    @property
    def rulebook(self) -> Rulebook:
        return read_with_formulas(self.event.text)


class Replay:
    """The log of a district, taken event by event into the facts of all its years, in memory."""

    def __init__(self, district: str) -> None:
        self.district = district
        self.position = 0
        self._rows = Remembered()
        self._adoptions: dict[int, AdoptedText] = {}

    def take(self, bodies: Sequence[bytes]) -> None:
        """Take the next events. Raises NotAnEvent, UnknownEvent or pydantic.ValidationError."""
        events: list[tuple[int, str, bytes]] = []
        for position, identity in enumerate(identities_in(bodies), self.position + 1):
            if identity is None or identity[1] != self.district:
                raise NotAnEvent(position)
            body = bodies[position - self.position - 1]
            events.append((position, identity[4], body))
            if identity[4] == RulebookAdopted.type:
                adopted = RulebookAdopted.model_validate(from_json(body)["data"])
                self._adoptions[adopted.year] = AdoptedText(adopted, position)
        apply(SCORES.read(events), self._rows)
        self.position += len(bodies)

    def adopted(self, year: int) -> AdoptedText | None:
        """The rulebook in force for a year, the one adopted last."""
        return self._adoptions.get(year)

    async def reported(self, year: int, day: date) -> Reported:
        """What the reports of a year look at, under its adopted rulebook."""
        facts, adopted = await facts_of_year(self._rows, year), self.adopted(year)
        return Reported(
            district=self.district,
            year=year,
            position=self.position,
            day=day,
            cases=facts.cases,
            assignments=facts.assignments,
            returns=facts.returns,
            rulebook=adopted.rulebook if adopted else None,
        )

    async def figures(self, year: int, rulebook: Rulebook | None) -> Figures:
        facts = await facts_of_year(self._rows, year)
        return figures_of_facts((self.district, year, self.position), facts, rulebook)


def rulebook_differences(receipt: Receipt, replay: Replay) -> list[tuple[str, str, str]]:
    """What the receipt says of its rulebook and the log does not: name, as claimed, as adopted."""
    adopted = replay.adopted(receipt.year)
    claimed = receipt.rulebook.model_dump(mode="json") if receipt.rulebook else {}
    computed = adopted.used.model_dump(mode="json") if adopted else {}
    return [
        (name, str(claimed.get(name, "—")), str(computed.get(name, "—")))
        for name in {**claimed, **computed}
        if claimed.get(name) != computed.get(name)
    ]


@cache
def projector_version() -> str:
    """The SHA-256 over the source of every rule that has a part in figures, in the order of its name.

    Libraries and the Python version are not in it: `requirements.lock` pins those.
    """
    digest = hashlib.sha256()
    for package in (contracts, evaluation):
        folder = Path(str(package.__file__)).parent
        for file in sorted(folder.rglob("*.py")):
            name = file.relative_to(folder)
            if package is contracts or name.parts[0].removesuffix(".py") in RULES:
                source = file.read_bytes().replace(b"\r\n", b"\n")
                digest.update(f"{package.__name__}/{name.as_posix()} {len(source)}\n".encode())
                digest.update(source)
    return digest.hexdigest()
