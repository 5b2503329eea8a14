"""What evaluation can be asked: to take ratings, to adopt a rulebook, to note a claimed figure."""

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from contracts.command import Command
from contracts.vocabulary import ActorRole, Satisfaction

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class OpenRating(Command):
    """An answer went out; let its proposer rate it."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SERVICE})

    proposal_id: Name
    unit: Name
    handling_round: int = Field(ge=1)
    replied_on: date

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

    proposal_id: Name
    unit: Name
    satisfaction: Satisfaction
    rated_on: date
    by_proxy: bool = False
    scan: Annotated[str, StringConstraints(strip_whitespace=True)] = ""
    imported: bool = False

    @property
    def stream(self) -> str:
        return f"rating-{self.proposal_id}-{self.unit}"


class AdoptRulebook(Command):
    """Let this rulebook hold for the district's year."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SUPERVISION})

    year: int
    text: str = Field(max_length=200_000)

    @property
    def stream(self) -> str:
        return f"rulebook-{self.year}"


class ClaimFigure(Command):
    """Note a figure that somebody states, in percent where it is a rate, and where they do."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SUPERVISION})

    year: int
    figure: str
    claimed: Decimal = Field(ge=0, max_digits=12, decimal_places=6)
    source: Name

    @property
    def stream(self) -> str:
        return f"claims-{self.year}"


EvaluationCommand = OpenRating | RateReply | AdoptRulebook | ClaimFigure
