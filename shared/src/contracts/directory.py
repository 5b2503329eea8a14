"""The directory of a district: its name and the units a ledger may name, from a TOML file."""

import tomllib

from pydantic import BaseModel, ConfigDict


class Unit(BaseModel):
    """A unit (承办单位) by its full name, with the short forms that ledgers use.

    `district` is the code of the district that this unit stands for, where a city hands cases down
    to a district of the same installation.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    aliases: tuple[str, ...] = ()
    own: bool = True
    district: str | None = None


class District(BaseModel):
    """A district, its own units, and the units outside it that lead or join its cases.

    `takes_from` are the codes of the upper levels whose cases reach this district's log, and which
    hear of its answers; nothing crosses between logs without it. Where a district `reviews_twice`,
    nothing is decided on a proposal before its first review.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str
    name_en: str
    units: tuple[Unit, ...]
    takes_from: tuple[str, ...] = ()
    reviews_twice: bool = False

    def unit(self, written: str) -> Unit | None:
        """The unit that somebody wrote by its full name or one of its short forms."""
        return next(
            (unit for unit in self.units if written == unit.name or written in unit.aliases), None
        )


def unit_for(upper: District, lower: District) -> Unit | None:
    """What a city calls a district, where both agree that cases go from one to the other."""
    if upper.code not in lower.takes_from:
        return None
    return next((unit for unit in upper.units if unit.district == lower.code), None)


def read_district(text: str) -> District:
    """Read a directory file. Raises tomllib.TOMLDecodeError or pydantic.ValidationError."""
    return District.model_validate(tomllib.loads(text))
