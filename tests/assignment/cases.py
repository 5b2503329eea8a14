"""A case to tell stories about: what has happened in it, and what may be asked in it."""

from datetime import UTC, date, datetime
from typing import Any

from assignment.commands import (
    CloseAssignment,
    DeclineReturn,
    DispatchCase,
    EndCase,
    GiveCoOpinion,
    GrantReturn,
    IssueReply,
    OpenHandlingRound,
    Part,
    RecordContact,
    ReopenCase,
    RequestReturn,
    SignAssignment,
    WaiveCoOpinion,
)
from assignment.decisions import decide
from assignment.state import INITIAL, evolve
from contracts.assignment import (
    AssignmentClosed,
    AssignmentDispatched,
    AssignmentSigned,
    CaseEnded,
    ContactRecorded,
    CoOpinionGiven,
    CoOpinionWaived,
    HandlingRoundOpened,
    ReplyIssued,
    ReturnDeclined,
    ReturnGranted,
    ReturnRequested,
)
from contracts.vocabulary import ContactManner, ContactStage, Openness, Role
from eventlog.testing import Rules

given = Rules(decide, evolve, INITIAL).given

AT = datetime(2024, 9, 30, 9, tzinfo=UTC)
CASE = "20240104"
EDUCATION, FINANCE, HEALTH, HOUSING = "区教育局", "区财政局", "区卫生健康局", "区住房建设局"
CITY_BUREAU = "市教育局"


def on(month: int, day: int) -> date:
    return date(2024, month, day)


DISPATCHED_ON, SIGNED_ON, CONTACTED_ON = on(3, 1), on(3, 4), on(3, 12)
ASKED_ON, RELEASED_ON = on(3, 6), on(3, 8)
OPINION_ON, REPLIED_ON, REOPENED_ON, CLOSED_ON = on(3, 25), on(5, 20), on(6, 10), on(6, 20)
CO_DUE_ON, DUE_ON, NEW_DUE_ON = on(4, 1), on(6, 1), on(6, 8)


def dispatched(
    unit: str = EDUCATION, role: Role = Role.LEAD, **changes: Any
) -> AssignmentDispatched:
    told: dict[str, Any] = {
        "proposal_id": CASE,
        "unit": unit,
        "year": 2024,
        "number": CASE,
        "role": role,
        "own": True,
        "reporting": role is not Role.CO,
        "dispatched_on": DISPATCHED_ON,
        "due_on": CO_DUE_ON if role is Role.CO else DUE_ON,
        "due_rule": "sample",
    }
    return AssignmentDispatched(**told | changes)


def part(unit: str = EDUCATION, role: Role = Role.LEAD, **changes: Any) -> Part:
    told: dict[str, Any] = {
        "unit": unit,
        "role": role,
        "due_on": CO_DUE_ON if role is Role.CO else DUE_ON,
        "due_rule": "sample",
    }
    return Part(**told | changes)


def dispatch(*parts: Part, **changes: Any) -> DispatchCase:
    told: dict[str, Any] = {
        "at": AT,
        "proposal_id": CASE,
        "year": 2024,
        "number": CASE,
        "assignments": parts,
        "dispatched_on": DISPATCHED_ON,
    }
    return DispatchCase(**told | changes)


def signed(unit: str = EDUCATION, day: date = SIGNED_ON) -> AssignmentSigned:
    return AssignmentSigned(proposal_id=CASE, unit=unit, signed_on=day)


def sign(unit: str = EDUCATION, day: date = SIGNED_ON, at: datetime = AT) -> SignAssignment:
    return SignAssignment(at=at, proposal_id=CASE, unit=unit, signed_on=day)


def asked(unit: str = EDUCATION, suggested: str = HOUSING) -> ReturnRequested:
    return ReturnRequested(
        proposal_id=CASE,
        unit=unit,
        reason="不属于本单位职责",
        suggested_unit=suggested,
        requested_on=ASKED_ON,
    )


def ask(unit: str = EDUCATION, **changes: Any) -> RequestReturn:
    told: dict[str, Any] = {
        "at": AT,
        "proposal_id": CASE,
        "unit": unit,
        "reason": "不属于本单位职责",
        "suggested_unit": HOUSING,
        "requested_on": ASKED_ON,
    }
    return RequestReturn(**told | changes)


def granted(unit: str = EDUCATION) -> ReturnGranted:
    return ReturnGranted(proposal_id=CASE, unit=unit, granted_on=RELEASED_ON)


def grant(unit: str = EDUCATION, new_unit: str = HOUSING, **changes: Any) -> GrantReturn:
    told: dict[str, Any] = {
        "at": AT,
        "proposal_id": CASE,
        "unit": unit,
        "new_unit": new_unit,
        "due_on": NEW_DUE_ON,
        "due_rule": "sample",
        "granted_on": RELEASED_ON,
    }
    return GrantReturn(**told | changes)


def passed_on(unit: str = HOUSING, role: Role = Role.LEAD, **changes: Any) -> AssignmentDispatched:
    return dispatched(unit, role, dispatched_on=RELEASED_ON, due_on=NEW_DUE_ON, **changes)


def declined(unit: str = EDUCATION) -> ReturnDeclined:
    return ReturnDeclined(proposal_id=CASE, unit=unit, reason="属于该单位职责")


def decline(unit: str = EDUCATION, reason: str = "属于该单位职责") -> DeclineReturn:
    return DeclineReturn(at=AT, proposal_id=CASE, unit=unit, reason=reason)


def contacted(
    unit: str = EDUCATION,
    day: date = CONTACTED_ON,
    stage: ContactStage = ContactStage.BEFORE,
    manner: ContactManner = ContactManner.VISIT,
) -> ContactRecorded:
    return ContactRecorded(
        proposal_id=CASE, unit=unit, stage=stage, manner=manner, contacted_on=day
    )


def told_contact(
    unit: str = EDUCATION, day: date = CONTACTED_ON, stage: ContactStage = ContactStage.BEFORE
) -> ContactRecorded:
    """A contact as a ledger tells of it: without its manner."""
    return contacted(unit, day, stage, ContactManner.NOT_STATED)


def contact(
    unit: str = EDUCATION, day: date = CONTACTED_ON, stage: ContactStage = ContactStage.BEFORE
) -> RecordContact:
    return RecordContact(
        at=AT,
        proposal_id=CASE,
        unit=unit,
        stage=stage,
        manner=ContactManner.VISIT,
        contacted_on=day,
    )


def opinion(unit: str = FINANCE, day: date = OPINION_ON) -> CoOpinionGiven:
    return CoOpinionGiven(proposal_id=CASE, unit=unit, given_on=day)


def give_opinion(unit: str = FINANCE, day: date = OPINION_ON) -> GiveCoOpinion:
    return GiveCoOpinion(at=AT, proposal_id=CASE, unit=unit, given_on=day)


def waived(unit: str = FINANCE) -> CoOpinionWaived:
    return CoOpinionWaived(proposal_id=CASE, unit=unit, reason="与该单位职责无关")


def waive(unit: str = FINANCE, reason: str = "与该单位职责无关") -> WaiveCoOpinion:
    return WaiveCoOpinion(at=AT, proposal_id=CASE, unit=unit, reason=reason)


def replied(
    unit: str = EDUCATION, role: Role = Role.LEAD, day: date = REPLIED_ON, **changes: Any
) -> ReplyIssued:
    told: dict[str, Any] = {
        "proposal_id": CASE,
        "unit": unit,
        "handling_round": 1,
        "role": role,
        "document_number": "深龙教函〔2024〕31号",
        "result_class": "A",
        "openness": Openness.PUBLIC,
        "contact_person": "王五",
        "issued_on": day,
    }
    return ReplyIssued(**told | changes)


def reply(unit: str = EDUCATION, day: date = REPLIED_ON, **changes: Any) -> IssueReply:
    told: dict[str, Any] = {
        "at": AT,
        "proposal_id": CASE,
        "unit": unit,
        "document_number": "深龙教函〔2024〕31号",
        "result_class": "A",
        "openness": Openness.PUBLIC,
        "contact_person": "王五",
        "issued_on": day,
    }
    return IssueReply(**told | changes)


def reopened(unit: str = EDUCATION, handling_round: int = 2) -> HandlingRoundOpened:
    return HandlingRoundOpened(
        proposal_id=CASE, unit=unit, handling_round=handling_round, opened_on=REOPENED_ON
    )


def reopen(unit: str = EDUCATION, handling_round: int = 2) -> OpenHandlingRound:
    return OpenHandlingRound(
        at=AT, proposal_id=CASE, unit=unit, handling_round=handling_round, opened_on=REOPENED_ON
    )


def closed(unit: str = EDUCATION, day: date = CLOSED_ON) -> AssignmentClosed:
    return AssignmentClosed(proposal_id=CASE, unit=unit, closed_on=day)


def close(unit: str = EDUCATION) -> CloseAssignment:
    return CloseAssignment(at=AT, proposal_id=CASE, unit=unit, closed_on=CLOSED_ON)


ended = CaseEnded(proposal_id=CASE, reason="撤案：已另行解决")
end = EndCase(at=AT, proposal_id=CASE, reason="撤案：已另行解决")
reopen_case = ReopenCase(at=AT, proposal_id=CASE, reason="并案撤销")
