"""How time, co-units, drafts and answers change a unit's part."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from assignment.projections.rows import its_part, part_after
from contracts.assignment import (
    CoOpinionAccepted,
    CoOpinionSentBack,
    CoUnitDeclined,
    CoUnitSuggested,
    DraftPassed,
    DraftSentBack,
    DueDateMoved,
    EarlyLimitsMoved,
    ExtensionDeclined,
    ExtensionGranted,
    ExtensionRequested,
    HandlerNamed,
    HandlingResumed,
    HandlingSuspended,
    LowerCaseOpened,
    ReplyDelivered,
    ReplyDrafted,
    ReplyParticularsAdded,
    ReplyPublished,
    ReplySigned,
    ResultClassChanged,
    ReturnEscalated,
    RoleChanged,
)
from contracts.event import Event
from eventlog.readmodels import Origin, Rows, Rule


def _name_handler(event: HandlerNamed, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.handler, part.department = event.handler, event.department or None


def _escalate(event: ReturnEscalated, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.step = event.step.value


def _want(event: CoUnitSuggested, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.wanted = [*part.wanted, {"unit": event.co_unit, "reason": event.reason}]


def _do_without(event: CoUnitDeclined, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.wanted = [each for each in part.wanted if each["unit"] != event.co_unit]


def _change_role(event: RoleChanged, origin: Origin, rows: Rows) -> None:
    """Its wishes for co-units have been met."""
    if part := part_after(event, origin, rows):
        part.role, part.wanted = event.role.value, []


def _open_below(event: LowerCaseOpened, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.lower_district, part.lower_proposal_id = event.lower_district, event.lower_proposal_id


def _send_back(event: CoOpinionSentBack, origin: Origin, rows: Rows) -> None:
    """What counts as completion is the first opinion, as with answers."""
    if part := part_after(event, origin, rows):
        part.state, part.opinion_on = "handling", None
        part.opinion_sent_back = event.reason


def _accept(event: CoOpinionAccepted, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.opinion_accepted_on = event.accepted_on


def _ask_time(event: ExtensionRequested, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.extension_until, part.extension_reason = event.until, event.reason


def _give_time(event: ExtensionGranted, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.due_on = event.due_on
        part.extension_until = part.extension_reason = None


def _refuse_time(event: ExtensionDeclined, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.extension_until = part.extension_reason = None


def _stand_still(event: HandlingSuspended, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.suspended_on, part.suspended_because = event.suspended_on, event.reason


def _go_on(event: HandlingResumed, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.suspended_on = part.suspended_because = None
        part.due_on = event.due_on


def _move(event: DueDateMoved, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.due_on = part.first_due_on = event.due_on
        part.provisional = event.provisional


def _move_early(event: EarlyLimitsMoved, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.sign_by, part.return_until = event.sign_by, event.return_until


def _draft(event: ReplyDrafted, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        told = event.model_dump(mode="json", exclude={"proposal_id", "unit"})
        version = told | {"signed_by": None, "ruling": None, "findings": []}
        part.drafts = [*part.drafts, version]


def _sign(event: ReplySigned, origin: Origin, rows: Rows) -> None:
    _mark(event, origin, rows, {"signed_by": event.signed_by})


def _pass(event: DraftPassed, origin: Origin, rows: Rows) -> None:
    _mark(event, origin, rows, {"ruling": "passed"})


def _return_draft(event: DraftSentBack, origin: Origin, rows: Rows) -> None:
    _mark(event, origin, rows, {"ruling": "sent_back", "findings": list(event.findings)})


def _mark(
    event: ReplySigned | DraftPassed | DraftSentBack,
    origin: Origin,
    rows: Rows,
    mark: dict[str, Any],
) -> None:
    """Write what was said of a version beside it; every version stays."""
    if part := part_after(event, origin, rows):
        part.drafts = [
            each | mark if each["version"] == event.version else each for each in part.drafts
        ]


def _reclassify(event: ResultClassChanged, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.result_class = event.result_class


def _complete_letter(event: ReplyParticularsAdded, origin: Origin, rows: Rows) -> None:
    """Only what was blank: an answer of a later round, given here, says everything itself."""
    if part := part_after(event, origin, rows):
        openness = event.openness.value if event.openness else None
        part.document_number = part.document_number or event.document_number
        part.result_class = part.result_class or event.result_class
        part.openness = part.openness or openness


def _deliver(event: ReplyDelivered, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        told = event.model_dump(mode="json", exclude={"proposal_id", "unit"})
        part.deliveries = [*part.deliveries, told]


def _publish(event: ReplyPublished, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.published_on = event.published_on


HANDLING_RULES: Mapping[type[Event], Rule] = MappingProxyType(
    {
        HandlerNamed: Rule(_name_handler, its_part),
        ReturnEscalated: Rule(_escalate, its_part),
        CoUnitSuggested: Rule(_want, its_part),
        CoUnitDeclined: Rule(_do_without, its_part),
        LowerCaseOpened: Rule(_open_below, its_part),
        RoleChanged: Rule(_change_role, its_part),
        CoOpinionSentBack: Rule(_send_back, its_part),
        CoOpinionAccepted: Rule(_accept, its_part),
        ExtensionRequested: Rule(_ask_time, its_part),
        ExtensionGranted: Rule(_give_time, its_part),
        ExtensionDeclined: Rule(_refuse_time, its_part),
        HandlingSuspended: Rule(_stand_still, its_part),
        HandlingResumed: Rule(_go_on, its_part),
        DueDateMoved: Rule(_move, its_part),
        EarlyLimitsMoved: Rule(_move_early, its_part),
        ReplyDrafted: Rule(_draft, its_part),
        ReplySigned: Rule(_sign, its_part),
        DraftPassed: Rule(_pass, its_part),
        DraftSentBack: Rule(_return_draft, its_part),
        ResultClassChanged: Rule(_reclassify, its_part),
        ReplyParticularsAdded: Rule(_complete_letter, its_part),
        ReplyDelivered: Rule(_deliver, its_part),
        ReplyPublished: Rule(_publish, its_part),
    }
)
