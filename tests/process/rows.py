"""Commands that bring a row of a ledger in, as an import gives them."""

from datetime import UTC, datetime

from contracts.ledger import LedgerRow
from intake.commands import RecordLedgerRow

NOW = datetime(2024, 12, 2, 1, tzinfo=UTC)


def recording(row: LedgerRow, ledger_name: str) -> RecordLedgerRow:
    return RecordLedgerRow(
        at=NOW,
        year=2024,
        row=row,
        ledger_name=ledger_name,
        ledger_sha256="0" * 64,
        sheet="办理情况",
        sheet_row=2,
    )
