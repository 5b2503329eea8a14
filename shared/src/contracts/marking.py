"""Events of intake that mark a proposal: what it is about, key, excellent."""

from typing import ClassVar

from contracts.proposing import (
    ProposalEvent,
)
from contracts.vocabulary import (
    ProposalCategory,
)

__all__ = ["ProposalEvent"]


class ProposalCategorised(ProposalEvent):
    """The proposal belongs to this category from now on (归类)."""

    type: ClassVar[str] = "tian.intake.proposal_categorised.v1"

    category: ProposalCategory


class ProposalMarkedKey(ProposalEvent):
    """The proposal is a key proposal (重点提案) from now on."""

    type: ClassVar[str] = "tian.intake.proposal_marked_key.v1"


class ProposalUnmarkedKey(ProposalEvent):
    """The proposal is no key proposal any more."""

    type: ClassVar[str] = "tian.intake.proposal_unmarked_key.v1"

    unmark_reason: str


class ProposalMarkedExcellent(ProposalEvent):
    """The proposal was chosen as an excellent one (优秀提案)."""

    type: ClassVar[str] = "tian.intake.proposal_marked_excellent.v1"


class ProposalUnmarkedExcellent(ProposalEvent):
    """The choice as an excellent proposal was taken back."""

    type: ClassVar[str] = "tian.intake.proposal_unmarked_excellent.v1"

    unmark_reason: str
