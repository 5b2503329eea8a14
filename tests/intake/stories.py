"""A proposal in each state it can be in, and one of each command, for tests that go through all."""

from datetime import UTC, date, datetime
from typing import Any

from contracts.handing_down import HandedDown
from contracts.intake import (
    FirstReviewPassed,
    IntakeEvent,
    ProposalConverted,
    ProposalFiled,
    ProposalMerged,
    ProposalReceived,
    ProposalRefused,
    ProposalReturned,
    ProposalTransferred,
    ProposalWithdrawn,
)
from contracts.ledger import LedgerRow
from contracts.marking import ProposalMarkedKey
from contracts.proposing import (
    AttachmentAdded,
    CosigningOpened,
    DraftDiscarded,
    DraftSaved,
    ProposalCosigned,
)
from contracts.vocabulary import (
    Conversion,
    Level,
    ProposalCategory,
    ProposalForm,
    RefusalReason,
    Role,
)
from intake import commands
from intake.commands import IntakeCommand
from intake.state import (
    Converted,
    CosignOpen,
    Discarded,
    Drafted,
    Filed,
    FirstReviewed,
    Merged,
    NotFiled,
    Nothing,
    Received,
    Returned,
    State,
    Transferred,
    Withdrawn,
)

AT = datetime(2024, 2, 20, 9, tzinfo=UTC)
CLOSES_ON = date(2024, 2, 28)
TITLE = "关于整治老旧小区飞线充电的建议"
BODY = "一、情况……二、建议……"
HASH, OTHER_HASH = "a" * 64, "b" * 64
PDF = "application/pdf"
P: dict[str, Any] = {"proposal_id": "p-1"}
NOW: dict[str, Any] = P | {"at": AT}

saved = DraftSaved(
    **P, year=2024, title=TITLE, form=ProposalForm.INDIVIDUAL, proposers=("陈一",), body=BODY
)
attached = AttachmentAdded(**P, sha256=HASH, file_name="照片.pdf", media_type=PDF, size_bytes=1_000)
opened = CosigningOpened(**P, invited=("林二", "王三"), closes_on=CLOSES_ON)
signed = ProposalCosigned(**P, name="林二")
received = ProposalReceived(
    **P, year=2024, title=TITLE, form=ProposalForm.JOINT, proposers=("陈一", "林二"), body=BODY
)
passed = FirstReviewPassed(**P, note="建议立案")
returned = ProposalReturned(**P, reason="请补充具体建议")
filed = ProposalFiled(**P, year=2024, number="20240201", title=TITLE)
refused = ProposalRefused(**P, reason=RefusalReason.ACADEMIC, notice="已转区科技创新局参考。")
merged = ProposalMerged(**P, into_proposal_id="p-2", proposers=("陈一", "林二"))
converted = ProposalConverted(
    **P, into=Conversion.PUBLIC_OPINION, passed_to="区委统战部", notice="已转社情民意。"
)
transferred = ProposalTransferred(
    **P, level=Level.UPPER, receiver="市政协提案委", transfer_reason="属市级事权"
)
withdrawn = ProposalWithdrawn(**P, reason="已另行解决")

HISTORIES: dict[type[State], tuple[IntakeEvent, ...]] = {
    Nothing: (),
    Drafted: (saved, attached),
    CosignOpen: (saved, opened, signed),
    Discarded: (saved, DraftDiscarded(**P)),
    Received: (received,),
    FirstReviewed: (received, passed),
    Returned: (received, attached, returned),
    Filed: (received, ProposalMarkedKey(**P), filed),
    NotFiled: (received, refused),
    Merged: (received, merged),
    Converted: (received, converted),
    Transferred: (received, transferred),
    Withdrawn: (received, withdrawn),
}

ROW = LedgerRow(
    number="20240299",
    title=TITLE,
    form=ProposalForm.JOINT,
    proposers=("陈一",),
    role=Role.CO,
    own_units=("区教育局",),
    dispatched_on=date(2024, 3, 1),
)

ABOVE = HandedDown(
    upper_name="深圳市",
    number="20240299",
    unit="龙岗区人民政府",
    role=Role.CO,
    lead_unit="市教育局",
    dispatched_on=date(2024, 3, 1),
    due_on=date(2024, 5, 31),
)

SAMPLES: tuple[IntakeCommand, ...] = (
    commands.SaveDraft(
        **NOW, year=2024, title="另一个案由", form=ProposalForm.INDIVIDUAL, proposers=("陈一",)
    ),
    commands.DiscardDraft(**NOW),
    commands.OpenCosigning(**NOW, invited=("赵四",), closes_on=CLOSES_ON),
    commands.CosignProposal(**NOW, name="王三"),
    commands.DeclineCosigning(**NOW, name="王三"),
    commands.SubmitProposal(**NOW),
    commands.AddAttachment(
        **NOW, sha256=OTHER_HASH, file_name="图.PDF", media_type=PDF, size_bytes=2_000
    ),
    commands.RemoveAttachment(**NOW, sha256=HASH),
    commands.StatePublicationConsent(**NOW, consents=False, consent_reason="涉及个人情况"),
    commands.ReceiveProposal(
        **NOW, year=2024, title="另一个案由", form=ProposalForm.INDIVIDUAL, proposers=("陈一",)
    ),
    commands.PassFirstReview(**NOW, note="同意"),
    commands.ReturnProposal(**NOW, reason="请写明地点"),
    commands.ResubmitProposal(**NOW, title=TITLE, body="补充后的正文"),
    commands.FileProposal(**NOW, number="20240202"),
    commands.CorrectCaseNumber(**NOW, number="20240210", reason="末两位写颠倒"),
    commands.RefuseProposal(**NOW, reason=RefusalReason.PERSONAL, notice="请向信访部门反映。"),
    commands.MergeProposal(**NOW, into_proposal_id="p-3"),
    commands.TakeIn(**NOW, merged_proposal_id="p-9", proposers=("孙五",)),
    commands.UndoMerge(**NOW, into_proposal_id="p-2"),
    commands.ConvertProposal(
        **NOW, into=Conversion.SUGGESTION, passed_to="区城管局", notice="已转意见建议。"
    ),
    commands.TransferProposal(
        **NOW, level=Level.LOWER, receiver="街道政协工委", transfer_reason="属街道事权"
    ),
    commands.WithdrawProposal(**NOW, reason="不再需要"),
    commands.CategoriseProposal(**NOW, category=ProposalCategory.SOCIAL),
    commands.MarkProposalKey(**NOW),
    commands.UnmarkProposalKey(**NOW, unmark_reason="名额调整"),
    commands.MarkProposalExcellent(**NOW),
    commands.UnmarkProposalExcellent(**NOW, unmark_reason="评选更正"),
    commands.RecordLedgerRow(
        at=AT,
        year=2024,
        row=ROW,
        ledger_name="台账.xlsx",
        ledger_sha256=HASH,
        sheet="提案",
        sheet_row=2,
    ),
    commands.ReceiveFromAbove(
        **NOW,
        year=2024,
        title="市里交办的案由",
        form=ProposalForm.INDIVIDUAL,
        proposers=("陈一",),
        handed_down=ABOVE,
    ),
    commands.RevokeHandDown(**NOW, reason="上级收回：提案人撤案", revoked_on=date(2024, 4, 1)),
)
BY_NAME = {type(command).__name__: command for command in SAMPLES}
