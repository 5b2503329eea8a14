"""Time: extensions, suspensions, and limits that a new calendar moves."""

from typing import ClassVar

from assignment.commands.basis import FOLLOWERS, HANDLERS, SUPERVISORS, UnitCommand
from contracts.command import Day, Deadline, Flag, Reason, VersionNumber
from contracts.vocabulary import ActorRole


class RequestExtension(UnitCommand):
    """Ask for more time (申请延期)."""

    may: ClassVar[frozenset[ActorRole]] = HANDLERS

    reason: Reason
    until: Deadline
    requested_on: Day


class GrantExtension(UnitCommand):
    """Give a unit more time, until the day it asked for or an earlier one (同意延期)."""

    may: ClassVar[frozenset[ActorRole]] = SUPERVISORS

    due_on: Deadline
    granted_on: Day


class DeclineExtension(UnitCommand):
    """Leave the deadline where it is (不同意延期)."""

    may: ClassVar[frozenset[ActorRole]] = SUPERVISORS

    reason: Reason


class SuspendHandling(UnitCommand):
    """Let the clock stand still (中止办理)."""

    may: ClassVar[frozenset[ActorRole]] = SUPERVISORS

    reason: Reason
    suspended_on: Day


class ResumeHandling(UnitCommand):
    """Let the clock run again (恢复办理); the deadline is later by as many days as it stood.

    `upper_due_on` is the upper level's limit for the whole case, where it has one.
    """

    may: ClassVar[frozenset[ActorRole]] = SUPERVISORS

    resumed_on: Day
    upper_due_on: Deadline | None = None


class MoveDueDate(UnitCommand):
    """Move a deadline that counts working days, because its year has been published."""

    may: ClassVar[frozenset[ActorRole]] = FOLLOWERS

    was_due_on: Deadline
    due_on: Deadline
    provisional: Flag = False
    calendar_version: VersionNumber


class MoveEarlyLimits(UnitCommand):
    """Move the limits for signing and for asking to be released, which count working days too."""

    may: ClassVar[frozenset[ActorRole]] = FOLLOWERS

    was_sign_by: Deadline | None = None
    sign_by: Deadline | None = None
    was_return_until: Deadline | None = None
    return_until: Deadline | None = None
    calendar_version: VersionNumber
