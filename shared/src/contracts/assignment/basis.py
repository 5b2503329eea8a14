"""What every event of a case has, and every event of one unit's part in it."""

from contracts.event import Event


class CaseEvent(Event):
    """Something that happened to the handling of one proposal."""

    proposal_id: str

    @property
    def stream(self) -> str:
        return f"case-{self.proposal_id}"


class AssignmentEvent(CaseEvent):
    """Something that happened to one assignment (交办件): a proposal, a unit and a role."""

    unit: str
