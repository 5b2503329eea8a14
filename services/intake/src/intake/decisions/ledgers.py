"""The rules for what a ledger brings: rows, clues, and the import as a whole."""

from contracts.importing import ClueAdopted, LedgerImported, LedgerRowRecorded
from contracts.intake import CaseNumberAssigned, IntakeEvent, ProposalFiled, ProposalReceived
from contracts.marking import ProposalCategorised, ProposalMarkedKey
from contracts.vocabulary import CHINA
from intake.commands import AdoptClue, RecordLedgerImport, RecordLedgerRow
from intake.decisions.growing import what_was_blank
from intake.decisions.numbering import not_a_wrong_number
from intake.decisions.refusals import ClueDiffers, ClueInFuture, NotFromALedger
from intake.decisions.standing import not_now
from intake.state import (
    BeingWritten,
    ClueKept,
    Filed,
    KnownProposal,
    LedgerRead,
    State,
    known_proposal,
)


def record_ledger_row(command: RecordLedgerRow, state: State) -> list[IntakeEvent]:
    """A row brings its proposal in; later it may tell more of it, but nothing else."""
    if isinstance(state, BeingWritten):
        raise NotFromALedger(number=command.row.number)
    known = known_proposal(state)
    if known is None:
        return _brought_in(command)
    not_a_wrong_number(known.proposal, command.row.number)
    logged = known.proposal.told
    if logged is None:
        raise NotFromALedger(number=command.row.number)
    if (logged.row, logged.year) == (command.row, command.year):
        return []
    filled_in = what_was_blank(command, logged, known.proposal)
    return _told_more(command, known, filled_in)


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
    """The same ledger once more is news only if rows were written or continued this time."""
    imported = LedgerImported(
        year=command.year,
        ledger_name=command.ledger_name,
        ledger_sha256=command.ledger_sha256,
        written_rows=command.written_rows,
        unchanged_rows=command.unchanged_rows,
        continued_rows=command.continued_rows,
        skipped_rows=command.skipped_rows,
    )
    has_news = command.written_rows or command.continued_rows
    if isinstance(state, LedgerRead) and (not has_news or state.latest == imported):
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
        _recorded(command),
    ]


def _told_more(
    command: RecordLedgerRow, known: KnownProposal, filled_in: tuple[str, ...]
) -> list[IntakeEvent]:
    """What was blank is known now; a proposal that has ended is not gone on with."""
    if not isinstance(known, Filed):
        raise not_now(known, command.proposal_id)
    news: list[IntakeEvent] = []
    category = command.row.category if "category" in filled_in else None
    if category is not None and known.proposal.category is None:
        news.append(ProposalCategorised(proposal_id=command.proposal_id, category=category))
    if "key" in filled_in and not known.proposal.key:
        news.append(ProposalMarkedKey(proposal_id=command.proposal_id))
    return [*news, _recorded(command, filled_in)]


def _recorded(command: RecordLedgerRow, filled_in: tuple[str, ...] = ()) -> LedgerRowRecorded:
    return LedgerRowRecorded(
        proposal_id=command.proposal_id,
        year=command.year,
        row=command.row,
        ledger_name=command.ledger_name,
        ledger_sha256=command.ledger_sha256,
        sheet=command.sheet,
        sheet_row=command.sheet_row,
        filled_in=filled_in,
    )
