"""What can be asked for in the appraisal of a year."""

from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from contracts.appraisal import AppealOutcome, FrozenSheet
from contracts.command import Command, Day, Flag, Id, Line, OptionalLine, Reason, Year
from contracts.receipt import HexHash, Position
from contracts.vocabulary import ActorRole

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
