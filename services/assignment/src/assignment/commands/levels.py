"""Between the levels: what a district reports of its part, and what the city sends back to it."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from assignment.commands.basis import FOLLOWERS, CaseCommand, UnitCommand
from contracts.command import Day, Id, Line, OptionalLine, Reason, Words
from contracts.vocabulary import ActorRole, ContactManner, ContactStage, Openness


class Reported(BaseModel):
    """Part of a report."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ContactReported(Reported):
    """A contact with the proposer that a unit of the district had."""

    stage: ContactStage
    manner: ContactManner
    contacted_on: Day
    note: Words = ""


class AnswerReported(Reported):
    """The answer that the district gave the proposer."""

    document_number: OptionalLine = ""
    result_class: OptionalLine = ""
    openness: Openness | None = None
    withheld_because: Reason = ""
    contact_person: OptionalLine = ""
    issued_on: Day


class OpinionReported(Reported):
    """The opinion of the district, put together from those of its units."""

    given_on: Day
    opinion: Words = ""


class TakeReport(UnitCommand):
    """Take over what a district reports of its own case, for the part it was given (区里上报)."""

    may: ClassVar[frozenset[ActorRole]] = FOLLOWERS

    lower_district: Line
    lower_proposal_id: Id
    signed_on: Day | None = None
    contact: ContactReported | None = None
    answer: AnswerReported | None = None
    opinion: OpinionReported | None = None


class TakeBackOpinion(CaseCommand):
    """The lead unit above sent the district's opinion back; all who gave it look again (上级退回会办意见)."""

    may: ClassVar[frozenset[ActorRole]] = FOLLOWERS

    by_unit: Line
    reason: Reason
    sent_back_on: Day
