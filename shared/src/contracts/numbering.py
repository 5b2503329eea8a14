"""Events of intake that tell of case numbers that were wrong and have been corrected (更正案号)."""

from typing import ClassVar

from contracts.event import Event
from contracts.proposing import ProposalEvent


class CaseNumberCorrected(ProposalEvent):
    """The proposal had been filed under a wrong number; it has this one from now on.

    What was recorded of it before keeps the number that it had then.
    """

    type: ClassVar[str] = "tian.intake.case_number_corrected.v1"

    year: int
    was: str
    number: str
    reason: str


class CaseNumberReleased(Event):
    """A case number is free again: the proposal that held it had been filed under it by mistake."""

    type: ClassVar[str] = "tian.intake.case_number_released.v1"

    year: int
    number: str
    proposal_id: str

    @property
    def stream(self) -> str:
        return f"number-{self.year}-{self.number}"
