"""What awaits dispatch as the services tell it, and what a clerk types beside it, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from pydantic import field_validator

from console.endpoints.acts import BETWEEN_NAMES
from console.endpoints.answers import Answered
from console.endpoints.documents import CERTAINTIES
from contracts.shown import Shown
from contracts.vocabulary import Role


class UnitEntry(Answered):
    """A unit of the directory, with its short names."""

    name: str
    own: bool = True
    aliases: tuple[str, ...] = ()


class Directory(Answered):
    """The units that a district may dispatch to, and those outside it."""

    units: tuple[UnitEntry, ...] = ()

    def is_outside(self, written: str) -> bool:
        return any(not unit.own and written in {unit.name, *unit.aliases} for unit in self.units)


class Basis(Answered):
    """An earlier case that a suggestion rests on."""

    proposal_id: str
    year: int
    number: str | None = None
    title: str
    likeness: float

    @property
    def percent(self) -> str:
        return f"{self.likeness:.0%}"


class SuggestedUnit(Answered):
    """A unit that had cases like this one."""

    unit: str
    likeness: float
    agreement: float
    certainty: str
    because: tuple[Basis, ...] = ()

    @property
    def is_likely(self) -> bool:
        return self.certainty == "likely"

    @property
    def says(self) -> str:
        return CERTAINTIES[self.certainty]  # type: ignore[index]  # a StrEnum is its text


class Above(Answered):
    """What the upper level said when it handed the case down."""

    upper_name: str
    number: str
    role: str
    lead_unit: str | None = None
    due_on: date


class AwaitingCase(Answered):
    """A filed case that nobody has yet."""

    proposal_id: str
    number: str
    title: str
    key: bool = False
    fabricated: bool = False
    proposers: tuple[str, ...] = ()
    wished_units: tuple[str, ...] = ()
    handed_down: Above | None = None
    leads: tuple[SuggestedUnit, ...] = ()
    co_units: tuple[SuggestedUnit, ...] = ()

    @property
    def first_lead(self) -> str:
        """What the field of the lead begins with: the upper level's lead, or a likely one."""
        if self.handed_down is not None and self.handed_down.role == Role.CO.value:
            return self.handed_down.lead_unit or self.handed_down.upper_name
        return next((each.unit for each in self.leads if each.is_likely), "")

    @property
    def first_co_units(self) -> str:
        return "、".join(each.unit for each in self.co_units if each.is_likely)


class AwaitingList(Answered):
    """What awaits dispatch in a year."""

    cases: tuple[AwaitingCase, ...] = ()
    shown: Shown | None = None

    @field_validator("cases")
    @classmethod
    def handed_down_first(cls, cases: tuple[AwaitingCase, ...]) -> tuple[AwaitingCase, ...]:
        """Whatever has a limit from above comes first."""
        return tuple(sorted(cases, key=lambda case: (case.handed_down is None, case.number)))


class RowResult(Answered):
    """What came of one row."""

    proposal_id: str
    outcome: str
    detail: str = ""
    detail_en: str = ""


class BulkReceipt(Answered):
    """What came of a portion of the rows."""

    results: tuple[RowResult, ...] = ()
    position: int = 0


@dataclass(frozen=True)
class Typed:
    """The form as it came in: a date for all, and for each case what was typed in its row."""

    values: Mapping[str, str] = field(default_factory=dict)

    def of(self, blank: str, proposal_id: str, otherwise: str = "") -> str:
        return self.values.get(f"{blank}-{proposal_id}", otherwise).strip()

    def number(self, name: str) -> int:
        told = self.values.get(name, "")
        return int(told) if told.isascii() and told.isdigit() and len(told) < 6 else 0  # noqa: PLR2004  more never fits

    @property
    def key(self) -> str:
        return self.values.get("key") or uuid4().hex

    @property
    def picked(self) -> list[str]:
        return [name.removeprefix("pick-") for name in self.values if name.startswith("pick-")]

    @property
    def refused(self) -> dict[str, str]:
        """The sentence for each row that was refused so far."""
        return {
            name.removeprefix("said-"): sentence
            for name, sentence in self.values.items()
            if name.startswith("said-")
        }

    def without(self, ids: Sequence[str], more: Mapping[str, str]) -> "Typed":
        """The form without the ticks of these rows, and with something besides."""
        gone = {f"pick-{each}" for each in ids} | {f"said-{each}" for each in ids}
        kept = {name: value for name, value in self.values.items() if name not in gone}
        return Typed(kept | dict(more))


def row_of(proposal_id: str, typed: Typed, directory: Directory) -> dict[str, Any]:
    """The dispatch that a row asks for: alone, lead and co-units, or split units.

    A lead outside the district is named as such; whoever joins then gives an opinion only.
    """
    leads = _names(typed.of("lead", proposal_id))
    co_units = _names(typed.of("co", proposal_id))
    outside = [unit for unit in leads if directory.is_outside(unit)]
    own = [unit for unit in leads if unit not in outside]
    role = Role.SPLIT if len(own) > 1 else Role.LEAD if co_units else Role.SOLE
    shares = [(unit, Role.CO if outside else role) for unit in own]
    shares += [(unit, Role.CO) for unit in co_units]
    due_on = typed.of("due", proposal_id)
    row: dict[str, Any] = {
        "proposal_id": proposal_id,
        "dispatched_on": typed.values.get("dispatched_on", ""),
        "assignments": [
            {"unit": unit, "role": each.value} | ({"due_on": due_on} if due_on else {})
            for unit, each in shares
        ],
    }
    return row | ({"lead_unit": "、".join(outside)} if outside else {})


def _names(typed: str) -> list[str]:
    return [name for name in BETWEEN_NAMES.split(typed) if name]
