"""Which move of an appraisal is allowed at which stage, and what moves and stages are called."""

from collections.abc import Mapping
from types import MappingProxyType

from contracts.appraisal import AppraisalStage
from evaluation.commands import (
    AdjustItem,
    AppealAppraisal,
    AppraisalCommand,
    DecideAppeal,
    FreezeFacts,
    OpenAppraisal,
    PublishAppraisal,
    SelfScore,
    SubmitAppraisal,
    VerifyItem,
)
from evaluation.decisions.wording import Said

MOVES: Mapping[type[AppraisalCommand], frozenset[AppraisalStage]] = MappingProxyType(
    {
        OpenAppraisal: frozenset({AppraisalStage.NOT_OPENED, AppraisalStage.OPENED}),
        FreezeFacts: frozenset({AppraisalStage.OPENED}),
        SelfScore: frozenset({AppraisalStage.FROZEN, AppraisalStage.SELF_SCORED}),
        SubmitAppraisal: frozenset({AppraisalStage.SELF_SCORED}),
        VerifyItem: frozenset({AppraisalStage.SUBMITTED, AppraisalStage.REOPENED}),
        AdjustItem: frozenset({AppraisalStage.SUBMITTED, AppraisalStage.REOPENED}),
        PublishAppraisal: frozenset({AppraisalStage.SUBMITTED, AppraisalStage.REOPENED}),
        AppealAppraisal: frozenset({AppraisalStage.PUBLISHED}),
        DecideAppeal: frozenset({AppraisalStage.APPEALED}),
    }
)

NAMES: Mapping[type[AppraisalCommand], Said] = MappingProxyType(
    {
        OpenAppraisal: Said("开启考评", "open the appraisal"),
        FreezeFacts: Said("封存数据", "freeze the facts"),
        SelfScore: Said("自评", "self-score"),
        SubmitAppraisal: Said("提交自评", "submit the self-score"),
        VerifyItem: Said("核定", "verify an item"),
        AdjustItem: Said("调整", "adjust an item"),
        PublishAppraisal: Said("公布", "publish the score"),
        AppealAppraisal: Said("申诉", "appeal"),
        DecideAppeal: Said("裁定申诉", "decide the appeal"),
    }
)

STAGES_IN_ENGLISH: Mapping[AppraisalStage, str] = MappingProxyType(
    {
        AppraisalStage.NOT_OPENED: "not opened yet",
        AppraisalStage.OPENED: "open",
        AppraisalStage.FROZEN: "frozen",
        AppraisalStage.SELF_SCORED: "self-scored",
        AppraisalStage.SUBMITTED: "submitted, being verified",
        AppraisalStage.PUBLISHED: "published",
        AppraisalStage.APPEALED: "under appeal",
        AppraisalStage.REOPENED: "reopened after an appeal",
        AppraisalStage.CONCLUDED: "concluded",
    }
)


def next_moves(stage: AppraisalStage) -> tuple[type[AppraisalCommand], ...]:
    """What may be done at a stage, in the order of the process."""
    return tuple(move for move, stages in MOVES.items() if stage in stages)
