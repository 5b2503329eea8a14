"""The rules for a draft of the answer: written, signed by a leader, reviewed by the office."""

from typing import ClassVar

from assignment.commands import DraftReply, IssueReply, PassDraft, SendBackDraft, SignReply
from assignment.commands.basis import Letter
from assignment.decisions.dates import BEGINNING, DRAFT, SIGNATURE, not_before, not_in_future
from assignment.decisions.standing import CoUnitsDoNotAnswer, in_handling, part_of, reasoned
from assignment.state import Assignment, Dispatched, Draft
from contracts.assignment import (
    AssignmentServiceEvent,
    DraftPassed,
    DraftSentBack,
    ReplyDrafted,
    ReplySigned,
)
from contracts.refusal import Refused

LETTER = frozenset(Letter.model_fields) - {"at", "proposal_id", "unit"}
ANSWERING = LETTER - {"addressees", "contact_person"}


class NoDraft(Refused):
    """“{unit}”本轮还没有答复稿。请先拟稿。"""

    english: ClassVar[str] = "{unit} has no draft of its answer in this round. Write one first."


class DraftSaysNothing(Refused):
    """答复稿还没有内容，只写称谓和联系人不成一版。请填写文号、办理结果类别、公开属性或者对各条建议的答复，再保存。"""

    english: ClassVar[str] = (
        "The draft says nothing yet: an address and a contact person are no version of an answer."
        " Fill in its number, its result class, its openness or what it answers to the"
        " suggestions, then save it."
    )


class NotTheLatestDraft(Refused):
    """第{version}版不是最新的答复稿，最新的是第{latest}版。请核对最新一版。"""

    english: ClassVar[str] = (
        "Version {version} is not the latest draft, which is {latest}. See that."
    )


class NotSignedByLeader(Refused):
    """第{version}版答复稿尚未由单位领导签发。请先签发。"""

    english: ClassVar[str] = (
        "Version {version} has not been signed by a leader of the unit. Sign it."
    )


class AlreadySignedByLeader(Refused):
    """第{version}版答复稿已由{signed_by}签发。需要修改的，请拟新的一版。"""

    english: ClassVar[str] = (
        "Version {version} has been signed by {signed_by}. To change it, write another version."
    )


class NotReviewed(Refused):
    """第{version}版答复稿尚未通过督查室审核。请等待审核；已退回的，请修改后另拟一版。"""

    english: ClassVar[str] = (
        "Version {version} has not passed the supervision office's review. Wait for that, or"
        " write another version if it was sent back."
    )


class DraftWasRuledOn(Refused):
    """第{version}版答复稿已审核，结果是“{ruling}”。请对下一版作出审核。"""

    english: ClassVar[str] = (
        "Version {version} has been reviewed already: {ruling_in_english}. Rule on the next one."
    )


class DiffersFromDraft(Refused):
    """发出的答复与第{version}版答复稿不一致：{fields}。请按该版发出，或者拟新的一版。"""

    english: ClassVar[str] = (
        "The answer is not what version {version} of the draft says ({fields}). Issue that version,"
        " or write another."
    )


def draft_reply(command: DraftReply, case: Dispatched) -> list[AssignmentServiceEvent]:
    """Each version stays in the log; the latest one counts."""
    part = part_of(case, command.unit)
    if not part.role.answers_the_proposer:
        raise CoUnitsDoNotAnswer(unit=part.unit)
    told = {name: getattr(command, name) for name in LETTER}
    written = ReplyDrafted(
        proposal_id=command.proposal_id,
        unit=command.unit,
        version=part.draft.letter.version + 1 if part.draft else 1,
        drafted_on=command.drafted_on,
        **told,
    )
    if part.draft and _is_same(written, part.draft, part):
        return []
    handling = in_handling(part)
    if not any(told[name] for name in ANSWERING):
        raise DraftSaysNothing
    not_in_future(DRAFT, command.drafted_on, command.at)
    not_before(DRAFT, command.drafted_on, BEGINNING, handling.since)
    return [written]


def sign_reply(command: SignReply, case: Dispatched) -> list[AssignmentServiceEvent]:
    part = part_of(case, command.unit)
    signature = ReplySigned(
        proposal_id=command.proposal_id,
        unit=command.unit,
        version=command.version,
        signed_by=command.signed_by,
        signed_on=command.signed_on,
    )
    if part.draft and part.draft.signature == signature:
        return []
    draft = _latest(part, command.version)
    if draft.signature is not None:
        raise AlreadySignedByLeader(version=command.version, signed_by=draft.signature.signed_by)
    not_in_future(SIGNATURE, command.signed_on, command.at)
    not_before(SIGNATURE, command.signed_on, DRAFT, draft.letter.drafted_on)
    return [signature]


def pass_draft(command: PassDraft, case: Dispatched) -> list[AssignmentServiceEvent]:
    part = part_of(case, command.unit)
    passed = DraftPassed(
        proposal_id=command.proposal_id, unit=command.unit, version=command.version
    )
    if part.draft and part.draft.ruling == passed:
        return []
    draft = _latest(part, command.version)
    _is_not_ruled_on(draft)
    is_signed(draft, part)
    return [passed]


def send_back_draft(command: SendBackDraft, case: Dispatched) -> list[AssignmentServiceEvent]:
    part = part_of(case, command.unit)
    sent_back = DraftSentBack(
        proposal_id=command.proposal_id,
        unit=command.unit,
        version=command.version,
        findings=command.findings,
    )
    if part.draft and part.draft.ruling == sent_back:
        return []
    draft = _latest(part, command.version)
    _is_not_ruled_on(draft)
    reasoned("".join(command.findings), "退回答复稿", "Sending a draft back")
    return [sent_back]


def has_passed(command: IssueReply, part: Assignment) -> None:
    """What goes out has been signed and reviewed, as far as the rulebook asks for it."""
    asked = part.given.requirements
    if not (asked.leader_signs or asked.reviewed):
        return
    draft = draft_of_this_round(part)
    is_signed(draft, part)
    is_reviewed(draft, part)
    differing = sorted(
        name for name in LETTER if getattr(command, name) != getattr(draft.letter, name)
    )
    if differing:
        raise DiffersFromDraft(version=draft.letter.version, fields=", ".join(differing))


def is_signed(draft: Draft, part: Assignment) -> None:
    """Raises NotSignedByLeader."""
    if part.given.requirements.leader_signs and draft.signature is None:
        raise NotSignedByLeader(version=draft.letter.version)


def is_reviewed(draft: Draft, part: Assignment) -> None:
    """Raises NotReviewed."""
    if part.given.requirements.reviewed and not isinstance(draft.ruling, DraftPassed):
        raise NotReviewed(version=draft.letter.version)


def draft_of_this_round(part: Assignment) -> Draft:
    if part.draft is None or part.draft.handling_round != part.handling_round:
        raise NoDraft(unit=part.unit)
    return part.draft


def _latest(part: Assignment, version: int) -> Draft:
    if not part.role.answers_the_proposer:
        raise CoUnitsDoNotAnswer(unit=part.unit)
    in_handling(part)
    draft = draft_of_this_round(part)
    if draft.letter.version != version:
        raise NotTheLatestDraft(version=version, latest=draft.letter.version)
    return draft


def _is_not_ruled_on(draft: Draft) -> None:
    if draft.ruling is None:
        return
    passed = isinstance(draft.ruling, DraftPassed)
    raise DraftWasRuledOn(
        version=draft.letter.version,
        ruling="通过" if passed else "退回",
        ruling_in_english="passed" if passed else "sent back",
    )


def _is_same(written: ReplyDrafted, draft: Draft, part: Assignment) -> bool:
    """The same words again are no new version, unless a new round has begun."""
    same_words = written == draft.letter.model_copy(update={"version": written.version})
    return same_words and draft.handling_round == part.handling_round
