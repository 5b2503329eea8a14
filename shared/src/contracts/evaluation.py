"""Events recorded by evaluation (评价、评分), and only by evaluation."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from contracts.event import Event
from contracts.vocabulary import Satisfaction


class RatingEvent(Event):
    """Something that happened to the rating of one unit's answer to one proposal."""

    proposal_id: str
    unit: str

    @property
    def stream(self) -> str:
        return f"rating-{self.proposal_id}-{self.unit}"


class RatingOpened(RatingEvent):
    """An answer went out; its proposer may rate it now."""

    type: ClassVar[str] = "tian.evaluation.rating_opened.v1"
    dated_by: ClassVar[str | None] = "replied_on"

    handling_round: int
    replied_on: date


class ReplyRated(RatingEvent):
    """The proposer, or the committee for the proposer, rated the answer of this round."""

    type: ClassVar[str] = "tian.evaluation.reply_rated.v1"
    dated_by: ClassVar[str | None] = "rated_on"

    handling_round: int
    satisfaction: Satisfaction
    rated_on: date
    by_proxy: bool = False
    scan: str = ""


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


EvaluationEvent = RatingOpened | ReplyRated | RehandlingOrdered | RulebookAdopted | FigureClaimed
