"""Where a proposal stands, said as a refusal: what cannot be done now, and what would be right."""

from typing import ClassVar

from contracts.refusal import Refused
from intake.decisions.refusals import (
    AlreadyFiled,
    AlreadyMerged,
    AlreadyRefused,
    AlreadyWithdrawn,
    ProposalUnknown,
)
from intake.state import (
    ClueKept,
    Converted,
    CosignOpen,
    Discarded,
    Drafted,
    Filed,
    FirstReviewed,
    LedgerRead,
    Merged,
    NotFiled,
    Nothing,
    NumberFree,
    NumberTaken,
    Proposal,
    Received,
    Returned,
    State,
    Transferred,
    Withdrawn,
)


class StillADraft(Refused):
    """提案还是草稿，尚未提交。请提案人修改好以后先提交，或者作废草稿。"""

    english: ClassVar[str] = (
        "The proposal is still a draft. Let its proposer hand it in first, or discard it."
    )


class StillBeingCosigned(Refused):
    """提案正在征集联名，{closes_on}截止。请等联名结束并提交以后再办理；内容要改的，请作废草稿，另写一份。"""

    english: ClassVar[str] = (
        "The proposal is open for signatures until {closes_on}. Wait until it is handed in; to"
        " change what has been signed, discard the draft and write another."
    )


class DraftGivenUp(Refused):
    """草稿已作废。请用新的编号另写一份。"""

    english: ClassVar[str] = "The draft was discarded. Write another one under a new id."


class AwaitsReview(Refused):
    """提案已经提交，正在审查，内容和联名不能再改。需要修改的，请提案委退回补充；其他事项请在立案以后办理。"""

    english: ClassVar[str] = (
        "The proposal is handed in and under review; its text and signatures stand. To change it,"
        " have the committee return it; for anything else, wait until it is filed."
    )


class AwaitsFinalReview(Refused):
    """提案初审已经通过。请作出终审决定：立案、不予立案、退回补充、并案、转换或者转送。"""

    english: ClassVar[str] = (
        "The proposal passed its first review. Decide on it: file, refuse, return, merge, convert"
        " or transfer it."
    )


class AwaitsCompletion(Refused):
    """提案已退回提案人补充，理由是“{reason}”。请提案人补充后重新提交，再继续审查。"""

    english: ClassVar[str] = (
        "The proposal was returned to be completed ({reason}). Let its proposers hand it in again;"
        " then the review goes on."
    )


class AlreadyConverted(Refused):
    """提案已转为{into}，送{passed_to}研究，不再作为提案办理。需要按提案办理的，请作为新提案提交。"""

    english: ClassVar[str] = (
        "The proposal was passed on to {passed_to} as {into_in_english} and is no proposal any"
        " more. To have it handled as one, hand it in as a new proposal."
    )


class AlreadyTransferred(Refused):
    """提案已转送{receiver}（{level}），由其办理。请向该单位了解情况。"""

    english: ClassVar[str] = (
        "The proposal was handed over to {receiver}, which decides on it. Ask there."
    )


class FirstReviewMissing(Refused):
    """本区实行初审、终审两步审查，提案还没有通过初审。请先办理初审，再作决定。"""

    english: ClassVar[str] = (
        "Proposals are reviewed twice here, and this one has not passed the first review. Let it"
        " pass that, then decide."
    )


class OthersMergedIn(Refused):
    """{proposal_ids}已并入本件办理，其提案人仍应得到答复，本件不能撤案或者不予立案。请继续办理，或者并入另一件。"""

    english: ClassVar[str] = (
        "{proposal_ids} are handled together with this one, and their proposers are to be answered."
        " Go on with it, or merge it into another."
    )


def not_now(state: State, proposal_id: str) -> Refused:
    """Why something cannot be done with the proposal where it stands, and what can be done."""
    match state:
        case Nothing() | NumberTaken() | NumberFree() | ClueKept() | LedgerRead():
            return ProposalUnknown(proposal_id=proposal_id)
        case Drafted():
            return StillADraft()
        case CosignOpen(closes_on=closes_on):
            return StillBeingCosigned(closes_on=closes_on)
        case Discarded():
            return DraftGivenUp()
        case Received():
            return AwaitsReview()
        case FirstReviewed():
            return AwaitsFinalReview()
        case Returned(reason=reason):
            return AwaitsCompletion(reason=reason)
        case _:
            return _why_over(state)


def _why_over(state: Filed | NotFiled | Merged | Converted | Transferred | Withdrawn) -> Refused:
    match state:
        case Filed(proposal):
            return AlreadyFiled(number=proposal.number)
        case NotFiled(reason=reason):
            return AlreadyRefused(reason=reason.chinese)
        case Merged(into_proposal_id=into_proposal_id):
            return AlreadyMerged(into_proposal_id=into_proposal_id)
        case Converted(conversion=conversion):
            return AlreadyConverted(
                into=conversion.into.chinese,
                into_in_english=conversion.into.value.replace("_", " "),
                passed_to=conversion.passed_to,
            )
        case Transferred(transfer=transfer):
            return AlreadyTransferred(receiver=transfer.receiver, level=transfer.level.chinese)
        case Withdrawn(reason=given_reason):
            return AlreadyWithdrawn(reason=given_reason)


def first_reviewed_where_asked(state: State) -> None:
    """Raises FirstReviewMissing."""
    if isinstance(state, Received) and state.proposal.received.reviewed_twice:
        raise FirstReviewMissing


def nobody_merged_in(proposal: Proposal) -> None:
    """Raises OthersMergedIn: whoever was merged into a proposal is answered with it."""
    if proposal.taken_in:
        merged = "、".join(each.merged_proposal_id for each in proposal.taken_in)
        raise OthersMergedIn(proposal_ids=merged)
