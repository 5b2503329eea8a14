"""The letter to the proposer: drafted, signed, reviewed, delivered, published; and its class."""

from datetime import date
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from contracts.assignment.basis import AssignmentEvent
from contracts.command import ItemNumber, Words
from contracts.vocabulary import Openness


class PointAnswered(BaseModel):
    """What the letter says to one numbered point (建议条目) of the proposal."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    number: ItemNumber
    answer: Words


class ReplyDrafted(AssignmentEvent):
    """The unit wrote a version of its answer. Versions are numbered from 1 over all rounds."""

    type: ClassVar[str] = "tian.assignment.reply_drafted.v1"
    dated_by: ClassVar[str | None] = "drafted_on"

    version: int
    document_number: str
    result_class: str
    openness: Openness | None = None
    withheld_because: str = ""
    contact_person: str
    addressees: tuple[str, ...] = ()
    points: tuple[PointAnswered, ...] = ()
    drafted_on: date


class ReplySigned(AssignmentEvent):
    """A leader of the unit signed this version of the answer (签发)."""

    type: ClassVar[str] = "tian.assignment.reply_signed.v1"
    dated_by: ClassVar[str | None] = "signed_on"

    version: int
    signed_by: str
    signed_on: date


class DraftPassed(AssignmentEvent):
    """The supervision office has nothing against this version of the answer."""

    type: ClassVar[str] = "tian.assignment.draft_passed.v1"

    version: int


class DraftSentBack(AssignmentEvent):
    """The supervision office sent this version back, with what it found wrong."""

    type: ClassVar[str] = "tian.assignment.draft_sent_back.v1"

    version: int
    findings: tuple[str, ...]


class ReplyParticularsAdded(AssignmentEvent):
    """A later ledger told what an earlier one left blank of an answer: its number, class, openness.

    What is empty here was not told now; what the answer said already stays as it was.
    """

    type: ClassVar[str] = "tian.assignment.reply_particulars_added.v1"
    dated_by: ClassVar[str | None] = "issued_on"

    handling_round: int
    document_number: str = ""
    result_class: str = ""
    openness: Openness | None = None
    issued_on: date


class ResultClassChanged(AssignmentEvent):
    """The class of an answer was changed after it had been issued, by whom the log says."""

    type: ClassVar[str] = "tian.assignment.result_class_changed.v1"
    dated_by: ClassVar[str | None] = "changed_on"

    was: str
    result_class: str
    reason: str
    changed_on: date


class ReplyDelivered(AssignmentEvent):
    """One proposer got the answer of this round; each of them gets it for themselves."""

    type: ClassVar[str] = "tian.assignment.reply_delivered.v1"
    dated_by: ClassVar[str | None] = "delivered_on"

    proposer: str
    handling_round: int
    delivered_on: date


class ReplyPublished(AssignmentEvent):
    """The answer was made public, in full or as a summary."""

    type: ClassVar[str] = "tian.assignment.reply_published.v1"
    dated_by: ClassVar[str | None] = "published_on"

    handling_round: int
    published_on: date
    address: str = ""
    summary_only: bool = False
