"""What one level tells the other of a case: the city hands it down, the district reports back."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from contracts.command import Day, Deadline, Id, Line, OptionalLine
from contracts.proposing import ProposalEvent
from contracts.vocabulary import Origin, Role


class HandedDown(BaseModel):
    """A case as the upper level dispatched it to this district (上级交办).

    `upper` and `upper_proposal_id` are known where the upper level keeps its cases in the same
    installation; `unit` is what the upper level calls this district.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    level: Origin = Origin.CITY
    upper_name: Line
    upper: OptionalLine | None = None
    upper_proposal_id: Id | None = None
    number: Id
    unit: Line
    role: Role
    lead_unit: Line | None = None
    co_units: Annotated[tuple[Line, ...], Field(max_length=200)] = ()
    dispatched_on: Day
    due_on: Deadline

    def is_the_same_as(self, other: "HandedDown") -> bool:
        """Whether both say the same of the case; a list does not know all that a log knows."""
        told = {"number", "role", "dispatched_on", "due_on"}
        return self.model_dump(include=told) == other.model_dump(include=told)


class ProposalHandedDown(ProposalEvent, HandedDown):
    """The upper level dispatched the proposal to this district, as told; the latest word stands."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: ClassVar[str] = "tian.intake.proposal_handed_down.v1"

    year: int

    @property
    def handed_down(self) -> HandedDown:
        return HandedDown(**{name: getattr(self, name) for name in HandedDown.model_fields})


class HandDownRevoked(ProposalEvent):
    """The upper level took the proposal back: withdrawn there, or given to somebody else."""

    type: ClassVar[str] = "tian.intake.hand_down_revoked.v1"
    dated_by: ClassVar[str | None] = "revoked_on"

    reason: str
    revoked_on: date
