"""The score sheet as it is frozen, and what an appraisal shows: computed, claimed, settled."""

from collections.abc import Sequence
from decimal import Decimal

from contracts.appraisal import (
    AppraisalItem,
    AppraisalStage,
    AppraisalStep,
    AppraisalView,
    FrozenGroup,
    FrozenItem,
    FrozenSheet,
)
from contracts.figures import ScoreSheet
from contracts.rulebook import Rulebook
from evaluation.commands import AppraisalCommand
from evaluation.decisions.appraising.moves import next_moves
from evaluation.state.appraisal import Appraisal


def frozen_sheet(score: ScoreSheet, rulebook: Rulebook) -> FrozenSheet:
    """The sheet with the limits of its rulebook; its total is that of the sheet."""
    rules = rulebook.score
    return FrozenSheet(
        items=tuple(
            FrozenItem(
                id=each.id,
                kind=each.kind,
                label=each.label,
                label_en=each.label_en,
                rule=each.rule,
                rule_en=each.rule_en,
                count=each.count,
                points=each.points,
                group=each.group,
                by_hand=each.by_hand,
                pending=each.pending,
            )
            for each in score.items
        ),
        floor=rules.base.floor,
        ceiling=rules.ceiling,
        bonuses_at_most=rules.bonuses_at_most,
        groups=tuple(
            FrozenGroup(
                id=each.id,
                deductions_at_most=each.deductions_at_most,
                bonuses_at_most=each.bonuses_at_most,
            )
            for each in rules.groups
        ),
    )


def appraisal_view(
    place: tuple[str, int], appraisal: Appraisal, steps: Sequence[AppraisalStep]
) -> AppraisalView:
    """The appraisal of a district's year as people see it."""
    district, year = place
    is_frozen = appraisal.position is not None
    return AppraisalView(
        district=district,
        year=year,
        stage=appraisal.stage,
        rulebook_id=appraisal.rulebook_id,
        rulebook_version=appraisal.version,
        rulebook_sha256=appraisal.sha256,
        position=appraisal.position,
        root=appraisal.root,
        receipt=appraisal.receipt,
        items=tuple(_shown(each, appraisal) for each in appraisal.sheet.items),
        computed_total=appraisal.sheet.total if is_frozen else None,
        claimed_total=appraisal.claimed_total if appraisal.claimed else None,
        settled_total=_settled_total(appraisal),
        score=appraisal.score,
        appeal_until=appraisal.appeal_until,
        appeal_provisional=appraisal.appeal_provisional,
        appeal=appraisal.appeal,
        outcome=appraisal.outcome,
        decision=appraisal.decision,
        steps=tuple(steps),
        next={name_of(move): _who(move) for move in next_moves(appraisal.stage)},
    )


def name_of(move: type[AppraisalCommand]) -> str:
    """What a command is called in an address: "freeze-facts"."""
    letters = (f"-{each.lower()}" if each.isupper() else each for each in move.__name__)
    return "".join(letters).removeprefix("-")


def _who(move: type[AppraisalCommand]) -> tuple[str, ...]:
    return tuple(sorted(role.value for role in move.may))


def _settled_total(appraisal: Appraisal) -> Decimal | None:
    """The total that would be published; None while an item is not settled."""
    is_early = appraisal.stage in {AppraisalStage.NOT_OPENED, AppraisalStage.OPENED}
    return None if is_early or appraisal.unsettled else appraisal.settled_total


def _shown(item: FrozenItem, appraisal: Appraisal) -> AppraisalItem:
    claimed, settled = appraisal.claimed.get(item.id), appraisal.settled.get(item.id)
    return AppraisalItem(
        id=item.id,
        kind=item.kind,
        label=item.label,
        label_en=item.label_en,
        rule=item.rule,
        rule_en=item.rule_en,
        count=item.count,
        by_hand=item.pending,
        computed=item.points,
        claimed=claimed.claimed if claimed else None,
        differs=claimed is not None and claimed.claimed != item.points,
        reason=claimed.reason if claimed else "",
        evidence=claimed.evidence if claimed else "",
        settled=settled.points if settled else None,
        adjusted=settled.adjusted if settled else False,
        settled_reason=settled.reason if settled else "",
    )
