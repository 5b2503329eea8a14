"""What can be asked about ratings, rulebooks and figures that somebody claims."""

import re
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints, WithJsonSchema

from contracts.command import Command, Day, Flag, Id, Line, OptionalLine, Year
from contracts.rating_levels import OfferedLevel
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
