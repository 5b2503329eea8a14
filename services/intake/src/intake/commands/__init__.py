"""What can be asked of intake: receive, review, file, refuse, merge, withdraw, and bring in ledgers."""

from intake.commands.basis import (
    MOST_BYTES_OF_AN_ATTACHMENT,
    PROPOSERS,
    REVIEWERS,
    ProposalCommand,
    Sha256,
)
from intake.commands.drafting import (
    AddAttachment,
    CosignProposal,
    DeclineCosigning,
    DiscardDraft,
    HandingIn,
    OpenCosigning,
    ReceiveProposal,
    RemoveAttachment,
    SaveDraft,
    StatePublicationConsent,
    SubmitProposal,
)
from intake.commands.ledgers import (
    AdoptClue,
    RecordLedgerImport,
    RecordLedgerRow,
)
from intake.commands.levels import ReceiveFromAbove, RevokeHandDown
from intake.commands.reviewing import (
    CategoriseProposal,
    ConvertProposal,
    CorrectCaseNumber,
    FileProposal,
    MarkProposalExcellent,
    MarkProposalKey,
    MergeProposal,
    PassFirstReview,
    RefuseProposal,
    ResubmitProposal,
    ReturnProposal,
    TakeIn,
    TransferProposal,
    UndoMerge,
    UnmarkProposalExcellent,
    UnmarkProposalKey,
    WithdrawProposal,
)

IntakeCommand = (
    SaveDraft
    | DiscardDraft
    | OpenCosigning
    | CosignProposal
    | DeclineCosigning
    | SubmitProposal
    | AddAttachment
    | RemoveAttachment
    | StatePublicationConsent
    | ReceiveProposal
    | PassFirstReview
    | ReturnProposal
    | ResubmitProposal
    | FileProposal
    | CorrectCaseNumber
    | RefuseProposal
    | MergeProposal
    | TakeIn
    | UndoMerge
    | ConvertProposal
    | TransferProposal
    | WithdrawProposal
    | CategoriseProposal
    | MarkProposalKey
    | UnmarkProposalKey
    | MarkProposalExcellent
    | UnmarkProposalExcellent
    | RecordLedgerRow
    | AdoptClue
    | RecordLedgerImport
    | ReceiveFromAbove
    | RevokeHandDown
)

__all__ = [
    "MOST_BYTES_OF_AN_ATTACHMENT",
    "PROPOSERS",
    "REVIEWERS",
    "AddAttachment",
    "AdoptClue",
    "CategoriseProposal",
    "ConvertProposal",
    "CorrectCaseNumber",
    "CosignProposal",
    "DeclineCosigning",
    "DiscardDraft",
    "FileProposal",
    "HandingIn",
    "IntakeCommand",
    "MarkProposalExcellent",
    "MarkProposalKey",
    "MergeProposal",
    "OpenCosigning",
    "PassFirstReview",
    "ProposalCommand",
    "ReceiveFromAbove",
    "ReceiveProposal",
    "RecordLedgerImport",
    "RecordLedgerRow",
    "RefuseProposal",
    "RemoveAttachment",
    "ResubmitProposal",
    "ReturnProposal",
    "RevokeHandDown",
    "SaveDraft",
    "Sha256",
    "StatePublicationConsent",
    "SubmitProposal",
    "TakeIn",
    "TransferProposal",
    "UndoMerge",
    "UnmarkProposalExcellent",
    "UnmarkProposalKey",
    "WithdrawProposal",
]
