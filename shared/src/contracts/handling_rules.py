"""What a place asks of a unit before it answers: the [handling] section of a rulebook."""

from contracts.assignment import Requirements
from contracts.reading import Sourced
from contracts.vocabulary import ContactStage


class HandlingRules(Sourced):
    """Guards that are off unless a place switches them on.

    `contacts` are the stages of contact (三见面) that come before the answer; `leader_signs` and
    `reviewed` ask for a signed draft and for the office's review of it; `full_letter` for the
    check of its contents; `evidence_for` and `commitments_for` name result classes.
    """

    contacts: tuple[ContactStage, ...] = ()
    leader_signs: bool = False
    reviewed: bool = False
    full_letter: bool = False
    evidence_for: tuple[str, ...] = ()
    commitments_for: tuple[str, ...] = ()

    @property
    def requirements(self) -> Requirements:
        """The same, as it is kept with a dispatch."""
        return Requirements.model_validate(self.model_dump(exclude={"source", "assumed"}))
