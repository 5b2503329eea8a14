"""The yearly appraisal (年度考评): its stages, the sheet that is frozen for it, and how it is shown."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

from contracts.figures import Figure
from contracts.vocabulary import Term

NOTHING = Decimal(0)


class AppraisalStage(Term):
    """How far the appraisal of a year has come."""

    NOT_OPENED = "not_opened", "尚未开启"
    OPENED = "opened", "已开启"
    FROZEN = "frozen", "数据已封存"
    SELF_SCORED = "self_scored", "已自评"
    SUBMITTED = "submitted", "核定中"
    PUBLISHED = "published", "已公布"
    APPEALED = "appealed", "申诉中"
    REOPENED = "reopened", "复核中"
    CONCLUDED = "concluded", "已办结"


class AppealOutcome(Term):
    """What an appeal came to: the items are looked at again, or the published score stands."""

    UPHELD = "upheld", "申诉成立"
    DISMISSED = "dismissed", "申诉不成立"


class Recordable(BaseModel):
    """A part of an event; readers ignore fields they do not know."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class FrozenItem(Recordable):
    """A line of the score sheet as it was computed. Points are positive for deductions too.

    What is decided `by_hand` has nothing computed to stand beside while it is `pending`.
    """

    id: str
    kind: Literal["base", "deduction", "bonus"]
    label: str
    label_en: str
    rule: str
    rule_en: str
    count: int
    points: Decimal
    group: str = ""
    by_hand: bool = False
    pending: bool = False


class FrozenGroup(Recordable):
    """What the deductions and the bonuses of a group come to at most."""

    id: str
    deductions_at_most: Decimal | None = None
    bonuses_at_most: Decimal | None = None


class FrozenSheet(Recordable):
    """The score sheet of the frozen facts, with the limits that the rulebook sets to a total."""

    items: tuple[FrozenItem, ...]
    floor: Decimal
    ceiling: Decimal
    bonuses_at_most: Decimal | None = None
    groups: tuple[FrozenGroup, ...] = ()

    def item(self, item_id: str) -> FrozenItem | None:
        return next((each for each in self.items if each.id == item_id), None)

    @property
    def total(self) -> Decimal:
        return self.total_of({each.id: each.points for each in self.items})

    def total_of(self, points: Mapping[str, Decimal]) -> Decimal:
        """The total of these points under the limits of the rulebook; an item not named gives none."""
        base = self._sum("base", points)
        deducted, added = self._sum("deduction", points), self._sum("bonus", points)
        if self.bonuses_at_most is not None:
            added = min(added, self.bonuses_at_most)
        return min(self.ceiling, max(self.floor, base - deducted) + added)

    def _sum(self, kind: str, points: Mapping[str, Decimal]) -> Decimal:
        by_group: dict[str, Decimal] = {}
        for each in self.items:
            if each.kind == kind:
                given = points.get(each.id, NOTHING)
                by_group[each.group] = by_group.get(each.group, NOTHING) + given
        for group in self.groups:
            cap = group.bonuses_at_most if kind == "bonus" else group.deductions_at_most
            if cap is not None and group.id in by_group:
                by_group[group.id] = min(by_group[group.id], cap)
        return sum(by_group.values(), NOTHING)


class ScoredItem(Recordable):
    """What a district claims for one item, beside what was computed, and on what grounds."""

    item: str
    claimed: Decimal
    computed: Decimal
    reason: str = ""
    evidence: str = ""


class AppraisalItem(Figure):
    """An item as it is shown: computed, claimed and settled side by side; None while nobody said."""

    id: str
    kind: Literal["base", "deduction", "bonus"]
    label: str
    label_en: str
    rule: str
    rule_en: str
    count: int
    by_hand: bool
    computed: Decimal
    claimed: Decimal | None = None
    differs: bool = False
    reason: str = ""
    evidence: str = ""
    settled: Decimal | None = None
    adjusted: bool = False
    settled_reason: str = ""


class AppraisalStep(Figure):
    """What somebody did, when, and where in the log it stands."""

    type: str
    position: int
    at: datetime
    by: str
    role: str
    about: str = ""
    about_en: str = ""
    reason: str = ""


class AppraisalView(Figure):
    """The appraisal of a district's year, and who may do what next.

    `position` and `root` are the size and the Merkle root of the log when the facts were frozen,
    `receipt` the digest of the receipt of then. Totals are under the limits of the rulebook.
    """

    district: str
    year: int
    stage: AppraisalStage
    rulebook_id: str = ""
    rulebook_version: int = 0
    rulebook_sha256: str = ""
    position: int | None = None
    root: str = ""
    receipt: str = ""
    items: tuple[AppraisalItem, ...] = ()
    computed_total: Decimal | None = None
    claimed_total: Decimal | None = None
    settled_total: Decimal | None = None
    score: Decimal | None = None
    appeal_until: date | None = None
    appeal_provisional: bool = False
    appeal: str = ""
    outcome: AppealOutcome | None = None
    decision: str = ""
    steps: tuple[AppraisalStep, ...] = ()
    next: Mapping[str, tuple[str, ...]] = {}
