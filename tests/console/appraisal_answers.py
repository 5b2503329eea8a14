"""The appraisal of the sample year at each stage, as evaluation would answer it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from types import MappingProxyType

from contracts.appraisal import (
    AppealOutcome,
    AppraisalStage,
    AppraisalStep,
    AppraisalView,
    ScoredItem,
)
from contracts.evaluation import AppraisalOpened, FactsFrozen
from evaluation.decisions.appraising.freezing import appraisal_view, frozen_sheet
from evaluation.state.appraisal import Appraisal, Settled, appraise
from tests.evaluation.building import RULEBOOK, figures_of, the_sample_year, two_clues

PLACE = ("longgang", 2024)
SCORE = figures_of(the_sample_year(), two_clues()).score
assert SCORE is not None
SHEET = frozen_sheet(SCORE, RULEBOOK)
OPENED = AppraisalOpened(year=2024, rulebook_id="shenzhen-2024", version=1, sha256="3f" * 32)
FROZEN = FactsFrozen(
    year=2024, position=412, root="a7" * 32, receipt="5c" * 32, projector="01" * 32, sheet=SHEET
)
CLAIMED = {
    each.id: ScoredItem(
        item=each.id,
        claimed=each.points + 2 if each.id == "adopted-clue" else each.points,
        computed=each.points,
        reason="另有一条线索被省里采用" if each.id == "adopted-clue" else "",
        evidence="附件2" if each.id == "adopted-clue" else "",
    )
    for each in SHEET.items
}
SETTLED = {
    each.id: Settled(Decimal(0), "采用证明未附", adjusted=True)
    if each.id == "adopted-clue"
    else Settled(each.points, "", adjusted=False)
    for each in SHEET.items
}
STEPS = (
    AppraisalStep(
        type=AppraisalOpened.type,
        position=412,
        at=datetime(2024, 11, 18, 1, 0, tzinfo=UTC),
        by="周主任",
        role="committee",
    ),
    AppraisalStep(
        type=FactsFrozen.type,
        position=413,
        at=datetime(2024, 11, 18, 1, 5, tzinfo=UTC),
        by="周主任",
        role="committee",
    ),
)


def _at(stage: AppraisalStage) -> Appraisal:
    if stage is AppraisalStage.NOT_OPENED:
        return Appraisal()
    begun = appraise(Appraisal(), OPENED)
    if stage is AppraisalStage.OPENED:
        return begun
    order = list(AppraisalStage)
    frozen = appraise(begun, FROZEN)
    is_claimed = order.index(stage) >= order.index(AppraisalStage.SELF_SCORED)
    is_published = order.index(stage) >= order.index(AppraisalStage.PUBLISHED)
    is_appealed = order.index(stage) >= order.index(AppraisalStage.APPEALED)
    is_decided = order.index(stage) > order.index(AppraisalStage.APPEALED)
    upheld = stage is AppraisalStage.REOPENED
    outcome = AppealOutcome.UPHELD if upheld else AppealOutcome.DISMISSED
    return Appraisal(
        stage=stage,
        rulebook_id=frozen.rulebook_id,
        version=frozen.version,
        sha256=frozen.sha256,
        position=frozen.position,
        root=frozen.root,
        receipt=frozen.receipt,
        sheet=frozen.sheet,
        claimed=CLAIMED if is_claimed else {},
        settled=SETTLED if is_published else {},
        score=Decimal(99) if is_published else None,
        appeal="采用证明已补交" if is_appealed else "",
        outcome=outcome if is_decided else None,
        decision="证明属实" if is_decided else "",
    )


VIEWS: Mapping[AppraisalStage, AppraisalView] = MappingProxyType(
    {
        stage: appraisal_view(
            PLACE, _at(stage), STEPS if stage is not AppraisalStage.NOT_OPENED else ()
        )
        for stage in AppraisalStage
    }
)
