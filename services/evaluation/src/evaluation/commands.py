"""What evaluation can be asked: to take ratings, to adopt a rulebook, to note a claimed figure."""

import re
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints, WithJsonSchema

from contracts.command import Command, Day, Flag, Id, Line, OptionalLine, Year
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


class OpenRating(Command):
    """An answer went out; let its proposer rate it."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SERVICE})

    proposal_id: Id
    unit: Line
    handling_round: Round
    replied_on: Day

    @property
    def stream(self) -> str:
        return f"rating-{self.proposal_id}-{self.unit}"


class RateReply(Command):
    """Rate the latest answer of a unit. By proxy, the name of the scanned form goes with it.

    A rating that is `imported` comes from a ledger, where no scan is at hand.
    """

    may: ClassVar[frozenset[ActorRole]] = frozenset(
        {ActorRole.PROPOSER, ActorRole.COMMITTEE, ActorRole.SERVICE}
    )

    proposal_id: Id
    unit: Line
    satisfaction: Satisfaction
    rated_on: Day
    by_proxy: Flag = False
    scan: OptionalLine = ""
    imported: Flag = False

    @property
    def stream(self) -> str:
        return f"rating-{self.proposal_id}-{self.unit}"


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


EvaluationCommand = OpenRating | RateReply | AdoptRulebook | ClaimFigure
