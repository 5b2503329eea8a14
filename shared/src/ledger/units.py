"""Units as ledgers write them, resolved through the district's directory."""

import re
from typing import Final

from rapidfuzz import fuzz, process

from contracts.directory import District, Unit
from ledger.cells import Cell, lines, plain
from ledger.problems import Finding, Misread, Severity

UNIT_UNKNOWN: Final = Finding(
    "unit_unknown",
    Severity.ERROR,
    "“{written}”不在单位名录中。请写名录中的全称或简称",
    "“{written}” is not in the directory of units; write a name or short form that is",
)
UNIT_UNKNOWN_BUT_NEAR: Final = Finding(
    "unit_unknown",
    Severity.ERROR,
    "“{written}”不在单位名录中，是不是“{nearest}”？",
    "“{written}” is not in the directory of units; is it “{nearest}”?",
)

_SEPARATORS: Final = re.compile(r"[、，,；;\n]")
_NEAR_ENOUGH: Final = 60


def written_units(cell: Cell) -> list[str]:
    """The names in a cell, parted by 、 commas, semicolons or line breaks."""
    return [name for part in _SEPARATORS.split(lines(cell)) if (name := plain(part))]


class UnitNames:
    """Every wording of the directory's units; what was looked up once is remembered."""

    def __init__(self, district: District) -> None:
        self.district = district
        self._names = {
            plain(wording).replace(" ", ""): unit
            for unit in district.units
            for wording in (unit.name, *unit.aliases)
        }
        self._nearest: dict[str, Unit | None] = {}

    def resolve(self, written: str) -> Unit:
        bare = written.replace(" ", "")
        unit = self.district.unit(written) or self._names.get(bare)
        if unit:
            return unit
        nearest = self._near(bare)
        if nearest:
            raise Misread(UNIT_UNKNOWN_BUT_NEAR, written=written, nearest=nearest.name)
        raise Misread(UNIT_UNKNOWN, written=written)

    def _near(self, written: str) -> Unit | None:
        if written not in self._nearest:
            found = process.extractOne(
                written, self._names.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH
            )
            self._nearest[written] = self._names[found[0]] if found else None
        return self._nearest[written]
