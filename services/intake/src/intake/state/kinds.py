"""The states of a stream of intake, and what is known in each."""

from dataclasses import dataclass
from datetime import date

from contracts.handing_down import HandedDown
from contracts.importing import ClueAdopted, LedgerImported, LedgerRowRecorded
from contracts.intake import (
    ProposalConverted,
    ProposalNotTakenIn,
    ProposalReceived,
    ProposalTookIn,
    ProposalTransferred,
)
from contracts.proposing import (
    AttachmentAdded,
    DraftSaved,
    PublicationConsentStated,
)
from contracts.vocabulary import ProposalCategory, RefusalReason

Attachments = tuple[AttachmentAdded, ...]


@dataclass(frozen=True)
class Draft:
    """A proposal that is being written, with the answers of those who were invited to sign it."""

    saved: DraftSaved
    invited: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    attachments: Attachments = ()
    consent: PublicationConsentStated | None = None

    @property
    def unanswered(self) -> tuple[str, ...]:
        answered = {*self.signed, *self.declined}
        return tuple(name for name in self.invited if name not in answered)


@dataclass(frozen=True)
class Proposal:
    """A proposal as it was handed in, with what has been added to it since."""

    received: ProposalReceived
    number: str = ""
    key: bool = False
    told: LedgerRowRecorded | None = None
    excellent: bool = False
    attachments: Attachments = ()
    consent: PublicationConsentStated | None = None
    taken_in: tuple[ProposalTookIn, ...] = ()
    not_taken_in: tuple[ProposalNotTakenIn, ...] = ()
    drafted: bool = False
    handed_down: HandedDown | None = None
    category: ProposalCategory | None = None
    unmarked_because: str | None = None
    wrong_numbers: tuple[str, ...] = ()

    @property
    def everybody(self) -> tuple[str, ...]:
        """All who have a right to an answer: its proposers, and those of what was merged into it."""
        merged = (name for each in self.taken_in for name in each.proposers)
        return tuple(dict.fromkeys((*self.received.proposers, *merged)))


@dataclass(frozen=True)
class Nothing:
    """Nothing has been recorded yet."""


@dataclass(frozen=True)
class Drafted:
    """草稿。"""

    draft: Draft


@dataclass(frozen=True)
class CosignOpen:
    """正在征集联名。"""

    draft: Draft
    closes_on: date


@dataclass(frozen=True)
class Discarded:
    """草稿已作废。"""

    draft: Draft


@dataclass(frozen=True)
class Received:
    """已收案，待审查。"""

    proposal: Proposal


@dataclass(frozen=True)
class FirstReviewed:
    """初审已通过，待终审。"""

    proposal: Proposal
    note: str


@dataclass(frozen=True)
class Returned:
    """已退回提案人补充。"""

    proposal: Proposal
    reason: str


@dataclass(frozen=True)
class Filed:
    """已立案。"""

    proposal: Proposal


@dataclass(frozen=True)
class NotFiled:
    """不予立案。"""

    proposal: Proposal
    reason: RefusalReason
    notice: str


@dataclass(frozen=True)
class Merged:
    """已并案。"""

    proposal: Proposal
    into_proposal_id: str


@dataclass(frozen=True)
class Converted:
    """已转为意见建议、社情民意或者来信。"""

    proposal: Proposal
    conversion: ProposalConverted


@dataclass(frozen=True)
class Transferred:
    """已转上级或者下级政协。"""

    proposal: Proposal
    transfer: ProposalTransferred


@dataclass(frozen=True)
class Withdrawn:
    """已撤案；由上级收回的，上级可以再次交办。"""

    proposal: Proposal
    reason: str
    taken_back: bool = False


@dataclass(frozen=True)
class NumberTaken:
    """案号已用。"""

    proposal_id: str


@dataclass(frozen=True)
class NumberFree:
    """案号曾经编错，已经空出。"""


@dataclass(frozen=True)
class ClueKept:
    """线索已登记。"""

    clue: ClueAdopted


@dataclass(frozen=True)
class LedgerRead:
    """台账已导入。"""

    latest: LedgerImported


UnderReview = Received | FirstReviewed
Ended = NotFiled | Merged | Converted | Transferred | Withdrawn
KnownProposal = UnderReview | Returned | Filed | Ended
BeingWritten = Drafted | CosignOpen | Discarded
State = Nothing | BeingWritten | KnownProposal | NumberTaken | NumberFree | ClueKept | LedgerRead
