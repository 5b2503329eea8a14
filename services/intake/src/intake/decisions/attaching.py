"""The rules for what goes with a proposal: attached files, and consent to its publication."""

from types import MappingProxyType
from typing import ClassVar

from contracts.intake import IntakeEvent
from contracts.proposing import AttachmentAdded, AttachmentRemoved, PublicationConsentStated
from contracts.refusal import Refused
from intake.commands import AddAttachment, RemoveAttachment, StatePublicationConsent
from intake.decisions.standing import not_now
from intake.state import (
    Attachments,
    CosignOpen,
    Drafted,
    Filed,
    FirstReviewed,
    Merged,
    Received,
    Returned,
    State,
)

MOST_ATTACHMENTS = 20

MEDIA_TYPES = MappingProxyType(
    {
        "application/pdf": (".pdf",),
        "application/msword": (".doc",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
        "application/vnd.ms-excel": (".xls",),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
        "application/vnd.ofd": (".ofd",),
        "image/jpeg": (".jpg", ".jpeg"),
        "image/png": (".png",),
        "text/plain": (".txt",),
    }
)


OLD_OFFICE, ZIPPED = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
BEGINNINGS = MappingProxyType(
    {
        ".pdf": b"%PDF",
        ".doc": OLD_OFFICE,
        ".xls": OLD_OFFICE,
        ".docx": ZIPPED,
        ".xlsx": ZIPPED,
        ".ofd": ZIPPED,
        ".jpg": b"\xff\xd8\xff",
        ".jpeg": b"\xff\xd8\xff",
        ".png": b"\x89PNG",
    }
)


class ContentUnlikeName(Refused):
    """“{name}”的内容与文件名的类型不符。请用原来的程序重新保存，再作为附件。"""

    english: ClassVar[str] = (
        "What is in {name} is not what its name says. Save it again with the program it came from."
    )


class KindOfFileNotTaken(Refused):
    """“{name}”的文件类型不能作为附件。请改用 {endings} 文件。"""

    english: ClassVar[str] = "{name} is of a kind that is not taken. Attach one of {endings}."


class TooManyAttachments(Refused):
    """已有 {count} 个附件，一件提案最多 {most} 个。请先移除不需要的，或者合并为一个文件。"""

    english: ClassVar[str] = (
        "There are {count} attachments, and {most} at most. Remove one, or put them into one file."
    )


class NoSuchAttachment(Refused):
    """提案没有这个附件（{sha256}）。请刷新页面后核对。"""

    english: ClassVar[str] = (
        "The proposal has no such attachment ({sha256}). Reload the page and look."
    )


class ConsentReasonMissing(Refused):
    """不同意公开的，须说明理由。请填写理由。"""

    english: ClassVar[str] = "Who does not agree to publication says why. State the reason."


def media_type_of(name: str, content: bytes) -> str:
    """The media type of a file, by the ending of its name and how its content begins.

    Raises KindOfFileNotTaken or ContentUnlikeName.
    """
    ending = "." + name.lower().rpartition(".")[2]
    for media_type, endings in MEDIA_TYPES.items():
        if ending in endings:
            if not content.startswith(BEGINNINGS.get(ending, b"")) or (
                ending == ".txt" and b"\x00" in content
            ):
                raise ContentUnlikeName(name=name)
            return media_type
    raise KindOfFileNotTaken(name=name, endings=_endings())


def _endings() -> str:
    return "、".join(ending for each in MEDIA_TYPES.values() for ending in each)


def add_attachment(command: AddAttachment, state: State) -> list[IntakeEvent]:
    match state:
        case Drafted():
            attached: Attachments = state.draft.attachments
        case Received() | FirstReviewed() | Returned():
            attached = state.proposal.attachments
        case _:
            raise not_now(state, command.proposal_id)
    if any(each.sha256 == command.sha256 for each in attached):
        return []
    if not command.file_name.lower().endswith(MEDIA_TYPES.get(command.media_type, ("/",))):
        raise KindOfFileNotTaken(name=command.file_name, endings=_endings())
    if len(attached) >= MOST_ATTACHMENTS:
        raise TooManyAttachments(count=len(attached), most=MOST_ATTACHMENTS)
    return [AttachmentAdded(**command.model_dump(exclude={"at"}))]


def remove_attachment(command: RemoveAttachment, state: State) -> list[IntakeEvent]:
    match state:
        case Drafted():
            attached: Attachments = state.draft.attachments
        case Returned():
            attached = state.proposal.attachments
        case _:
            raise not_now(state, command.proposal_id)
    if not any(each.sha256 == command.sha256 for each in attached):
        raise NoSuchAttachment(sha256=command.sha256)
    return [AttachmentRemoved(proposal_id=command.proposal_id, sha256=command.sha256)]


def state_consent(command: StatePublicationConsent, state: State) -> list[IntakeEvent]:
    match state:
        case Drafted() | CosignOpen():
            latest = state.draft.consent
        case Received() | FirstReviewed() | Returned() | Filed() | Merged():
            latest = state.proposal.consent
        case _:
            raise not_now(state, command.proposal_id)
    stated = PublicationConsentStated(**command.model_dump(exclude={"at"}))
    if stated == latest:
        return []
    if not stated.consents and not stated.consent_reason:
        raise ConsentReasonMissing
    return [stated]
