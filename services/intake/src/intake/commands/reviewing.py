"""What is decided on a proposal: two reviews, filing and its alternatives, merging, marks."""

from typing import Annotated, ClassVar

from pydantic import Field

from contracts.command import (
    Id,
    Line,
    Reason,
    Words,
)
from contracts.vocabulary import (
    ActorRole,
    Conversion,
    Level,
    ProposalCategory,
    RefusalReason,
)
from intake.commands.basis import PROPOSERS, REVIEWERS, ProposalCommand


class PassFirstReview(ProposalCommand):
    """Let the proposal pass the first of two reviews (初审)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    note: Reason = ""


class ReturnProposal(ProposalCommand):
    """Give the proposal back to be completed (退回补充)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    reason: Reason


class ResubmitProposal(ProposalCommand):
    """Hand in the completed proposal again (重新提交)."""

    may: ClassVar[frozenset[ActorRole]] = PROPOSERS

    title: Line
    body: Words
    category: ProposalCategory | None = None


class ConvertProposal(ProposalCommand):
    """Pass the proposal on as a suggestion, as public opinion, or as a letter (转意见建议、社情民意)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    into: Conversion
    passed_to: Line
    notice: Words


class TransferProposal(ProposalCommand):
    """Hand the proposal over to the committee of another level (转上级、下级)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    level: Level
    receiver: Line
    transfer_reason: Reason


class FileProposal(ProposalCommand):
    """Let the proposal pass review, under this case number (立案).

    A category corrects the one that its proposers chose; without one, theirs stands.
    """

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    number: Id
    category: ProposalCategory | None = None


class CorrectCaseNumber(ProposalCommand):
    """Give a filed proposal the number that was meant, and say how it came to be wrong (更正案号)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    number: Id
    reason: Reason


class RefuseProposal(ProposalCommand):
    """Do not file the proposal (不予立案), and tell the proposer why."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    reason: RefusalReason
    notice: Words


class MergeProposal(ProposalCommand):
    """Handle the proposal together with another (并案)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    into_proposal_id: Id


class WithdrawProposal(ProposalCommand):
    """Take the proposal back (撤案), before or after filing."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.PROPOSER, ActorRole.COMMITTEE})

    reason: Reason


class CategoriseProposal(ProposalCommand):
    """Say what the proposal is about, or correct it (归类)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    category: ProposalCategory


class MarkProposalKey(ProposalCommand):
    """Make the proposal a key proposal (重点提案)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS


class UnmarkProposalKey(ProposalCommand):
    """Take the mark as a key proposal back."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    unmark_reason: Reason


class MarkProposalExcellent(ProposalCommand):
    """Choose the proposal as an excellent one (优秀提案)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS


class UnmarkProposalExcellent(ProposalCommand):
    """Take the choice as an excellent proposal back."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    unmark_reason: Reason


class TakeIn(ProposalCommand):
    """Note that another proposal is handled together with this one."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SERVICE})

    merged_proposal_id: Id
    proposers: Annotated[tuple[Line, ...], Field(min_length=1, max_length=10_000)]


class UndoMerge(ProposalCommand):
    """Take a merge back, because what the proposal was merged into had already ended."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SERVICE})

    into_proposal_id: Id
