"""What moves the limits of an assignment: extensions, suspensions, and a calendar that came out."""

from datetime import date
from typing import ClassVar

from contracts.assignment.basis import AssignmentEvent


class ExtensionRequested(AssignmentEvent):
    """The unit asked for more time (申请延期), until a day and for a reason."""

    type: ClassVar[str] = "tian.assignment.extension_requested.v1"
    dated_by: ClassVar[str | None] = "requested_on"

    reason: str
    until: date
    requested_on: date


class ExtensionGranted(AssignmentEvent):
    """The unit has more time; `due_on` is its deadline from now on."""

    type: ClassVar[str] = "tian.assignment.extension_granted.v1"
    dated_by: ClassVar[str | None] = "granted_on"

    due_on: date
    granted_on: date


class ExtensionDeclined(AssignmentEvent):
    """The deadline stays where it is."""

    type: ClassVar[str] = "tian.assignment.extension_declined.v1"

    reason: str


class HandlingSuspended(AssignmentEvent):
    """The clock stands still (中止办理) until handling is resumed."""

    type: ClassVar[str] = "tian.assignment.handling_suspended.v1"
    dated_by: ClassVar[str | None] = "suspended_on"

    reason: str
    suspended_on: date


class HandlingResumed(AssignmentEvent):
    """The clock runs again; `due_on` is later by the days that it stood still.

    For a case that was taken back it follows from the limit of the level above.
    """

    type: ClassVar[str] = "tian.assignment.handling_resumed.v1"
    dated_by: ClassVar[str | None] = "resumed_on"

    resumed_on: date
    due_on: date


class DueDateMoved(AssignmentEvent):
    """A newer version of the calendar moved a deadline that counts working days."""

    type: ClassVar[str] = "tian.assignment.due_date_moved.v1"

    due_on: date
    was_due_on: date
    provisional: bool
    calendar_version: int


class EarlyLimitsMoved(AssignmentEvent):
    """A newer version of the calendar moved the limit for signing, for asking to be released, or both.

    `sign_by` and `return_until` hold from now on; the one that did not move is as it was.
    """

    type: ClassVar[str] = "tian.assignment.early_limits_moved.v1"

    sign_by: date | None = None
    was_sign_by: date | None = None
    return_until: date | None = None
    was_return_until: date | None = None
    calendar_version: int
