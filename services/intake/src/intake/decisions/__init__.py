"""The rules of intake: what each command comes to, given what is known of its stream."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from contracts.intake import IntakeEvent
from intake import commands
from intake.commands import IntakeCommand
from intake.decisions import (
    attaching,
    drafting,
    ledgers,
    levels,
    marking,
    numbering,
    proposals,
    reviewing,
)
from intake.state import State

Rule = Callable[[Any, State], list[IntakeEvent]]

RULES: Mapping[type[IntakeCommand], Rule] = MappingProxyType(
    {
        commands.SaveDraft: drafting.save_draft,
        commands.DiscardDraft: drafting.discard_draft,
        commands.OpenCosigning: drafting.open_cosigning,
        commands.CosignProposal: drafting.cosign,
        commands.DeclineCosigning: drafting.decline_cosigning,
        commands.SubmitProposal: drafting.submit,
        commands.AddAttachment: attaching.add_attachment,
        commands.RemoveAttachment: attaching.remove_attachment,
        commands.StatePublicationConsent: attaching.state_consent,
        commands.ReceiveProposal: proposals.receive,
        commands.PassFirstReview: reviewing.pass_first_review,
        commands.ReturnProposal: reviewing.return_proposal,
        commands.ResubmitProposal: reviewing.resubmit,
        commands.FileProposal: proposals.file_proposal,
        commands.CorrectCaseNumber: numbering.correct_case_number,
        commands.RefuseProposal: proposals.refuse,
        commands.MergeProposal: proposals.merge,
        commands.TakeIn: marking.take_in,
        commands.UndoMerge: marking.undo_merge,
        commands.ConvertProposal: reviewing.convert,
        commands.TransferProposal: reviewing.transfer,
        commands.WithdrawProposal: proposals.withdraw,
        commands.CategoriseProposal: marking.categorise,
        commands.MarkProposalKey: marking.mark_key,
        commands.UnmarkProposalKey: marking.unmark_key,
        commands.MarkProposalExcellent: marking.mark_excellent,
        commands.UnmarkProposalExcellent: marking.unmark_excellent,
        commands.RecordLedgerRow: ledgers.record_ledger_row,
        commands.AdoptClue: ledgers.adopt_clue,
        commands.RecordLedgerImport: ledgers.record_ledger_import,
        commands.ReceiveFromAbove: levels.receive_from_above,
        commands.RevokeHandDown: levels.revoke_hand_down,
    }
)


def decide(command: IntakeCommand, state: State) -> list[IntakeEvent]:
    """What the command comes to. Raises Refused; a repeated command comes to nothing."""
    return RULES[type(command)](command, state)
