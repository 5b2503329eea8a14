"""What assignment answers about the calendar: a year, a notice tried, and what it would move."""

from datetime import date

from console.endpoints.answers import Answered


class Break(Answered):
    """Days off, from the first to the last."""

    name: str
    first: date
    last: date


class CalendarYear(Answered):
    """One year of the calendar; a year that is not published has no source and no breaks."""

    year: int
    source: str = ""
    adopted: bool = False
    holidays: tuple[Break, ...] = ()
    worked: tuple[date, ...] = ()


class Move(Answered):
    """A deadline that a notice moves, or makes certain."""

    proposal_id: str
    number: str | None
    title: str = ""
    unit: str
    was_due_on: date
    due_on: date
    was_provisional: bool
    provisional: bool


class EarlyMove(Answered):
    """Limits for signing and for asking to be released that a notice moves; one of them may stay."""

    proposal_id: str
    number: str | None
    title: str = ""
    unit: str
    was_sign_by: date | None
    sign_by: date | None
    was_return_until: date | None
    return_until: date | None


class Foreseen(Answered):
    """What a notice would come to."""

    version: int
    moves: tuple[Move, ...]
    early_moves: tuple[EarlyMove, ...] = ()


class InForce(Answered):
    """The calendar in force."""

    version: int
    years: tuple[int, ...]


class Taken(Answered):
    """The position of the adoption in the log."""

    position: int
