"""Events of intake that tell what a ledger brought."""

from datetime import date
from typing import ClassVar

from contracts.event import Event
from contracts.ledger import LedgerRow
from contracts.proposing import (
    ProposalEvent,
)

__all__ = ["ProposalEvent"]


class LedgerRowRecorded(ProposalEvent):
    """A ledger told what had already been done with this proposal before it came into the log.

    A later ledger may tell more: its row takes the place of the one before, and `filled_in` names
    the fields of the row that were blank until then, none in the first.
    """

    type: ClassVar[str] = "tian.intake.ledger_row_recorded.v1"

    year: int
    row: LedgerRow
    ledger_name: str
    ledger_sha256: str
    sheet: str
    sheet_row: int
    filled_in: tuple[str, ...] = ()


class ClueAdopted(Event):
    """A clue (提案线索) offered by the district was adopted by the committee."""

    type: ClassVar[str] = "tian.intake.clue_adopted.v1"
    dated_by: ClassVar[str | None] = "adopted_on"

    year: int
    number: str
    title: str
    unit: str
    adopted_on: date
    fabricated: bool = False

    @property
    def stream(self) -> str:
        return f"clue-{self.year}-{self.number}"


class LedgerImported(Event):
    """A ledger was brought into the log: rows written, left as they were, continued (more was known)."""

    type: ClassVar[str] = "tian.intake.ledger_imported.v1"

    year: int
    ledger_name: str
    ledger_sha256: str
    written_rows: int
    unchanged_rows: int
    skipped_rows: int
    continued_rows: int = 0

    @property
    def stream(self) -> str:
        return f"ledger-{self.year}-{self.ledger_sha256[:16]}"
