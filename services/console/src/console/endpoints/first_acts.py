"""What is somebody's own to do first on a case, and what only may be done."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from console.endpoints.case_answers import AssignmentCard
from contracts.vocabulary import ActorRole

SOON = timedelta(days=30)

IsDue = Callable[[AssignmentCard, date], bool]


def _always(part: AssignmentCard, today: date) -> bool:
    return True


def _has_no_handler(part: AssignmentCard, today: date) -> bool:
    return part.signed_on is not None and not part.handler


def _has_not_talked(part: AssignmentCard, today: date) -> bool:
    return part.role != "co" and not part.contacts


def _has_talked(part: AssignmentCard, today: date) -> bool:
    return bool(part.contacts)


def _is_signed(part: AssignmentCard, today: date) -> bool:
    return bool(part.drafts) and part.drafts[-1].signed_by is not None


def _is_late(part: AssignmentCard, today: date) -> bool:
    return part.completed_on is None and part.days_late(today) > 0


def _promised_soon(part: AssignmentCard, today: date) -> bool:
    return any(each.due_on and each.due_on <= today + SOON for each in part.commitments)


FIRST: Mapping[ActorRole, Mapping[str, IsDue]] = MappingProxyType(
    {
        ActorRole.UNIT: {
            "sign-assignment": _always,
            "name-handler": _has_no_handler,
            "record-contact": _has_not_talked,
            "give-co-opinion": _always,
            "accept-co-opinion": _always,
            "send-back-co-opinion": _always,
            "draft-reply": _has_talked,
            "sign-reply": _always,
            "issue-reply": _always,
            "deliver-reply": _always,
            "publish-reply": _always,
            "fulfil-commitment": _promised_soon,
            "advance-commitment": _promised_soon,
        },
        ActorRole.SUPERVISION: {
            "dispatch-case": _always,
            "grant-return": _always,
            "decline-return": _always,
            "grant-extension": _always,
            "decline-extension": _always,
            "add-co-unit": _always,
            "decline-co-unit": _always,
            "pass-draft": _is_signed,
            "send-back-draft": _is_signed,
            "close-assignment": _always,
            "chase-unit": _is_late,
        },
        ActorRole.PROPOSER: {"rate-reply": _always},
    }
)


def is_first(role: ActorRole, command: str, part: AssignmentCard | None, today: date) -> bool:
    """Whether somebody in this role is waited for to do this, and not merely allowed to."""
    due = FIRST.get(role, {}).get(command)
    return due is not None and (part is None or due(part, today))
