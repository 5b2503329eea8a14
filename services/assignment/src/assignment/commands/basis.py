"""What every command of assignment has, and who may give which."""

from typing import Annotated

from pydantic import Field

from contracts.assignment import PointAnswered
from contracts.command import Command, Id, Line, OptionalLine, Reason
from contracts.vocabulary import ActorRole, Openness

Round = Annotated[int, Field(ge=2, le=1_000)]
Number = Annotated[int, Field(ge=1, le=1_000)]

SUPERVISORS = frozenset({ActorRole.SUPERVISION})
HANDLERS = frozenset({ActorRole.UNIT, ActorRole.SUPERVISION})
FOLLOWERS = frozenset({ActorRole.SERVICE})
KEEPERS = frozenset({ActorRole.SUPERVISION, ActorRole.SERVICE})


class CaseCommand(Command):
    """Something that somebody asks for with the handling of one proposal."""

    proposal_id: Id

    @property
    def stream(self) -> str:
        return f"case-{self.proposal_id}"


class UnitCommand(CaseCommand):
    """Something that is asked for with one unit's assignment; a unit asks only for itself."""

    unit: Line


class Letter(UnitCommand):
    """The answer to the proposer, as it is drafted or goes out."""

    document_number: OptionalLine = ""
    result_class: OptionalLine = ""
    openness: Openness | None = None
    withheld_because: Reason = ""
    contact_person: OptionalLine = ""
    addressees: Annotated[tuple[Line, ...], Field(max_length=500)] = ()
    points: Annotated[tuple[PointAnswered, ...], Field(max_length=200)] = ()
