"""What a clerk brings in from outside: rows of a ledger, clues, and the ledger itself."""

from typing import ClassVar

from contracts.command import (
    Command,
    Day,
    Flag,
    Id,
    Line,
    Year,
)
from contracts.ledger import LedgerRow, proposal_id_of
from contracts.vocabulary import (
    ActorRole,
)
from intake.commands.basis import Count, Sha256


class RecordLedgerRow(Command):
    """Bring a proposal into the log as a row of a ledger tells it.

    Its id follows from year and case number, unless the number was corrected: then it is `held_by`
    the proposal that the door found.
    """

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SUPERVISION})

    year: Year
    row: LedgerRow
    ledger_name: Line
    ledger_sha256: Sha256
    sheet: Line
    sheet_row: Count
    held_by: Id | None = None

    @property
    def proposal_id(self) -> str:
        return self.held_by or proposal_id_of(self.year, self.row.number)

    @property
    def stream(self) -> str:
        return f"proposal-{self.proposal_id}"


class AdoptClue(Command):
    """Record that the committee adopted a clue (提案线索) of the district."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SUPERVISION})

    year: Year
    number: Id
    title: Line
    unit: Line
    adopted_on: Day
    fabricated: Flag = False

    @property
    def stream(self) -> str:
        return f"clue-{self.year}-{self.number}"


class RecordLedgerImport(Command):
    """Record that a whole ledger has been read, and what came of its rows."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SUPERVISION})

    year: Year
    ledger_name: Line
    ledger_sha256: Sha256
    written_rows: Count
    unchanged_rows: Count
    continued_rows: Count = 0
    skipped_rows: Count

    @property
    def stream(self) -> str:
        return f"ledger-{self.year}-{self.ledger_sha256[:16]}"
