"""What a ledger says once it is read: its rows and clues with their places, and its problems."""

from pydantic import BaseModel, ConfigDict

from contracts.ledger import LedgerClue, LedgerRow
from ledger.problems import Problem


class PlacedRow(BaseModel):
    """A proposal and where it stands in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    row: LedgerRow
    sheet: str
    sheet_row: int


class PlacedClue(BaseModel):
    """A clue and where it stands in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    clue: LedgerClue
    sheet: str
    sheet_row: int


class Ledger(BaseModel):
    """The rows without an error, and every problem; `total_rows` counts good and bad proposals."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    sha256: str
    rows: tuple[PlacedRow, ...] = ()
    clues: tuple[PlacedClue, ...] = ()
    problems: tuple[Problem, ...] = ()
    total_rows: int = 0
