"""The calendar: let a State Council notice hold for a year."""

from typing import Annotated, ClassVar

from pydantic import Field

from assignment.commands.basis import SUPERVISORS
from contracts.assignment import CALENDAR_STREAM, Break
from contracts.command import Command, Day, Line, VersionNumber, Year
from contracts.vocabulary import ActorRole


class AdoptHolidayNotice(Command):
    """Let a notice of public holidays hold for a year (录入节假日安排)."""

    may: ClassVar[frozenset[ActorRole]] = SUPERVISORS

    year: Year
    source: Line
    holidays: Annotated[tuple[Break, ...], Field(max_length=40)]
    worked: Annotated[tuple[Day, ...], Field(max_length=40)] = ()
    version: VersionNumber

    @property
    def stream(self) -> str:
        return CALENDAR_STREAM
