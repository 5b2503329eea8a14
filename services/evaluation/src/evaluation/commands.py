"""What evaluation can be asked: ratings, rulebooks, claimed figures, and the appraisal of a year."""

import re
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from contracts.appraisal import AppealOutcome, FrozenSheet
from contracts.command import Command, Day, Flag, Id, Line, OptionalLine, Reason, Year
from contracts.rating_levels import OfferedLevel
from contracts.receipt import HexHash, Position
from contracts.vocabulary import ActorRole, Satisfaction

RulebookText = Annotated[
    str, StringConstraints(max_length=200_000, pattern=re.compile(r"^[^\x00]*$"))
]
Round = Annotated[int, Field(ge=1, le=1_000)]
Claimed = Annotated[
    Decimal,
    Field(ge=0, max_digits=12, decimal_places=6),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": 999_999},
                {"type": "string", "pattern": r"^[0-9]{1,6}(\.[0-9]{1,6})?$"},
            ]
        }
    ),
]
GivenPoints = Annotated[
    Decimal,
    Field(ge=0, le=1_000, max_digits=6, decimal_places=2),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": 1_000, "multipleOf": 0.01},
                {"type": "string", "pattern": r"^[0-9]{1,3}(\.[0-9]{1,2})?$"},
            ]
        }
    ),
]


class RatingCommand(Command):
    """Something that is asked for about the rating of one unit's answer."""

    proposal_id: Id
    unit: Line

    @property
    def stream(self) -> str:
        return f"rating-{self.proposal_id}-{self.unit}"


class OpenRating(RatingCommand):
    """An answer went out; let its proposer rate it, on the levels of the year's rulebook."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SERVICE})

    handling_round: Round
    replied_on: Day
    levels: Annotated[tuple[OfferedLevel, ...], Field(max_length=10)] = ()


class RateReply(RatingCommand):
    """Rate the latest answer of a unit. By proxy, the name of the scanned form goes with it.

    A rating that is `imported` comes from a ledger, where no scan is at hand.
    """

    may: ClassVar[frozenset[ActorRole]] = frozenset(
        {ActorRole.PROPOSER, ActorRole.COMMITTEE, ActorRole.SERVICE}
    )

    satisfaction: Satisfaction
    rated_on: Day
    by_proxy: Flag = False
    scan: OptionalLine = ""
    imported: Flag = False


class TakeRating(RatingCommand):
    """Take over how the answer was rated above, and whether that sends the case back (上级转来评价)."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SERVICE})

    satisfaction: Satisfaction
    rated_on: Day
    goes_back: Flag
    upper_name: Line


class AdoptRulebook(Command):
    """Let this rulebook hold for the district's year."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SUPERVISION})

    year: Year
    text: RulebookText

    @property
    def stream(self) -> str:
        return f"rulebook-{self.year}"


class ClaimFigure(Command):
    """Note a figure that somebody states, in percent where it is a rate, and where they do."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SUPERVISION})

    year: Year
    figure: Line
    claimed: Claimed
    source: Line

    @property
    def stream(self) -> str:
        return f"claims-{self.year}"


ASSESSED = frozenset({ActorRole.SUPERVISION})
ASSESSORS = frozenset({ActorRole.COMMITTEE, ActorRole.LEADER})


class AppraisalCommand(Command):
    """Something that is asked for in the appraisal of a year."""

    year: Year

    @property
    def stream(self) -> str:
        return f"appraisal-{self.year}"


class OpenAppraisal(AppraisalCommand):
    """Open the appraisal of the year under the rulebook in force, which the service looks up."""

    may: ClassVar[frozenset[ActorRole]] = ASSESSORS

    rulebook_id: Line = Field(exclude=True)
    version: Position = Field(exclude=True)
    sha256: HexHash = Field(exclude=True)


class FreezeFacts(AppraisalCommand):
    """Freeze the facts of the year where the log stands, which the service looks up.

    `sha256` is that of the rulebook that the sheet was computed under.
    """

    may: ClassVar[frozenset[ActorRole]] = ASSESSORS

    position: Position = Field(exclude=True)
    root: HexHash = Field(exclude=True)
    receipt: HexHash = Field(exclude=True)
    projector: HexHash = Field(exclude=True)
    sha256: HexHash = Field(exclude=True)
    sheet: FrozenSheet = Field(exclude=True)


class ClaimedItem(BaseModel):
    """The points that the district claims for an item, positive for deductions too."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    item: Id
    claimed: GivenPoints
    reason: Reason = ""
    evidence: Reason = ""


class SelfScore(AppraisalCommand):
    """Claim points for every item, with the reason where they are not those that were computed."""

    may: ClassVar[frozenset[ActorRole]] = ASSESSED

    items: Annotated[tuple[ClaimedItem, ...], Field(min_length=1, max_length=500)]


class SubmitAppraisal(AppraisalCommand):
    """Hand the self-score in; nothing of it is changed afterwards."""

    may: ClassVar[frozenset[ActorRole]] = ASSESSED


class VerifyItem(AppraisalCommand):
    """Accept what the district claims for an item."""

    may: ClassVar[frozenset[ActorRole]] = ASSESSORS

    item: Id
    reason: Reason = ""


class AdjustItem(AppraisalCommand):
    """Give an item other points than were claimed, or than were computed, and say why."""

    may: ClassVar[frozenset[ActorRole]] = ASSESSORS

    item: Id
    points: GivenPoints
    reason: Reason


class PublishAppraisal(AppraisalCommand):
    """Publish the score that follows from the settled items.

    Until when one may appeal follows from the rulebook and the calendar, which the service looks up.
    """

    may: ClassVar[frozenset[ActorRole]] = ASSESSORS

    appeal_until: Day | None = Field(default=None, exclude=True)
    appeal_rule: OptionalLine = Field(default="", exclude=True)
    appeal_provisional: Flag = Field(default=False, exclude=True)


class AppealAppraisal(AppraisalCommand):
    """Appeal against the published score."""

    may: ClassVar[frozenset[ActorRole]] = ASSESSED

    reason: Reason


class DecideAppeal(AppraisalCommand):
    """Decide the appeal: look at the items again, or let the published score stand."""

    may: ClassVar[frozenset[ActorRole]] = ASSESSORS

    outcome: AppealOutcome
    reason: Reason


EvaluationCommand = (
    OpenRating
    | RateReply
    | TakeRating
    | AdoptRulebook
    | ClaimFigure
    | OpenAppraisal
    | FreezeFacts
    | SelfScore
    | SubmitAppraisal
    | VerifyItem
    | AdjustItem
    | PublishAppraisal
    | AppealAppraisal
    | DecideAppeal
)
