"""How far the appraisal of a year has come, and what was claimed and settled in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from contracts.appraisal import AppealOutcome, AppraisalStage, FrozenSheet, ScoredItem
from contracts.evaluation import (
    AppealDecided,
    AppraisalAppealed,
    AppraisalOpened,
    AppraisalPublished,
    AppraisalSubmitted,
    FactsFrozen,
    ItemAdjusted,
    ItemVerified,
    SelfScored,
)

AnyAppraisalEvent: TypeAlias = (
    AppraisalOpened
    | FactsFrozen
    | SelfScored
    | AppraisalSubmitted
    | ItemVerified
    | ItemAdjusted
    | AppraisalPublished
    | AppraisalAppealed
    | AppealDecided
)

NO_SHEET = FrozenSheet(items=(), floor=Decimal(0), ceiling=Decimal(0))


@dataclass(frozen=True)
class Settled:
    """The points that an item was given, by acceptance or by adjustment."""

    points: Decimal
    reason: str
    adjusted: bool


@dataclass(frozen=True)
class Appraisal:
    """The appraisal of a year. There is no sheet before the facts are frozen."""

    stage: AppraisalStage = AppraisalStage.NOT_OPENED
    rulebook_id: str = ""
    version: int = 0
    sha256: str = ""
    position: int | None = None
    root: str = ""
    receipt: str = ""
    sheet: FrozenSheet = NO_SHEET
    claimed: Mapping[str, ScoredItem] = field(default_factory=dict)
    settled: Mapping[str, Settled] = field(default_factory=dict)
    score: Decimal | None = None
    appeal_until: date | None = None
    appeal_rule: str = ""
    appeal_provisional: bool = False
    appeal: str = ""
    outcome: AppealOutcome | None = None
    decision: str = ""

    @property
    def unsettled(self) -> list[str]:
        return [each.id for each in self.sheet.items if each.id not in self.settled]

    @property
    def claimed_total(self) -> Decimal:
        return self.sheet.total_of({each.item: each.claimed for each in self.claimed.values()})

    @property
    def settled_total(self) -> Decimal:
        return self.sheet.total_of({item: each.points for item, each in self.settled.items()})


def appraise(before: Appraisal, event: AnyAppraisalEvent) -> Appraisal:
    match event:
        case AppraisalOpened():
            return Appraisal(AppraisalStage.OPENED, event.rulebook_id, event.version, event.sha256)
        case FactsFrozen():
            return replace(
                before,
                stage=AppraisalStage.FROZEN,
                position=event.position,
                root=event.root,
                receipt=event.receipt,
                sheet=event.sheet,
            )
        case SelfScored():
            claimed = {each.item: each for each in event.items}
            return replace(before, stage=AppraisalStage.SELF_SCORED, claimed=claimed)
        case AppraisalSubmitted():
            return replace(before, stage=AppraisalStage.SUBMITTED)
        case ItemVerified() | ItemAdjusted():
            adjusted = isinstance(event, ItemAdjusted)
            settled = Settled(event.points, event.reason, adjusted=adjusted)
            return replace(before, settled={**before.settled, event.item: settled})
        case AppraisalPublished():
            return replace(
                before,
                stage=AppraisalStage.PUBLISHED,
                score=event.score,
                appeal_until=event.appeal_until,
                appeal_rule=event.appeal_rule,
                appeal_provisional=event.appeal_provisional,
            )
        case AppraisalAppealed():
            return replace(
                before,
                stage=AppraisalStage.APPEALED,
                appeal=event.reason,
                outcome=None,
                decision="",
            )
        case AppealDecided():
            upheld = event.outcome is AppealOutcome.UPHELD
            stage = AppraisalStage.REOPENED if upheld else AppraisalStage.CONCLUDED
            return replace(before, stage=stage, outcome=event.outcome, decision=event.reason)
