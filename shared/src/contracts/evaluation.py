"""Events recorded by evaluation (评价、评分), and only by evaluation."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from contracts.appraisal import AppealOutcome, FrozenSheet, ScoredItem
from contracts.event import Event
from contracts.rating_levels import DISSATISFIED, OfferedLevel
from contracts.vocabulary import Satisfaction


class RatingEvent(Event):
    """Something that happened to the rating of one unit's answer to one proposal."""

    proposal_id: str
    unit: str

    @property
    def stream(self) -> str:
        return f"rating-{self.proposal_id}-{self.unit}"


class RatingOpened(RatingEvent):
    """An answer went out; its proposer may rate it now.

    `levels` are those of the rulebook of then; empty where they are the usual three.
    """

    type: ClassVar[str] = "tian.evaluation.rating_opened.v1"
    dated_by: ClassVar[str | None] = "replied_on"

    handling_round: int
    replied_on: date
    levels: tuple[OfferedLevel, ...] = ()


class ReplyRated(RatingEvent):
    """The proposer, or the committee for the proposer, rated the answer of this round.

    `again` says whether that sends the case back to the unit, where it does not follow from the
    level alone: a dissatisfied proposer does. `upper_name` is the level above where it was rated,
    on the levels of that place; empty where it was rated here.
    """

    type: ClassVar[str] = "tian.evaluation.reply_rated.v1"
    dated_by: ClassVar[str | None] = "rated_on"

    handling_round: int
    satisfaction: Satisfaction
    rated_on: date
    by_proxy: bool = False
    scan: str = ""
    again: bool | None = None
    upper_name: str = ""

    @property
    def goes_back(self) -> bool:
        """Whether the unit has to handle the case again."""
        return self.satisfaction in DISSATISFIED if self.again is None else self.again


class RehandlingOrdered(RatingEvent):
    """The proposer was not satisfied; the unit has to handle the case again."""

    type: ClassVar[str] = "tian.evaluation.rehandling_ordered.v1"
    dated_by: ClassVar[str | None] = "ordered_on"

    handling_round: int
    ordered_on: date


class RulebookAdopted(Event):
    """A district adopted a rulebook for a year; its text stands here so that replay needs no file."""

    type: ClassVar[str] = "tian.evaluation.rulebook_adopted.v1"

    year: int
    rulebook_id: str
    version: int
    sha256: str
    text: str

    @property
    def stream(self) -> str:
        return f"rulebook-{self.year}"


class FigureClaimed(Event):
    """Somebody states a figure for the year; it will stand beside the computed one."""

    type: ClassVar[str] = "tian.evaluation.figure_claimed.v1"

    year: int
    figure: str
    claimed: Decimal
    source: str

    @property
    def stream(self) -> str:
        return f"claims-{self.year}"


class AppraisalEvent(Event):
    """Something that happened in the appraisal of a year."""

    year: int

    @property
    def stream(self) -> str:
        return f"appraisal-{self.year}"


class AppraisalOpened(AppraisalEvent):
    """The appraisal of the year is open, under this version of this rulebook."""

    type: ClassVar[str] = "tian.evaluation.appraisal_opened.v1"

    rulebook_id: str
    version: int
    sha256: str


class FactsFrozen(AppraisalEvent):
    """The first `position` events of the log are what counts; whatever comes later does not.

    `root` is their Merkle root, `receipt` the digest of the receipt of then, `sheet` what the rules
    of the program, whose hash is `projector`, computed from them.
    """

    type: ClassVar[str] = "tian.evaluation.facts_frozen.v1"

    position: int
    root: str
    receipt: str
    projector: str
    sheet: FrozenSheet


class SelfScored(AppraisalEvent):
    """The district claims points for every item; the latest self-score before submission counts."""

    type: ClassVar[str] = "tian.evaluation.self_scored.v1"

    items: tuple[ScoredItem, ...]
    claimed_total: Decimal
    computed_total: Decimal


class AppraisalSubmitted(AppraisalEvent):
    """The district handed its self-score in; it changes nothing in it any more."""

    type: ClassVar[str] = "tian.evaluation.appraisal_submitted.v1"

    claimed_total: Decimal
    computed_total: Decimal


class ItemVerified(AppraisalEvent):
    """The claimed points of an item are accepted."""

    type: ClassVar[str] = "tian.evaluation.item_verified.v1"

    item: str
    points: Decimal
    claimed: Decimal
    computed: Decimal
    reason: str = ""


class ItemAdjusted(AppraisalEvent):
    """An item is given other points than the district claims, or than were computed."""

    type: ClassVar[str] = "tian.evaluation.item_adjusted.v1"

    item: str
    points: Decimal
    claimed: Decimal
    computed: Decimal
    reason: str


class AppraisalPublished(AppraisalEvent):
    """The score of the year stands; the receipt says which facts it rests on.

    `appeal_until` is the last day for an appeal, by `appeal_rule`; None where no rule sets one. It is
    provisional where it runs into a year whose holidays are not published.
    """

    type: ClassVar[str] = "tian.evaluation.appraisal_published.v1"

    score: Decimal
    claimed_total: Decimal
    computed_total: Decimal
    position: int
    receipt: str
    appeal_until: date | None = None
    appeal_rule: str = ""
    appeal_provisional: bool = False


class AppraisalAppealed(AppraisalEvent):
    """The district does not agree with the published score."""

    type: ClassVar[str] = "tian.evaluation.appraisal_appealed.v1"

    score: Decimal
    reason: str


class AppealDecided(AppraisalEvent):
    """The appeal was decided: the items are looked at again, or the published score stands."""

    type: ClassVar[str] = "tian.evaluation.appeal_decided.v1"

    outcome: AppealOutcome
    reason: str


EvaluationEvent = (
    RatingOpened
    | ReplyRated
    | RehandlingOrdered
    | RulebookAdopted
    | FigureClaimed
    | AppraisalOpened
    | FactsFrozen
    | SelfScored
    | AppraisalSubmitted
    | ItemVerified
    | ItemAdjusted
    | AppraisalPublished
    | AppraisalAppealed
    | AppealDecided
)
