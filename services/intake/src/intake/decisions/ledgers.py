"""The rules for what a ledger brings: rows, clues, and the import as a whole."""

from contracts.intake import (
    CaseNumberAssigned,
    ClueAdopted,
    IntakeEvent,
    LedgerImported,
    LedgerRowRecorded,
    ProposalFiled,
    ProposalMarkedKey,
    ProposalReceived,
)
from contracts.vocabulary import CHINA
from intake.commands import AdoptClue, RecordLedgerImport, RecordLedgerRow
from intake.decisions.differences import in_chinese, in_english
from intake.decisions.refusals import ClueDiffers, ClueInFuture, LedgerRowDiffers, NotFromALedger
from intake.state import BeingWritten, ClueKept, LedgerRead, State, known_proposal


def record_ledger_row(command: RecordLedgerRow, state: State) -> list[IntakeEvent]:
    if isinstance(state, BeingWritten):
        raise NotFromALedger(number=command.row.number)
    known = known_proposal(state)
    if known is None:
        return _brought_in(command)
    logged = known.proposal.told
    if logged is None:
        raise NotFromALedger(number=command.row.number)
    if (logged.row, logged.year) == (command.row, command.year):
        return []
    years = (logged.year, command.year)
    raise LedgerRowDiffers(
        number=command.row.number,
        differences=in_chinese(logged.row, command.row, years),
        differences_in_english=in_english(logged.row, command.row, years),
    )


def adopt_clue(command: AdoptClue, state: State) -> list[IntakeEvent]:
    adopted = ClueAdopted(
        year=command.year,
        number=command.number,
        title=command.title,
        unit=command.unit,
        adopted_on=command.adopted_on,
        fabricated=command.fabricated,
    )
    if not isinstance(state, ClueKept):
        today = command.at.astimezone(CHINA).date()
        if command.adopted_on > today:
            raise ClueInFuture(adopted_on=command.adopted_on, today=today)
        return [adopted]
    if state.clue == adopted:
        return []
    raise ClueDiffers(**state.clue.model_dump(exclude={"fabricated"}))


def record_ledger_import(command: RecordLedgerImport, state: State) -> list[IntakeEvent]:
    """The same ledger once more is news only if rows were written this time."""
    imported = LedgerImported(
        year=command.year,
        ledger_name=command.ledger_name,
        ledger_sha256=command.ledger_sha256,
        written_rows=command.written_rows,
        unchanged_rows=command.unchanged_rows,
        skipped_rows=command.skipped_rows,
    )
    if isinstance(state, LedgerRead) and (not command.written_rows or state.latest == imported):
        return []
    return [imported]


def _brought_in(command: RecordLedgerRow) -> list[IntakeEvent]:
    row, proposal_id = command.row, command.proposal_id
    key = [ProposalMarkedKey(proposal_id=proposal_id)] if row.key else []
    return [
        ProposalReceived(
            proposal_id=proposal_id,
            year=command.year,
            title=row.title,
            form=row.form,
            proposers=row.proposers,
            fabricated=row.fabricated,
            category=row.category,
        ),
        ProposalFiled(
            proposal_id=proposal_id,
            year=command.year,
            number=row.number,
            title=row.title,
            category=row.category,
        ),
        CaseNumberAssigned(year=command.year, number=row.number, proposal_id=proposal_id),
        *key,
        LedgerRowRecorded(
            proposal_id=proposal_id,
            year=command.year,
            row=row,
            ledger_name=command.ledger_name,
            ledger_sha256=command.ledger_sha256,
            sheet=command.sheet,
            sheet_row=command.sheet_row,
        ),
    ]
