"""What each move of an appraisal leads to, and what it needs."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from contracts.appraisal import AppraisalStage, ScoredItem
from contracts.evaluation import (
    AppraisalOpened,
    AppraisalSubmitted,
    EvaluationEvent,
    FactsFrozen,
    ItemAdjusted,
    ItemVerified,
    SelfScored,
)
from evaluation.commands import (
    AdjustItem,
    AppealAppraisal,
    AppraisalCommand,
    ClaimedItem,
    DecideAppeal,
    FreezeFacts,
    OpenAppraisal,
    PublishAppraisal,
    SelfScore,
    SubmitAppraisal,
    VerifyItem,
)
from evaluation.decisions.appraising.appealing import appeal, decide_appeal, publish
from evaluation.decisions.appraising.moves import MOVES, NAMES, STAGES_IN_ENGLISH, next_moves
from evaluation.decisions.appraising.refusals import (
    ClaimedTwice,
    DiffersFromComputed,
    GroundsMissing,
    ItemsMissing,
    NothingToAdjust,
    NotNow,
    ReasonMissing,
    RulebookChanged,
    UnknownItem,
)
from evaluation.decisions.numbers import printed
from evaluation.state import State
from evaluation.state.appraisal import Appraisal


def appraise(command: AppraisalCommand, state: State) -> list[EvaluationEvent]:
    """Decide a move. Raises NotNow, or what the move itself lacks."""
    appraisal = state if isinstance(state, Appraisal) else Appraisal()
    if appraisal.stage not in MOVES[type(command)]:
        raise _not_now(command, appraisal)
    return _DECIDERS[type(command)](command, appraisal)


def _not_now(command: AppraisalCommand, appraisal: Appraisal) -> NotNow:
    stage, name = appraisal.stage, NAMES[type(command)]
    right = [NAMES[move] for move in next_moves(stage)]
    needed = [each for each in AppraisalStage if each in MOVES[type(command)]]
    return NotNow(
        year=command.year,
        move=name.chinese,
        move_en=name.english,
        stage=stage.chinese,
        stage_en=STAGES_IN_ENGLISH[stage],
        needed="”或“".join(each.chinese for each in needed),
        needed_en=" or ".join(STAGES_IN_ENGLISH[each] for each in needed),
        right="、".join(each.chinese for each in right) or "没有，考评已经结束",
        right_en=", ".join(each.english for each in right) or "nothing, the appraisal is over",
    )


def _open(command: OpenAppraisal, appraisal: Appraisal) -> list[EvaluationEvent]:
    if appraisal.sha256 == command.sha256:
        return []
    return [
        AppraisalOpened(
            year=command.year,
            rulebook_id=command.rulebook_id,
            version=command.version,
            sha256=command.sha256,
        )
    ]


def _freeze(command: FreezeFacts, appraisal: Appraisal) -> list[EvaluationEvent]:
    if command.sha256 != appraisal.sha256:
        raise RulebookChanged(rulebook_id=appraisal.rulebook_id, version=appraisal.version)
    return [
        FactsFrozen(
            year=command.year,
            position=command.position,
            root=command.root,
            receipt=command.receipt,
            projector=command.projector,
            sheet=command.sheet,
        )
    ]


def _self_score(command: SelfScore, appraisal: Appraisal) -> list[EvaluationEvent]:
    sheet = appraisal.sheet
    named = [each.item for each in command.items]
    if twice := sorted({item for item in named if named.count(item) > 1}):
        raise ClaimedTwice(items="、".join(twice), items_en=", ".join(twice))
    if missing := [each for each in sheet.items if each.id not in named]:
        raise ItemsMissing(
            items="、".join(f"{each.label}（{each.id}）" for each in missing),
            items_en=", ".join(f"{each.label_en} ({each.id})" for each in missing),
        )
    scored = tuple(_scored(each, appraisal) for each in command.items)
    if {each.item: each for each in scored} == appraisal.claimed:
        return []
    claimed_total = sheet.total_of({each.item: each.claimed for each in scored})
    return [
        SelfScored(
            year=command.year,
            items=scored,
            claimed_total=claimed_total,
            computed_total=sheet.total,
        )
    ]


def _scored(claimed: ClaimedItem, appraisal: Appraisal) -> ScoredItem:
    item = appraisal.sheet.item(claimed.item)
    if item is None:
        raise _unknown(claimed.item, appraisal)
    if claimed.claimed != item.points and not (claimed.reason or claimed.evidence):
        raise GroundsMissing(
            item=item.label,
            item_en=item.label_en,
            claimed=printed(claimed.claimed),
            computed=printed(item.points),
        )
    return ScoredItem(
        item=item.id,
        claimed=claimed.claimed,
        computed=item.points,
        reason=claimed.reason,
        evidence=claimed.evidence,
    )


def _submit(command: SubmitAppraisal, appraisal: Appraisal) -> list[EvaluationEvent]:
    return [
        AppraisalSubmitted(
            year=command.year,
            claimed_total=appraisal.claimed_total,
            computed_total=appraisal.sheet.total,
        )
    ]


def _verify(command: VerifyItem, appraisal: Appraisal) -> list[EvaluationEvent]:
    scored = _claim_of(command.item, appraisal)
    item = appraisal.sheet.item(command.item)
    is_by_hand = item is not None and item.pending
    if scored.claimed != scored.computed and not is_by_hand:
        raise DiffersFromComputed(
            item=item.label if item else command.item,
            item_en=item.label_en if item else command.item,
            claimed=printed(scored.claimed),
            computed=printed(scored.computed),
        )
    settled = appraisal.settled.get(command.item)
    if settled and (settled.points, settled.adjusted) == (scored.claimed, False):
        return []
    return [
        ItemVerified(
            year=command.year,
            item=command.item,
            points=scored.claimed,
            claimed=scored.claimed,
            computed=scored.computed,
            reason=command.reason,
        )
    ]


def _adjust(command: AdjustItem, appraisal: Appraisal) -> list[EvaluationEvent]:
    scored = _claim_of(command.item, appraisal)
    if not command.reason:
        raise ReasonMissing
    if command.points == scored.claimed == scored.computed:
        raise NothingToAdjust(points=printed(command.points))
    settled = appraisal.settled.get(command.item)
    if settled and (settled.points, settled.reason) == (command.points, command.reason):
        return []
    return [
        ItemAdjusted(
            year=command.year,
            item=command.item,
            points=command.points,
            claimed=scored.claimed,
            computed=scored.computed,
            reason=command.reason,
        )
    ]


def _claim_of(item_id: str, appraisal: Appraisal) -> ScoredItem:
    if item_id not in appraisal.claimed:
        raise _unknown(item_id, appraisal)
    return appraisal.claimed[item_id]


def _unknown(item_id: str, appraisal: Appraisal) -> UnknownItem:
    known = ", ".join(each.id for each in appraisal.sheet.items)
    return UnknownItem(item=item_id, known=known)


_DECIDERS: Mapping[type[AppraisalCommand], Callable[[Any, Appraisal], list[EvaluationEvent]]] = (
    MappingProxyType(
        {
            OpenAppraisal: _open,
            FreezeFacts: _freeze,
            SelfScore: _self_score,
            SubmitAppraisal: _submit,
            VerifyItem: _verify,
            AdjustItem: _adjust,
            PublishAppraisal: publish,
            AppealAppraisal: appeal,
            DecideAppeal: decide_appeal,
        }
    )
)
