"""What an event sets in the row of its proposal, column by column."""

from typing import Any

from contracts.intake import MergeUndone, ProposalFiled, ProposalResubmitted
from contracts.likeness import pairs_of
from contracts.proposing import (
    AttachmentAdded,
    AttachmentRemoved,
    CosigningOpened,
    ProposalCosigned,
    PublicationConsentStated,
)
from intake.projections.rows import ProposalRow


def without(names: list[str], name: str) -> list[str]:
    return [each for each in names if each != name]


def consent(event: PublicationConsentStated, row: ProposalRow) -> dict[str, Any]:
    return {"publication": "" if event.consents else event.consent_reason}


def attached(event: AttachmentAdded, row: ProposalRow) -> dict[str, Any]:
    return {"attachments": [*row.attachments, event.model_dump(exclude={"proposal_id"})]}


def detached(event: AttachmentRemoved, row: ProposalRow) -> dict[str, Any]:
    return {"attachments": [one for one in row.attachments if one["sha256"] != event.sha256]}


def opened(event: CosigningOpened, row: ProposalRow) -> dict[str, Any]:
    invited = list(dict.fromkeys([*row.invited, *event.invited]))
    return {"state": "cosigning", "invited": invited, "closes_on": event.closes_on.isoformat()}


def signed(event: ProposalCosigned, row: ProposalRow) -> dict[str, Any]:
    signed = [*without(row.signed, event.name), event.name]
    return {"signed": signed, "declined": without(row.declined, event.name)}


def category(event: ProposalResubmitted | ProposalFiled, row: ProposalRow) -> dict[str, Any]:
    return {"category": event.category.value if event.category else row.category}


def completed(event: ProposalResubmitted, row: ProposalRow) -> dict[str, Any]:
    title = {"title": event.title, "pairs": pairs_of(event.title), **category(event, row)}
    return {"state": "received", "note": None, "body": event.body, **title}


def filed(event: ProposalFiled, row: ProposalRow) -> dict[str, Any]:
    return {"state": "filed", "number": event.number, **category(event, row)}


def unmerged(event: MergeUndone, row: ProposalRow) -> dict[str, Any]:
    return {"state": "filed" if row.number else "received", "note": None}
