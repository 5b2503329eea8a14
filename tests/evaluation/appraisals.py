"""Appraisals for tests: one at each stage, and a command of each kind that would do there."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import reduce
from typing import Literal

from contracts.appraisal import AppealOutcome, AppraisalStage, FrozenItem, FrozenSheet
from contracts.evaluation import EvaluationEvent
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
from evaluation.decisions.appraising.deciding import appraise
from evaluation.state import INITIAL, State, evolve
from tests.evaluation.building import NOW

RECEIPT, SHA256 = "ab" * 32, "cd" * 32
POINTS = {"base": "95", "late": "0", "many": "2", "clues": "1", "by-hand": "0"}


def an_item(
    item_id: str, kind: Literal["base", "deduction", "bonus"], *, pending: bool = False
) -> FrozenItem:
    return FrozenItem(
        id=item_id,
        kind=kind,
        label=f"项目{item_id}",
        label_en=f"Item {item_id}",
        rule="规则",
        rule_en="rule",
        count=1,
        points=Decimal(POINTS[item_id]),
        by_hand=pending,
        pending=pending,
    )


SHEET = FrozenSheet(
    items=(
        an_item("base", "base"),
        an_item("late", "deduction"),
        an_item("many", "bonus"),
        an_item("clues", "bonus"),
        an_item("by-hand", "bonus", pending=True),
    ),
    floor=Decimal(0),
    ceiling=Decimal(110),
)


def opened(sha256: str = SHA256, rulebook_id: str = "shenzhen-2024") -> OpenAppraisal:
    return OpenAppraisal(at=NOW, year=2024, rulebook_id=rulebook_id, version=1, sha256=sha256)


def frozen(sha256: str = SHA256) -> FreezeFacts:
    return FreezeFacts(
        at=NOW,
        year=2024,
        position=400,
        root="ef" * 32,
        receipt=RECEIPT,
        projector="01" * 32,
        sha256=sha256,
        sheet=SHEET,
    )


def self_scored(**changes: str | ClaimedItem | None) -> SelfScore:
    """Claim what was computed, but for the changes: other points with a reason, or None for nothing."""
    items: list[ClaimedItem] = []
    for item, points in POINTS.items():
        change = changes.get(item.replace("-", "_"), points)
        if isinstance(change, ClaimedItem):
            items.append(change)
        elif change is not None:
            reason = "" if change == points else "另有材料"
            items.append(ClaimedItem(item=item, claimed=Decimal(change), reason=reason))
    return SelfScore(at=NOW, year=2024, items=tuple(items))


def submitted() -> SubmitAppraisal:
    return SubmitAppraisal(at=NOW, year=2024)


def verified(item: str) -> VerifyItem:
    return VerifyItem(at=NOW, year=2024, item=item)


def adjusted(item: str, points: str, reason: str = "材料不足") -> AdjustItem:
    return AdjustItem(at=NOW, year=2024, item=item, points=Decimal(points), reason=reason)


def published() -> PublishAppraisal:
    return PublishAppraisal(at=NOW, year=2024)


def appealed(reason: str = "线索另有一条") -> AppealAppraisal:
    return AppealAppraisal(at=NOW, year=2024, reason=reason)


def decided(outcome: AppealOutcome, reason: str = "情况属实") -> DecideAppeal:
    return DecideAppeal(at=NOW, year=2024, outcome=outcome, reason=reason)


def after(*commands: AppraisalCommand, state: State = INITIAL) -> State:
    """The state after these commands, all of which have to be allowed."""
    for command in commands:
        state = reduce(evolve, appraise(command, state), state)
    return state


def events_of(command: AppraisalCommand, state: State) -> list[EvaluationEvent]:
    return appraise(command, state)


CLAIMS = self_scored(many="4", by_hand="3")
SETTLED = (
    *(verified(item) for item in ("base", "late", "clues", "by-hand")),
    adjusted("many", "3"),
)
TO_PUBLISHED = (opened(), frozen(), CLAIMS, submitted(), *SETTLED, published())

STAGES: Mapping[AppraisalStage, Callable[[], State]] = {
    AppraisalStage.NOT_OPENED: after,
    AppraisalStage.OPENED: lambda: after(opened()),
    AppraisalStage.FROZEN: lambda: after(opened(), frozen()),
    AppraisalStage.SELF_SCORED: lambda: after(opened(), frozen(), CLAIMS),
    AppraisalStage.SUBMITTED: lambda: after(*TO_PUBLISHED[:-1]),
    AppraisalStage.PUBLISHED: lambda: after(*TO_PUBLISHED),
    AppraisalStage.APPEALED: lambda: after(*TO_PUBLISHED, appealed()),
    AppraisalStage.REOPENED: lambda: after(
        *TO_PUBLISHED, appealed(), decided(AppealOutcome.UPHELD)
    ),
    AppraisalStage.CONCLUDED: lambda: after(
        *TO_PUBLISHED, appealed(), decided(AppealOutcome.DISMISSED)
    ),
}

# One command of each kind that changes something wherever its kind is allowed.
MOVES: tuple[AppraisalCommand, ...] = (
    opened(sha256="22" * 32, rulebook_id="baoji"),
    frozen(),
    self_scored(by_hand="1"),
    submitted(),
    verified("many"),
    adjusted("many", "2.5", "部分成立"),
    published(),
    appealed(),
    decided(AppealOutcome.DISMISSED),
)
