"""The letter: draft, sign, review, change its class, deliver, publish."""

from typing import Annotated, ClassVar

from pydantic import Field

from assignment.commands.basis import HANDLERS, KEEPERS, SUPERVISORS, Letter, Number, UnitCommand
from contracts.command import Day, Flag, Line, OptionalLine, Reason
from contracts.vocabulary import ActorRole


class DraftReply(Letter):
    """Write a version of the answer (拟稿)."""

    may: ClassVar[frozenset[ActorRole]] = HANDLERS

    drafted_on: Day


class SignReply(UnitCommand):
    """Sign the latest version as a leader of the unit (签发)."""

    may: ClassVar[frozenset[ActorRole]] = HANDLERS

    version: Number
    signed_by: Line
    signed_on: Day


class PassDraft(UnitCommand):
    """Let the latest version go out (审核通过)."""

    may: ClassVar[frozenset[ActorRole]] = SUPERVISORS

    version: Number


class SendBackDraft(UnitCommand):
    """Send the latest version back, with what is wrong (审核退回)."""

    may: ClassVar[frozenset[ActorRole]] = SUPERVISORS

    version: Number
    findings: Annotated[tuple[Reason, ...], Field(max_length=100)] = ()


class ChangeResultClass(UnitCommand):
    """Change the class of an answer that has been issued (调整办理结果类别)."""

    may: ClassVar[frozenset[ActorRole]] = KEEPERS

    result_class: Line
    reason: Reason
    changed_on: Day


class DeliverReply(UnitCommand):
    """Record that one proposer got the answer of this round (送达)."""

    may: ClassVar[frozenset[ActorRole]] = HANDLERS

    proposer: Line
    delivered_on: Day


class PublishReply(UnitCommand):
    """Record that the answer was made public (公开)."""

    may: ClassVar[frozenset[ActorRole]] = HANDLERS

    published_on: Day
    address: OptionalLine = ""
    summary_only: Flag = False
