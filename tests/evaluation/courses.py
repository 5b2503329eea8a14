"""Events of a case on their days, for what is asked about who held it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from contracts.assignment import (
    AssignmentClosed,
    AssignmentDispatched,
    AssignmentSigned,
    CaseEnded,
    CaseReopened,
    CoOpinionGiven,
    CoOpinionSentBack,
    CoOpinionWaived,
    DueDateMoved,
    ExtensionGranted,
    HandlingResumed,
    HandlingRoundOpened,
    HandlingSuspended,
    ReplyIssued,
    ResultClassChanged,
    ReturnDeclined,
    ReturnGranted,
    ReturnRequested,
    RoleChanged,
)
from contracts.evaluation import ReplyRated
from contracts.event import Event
from contracts.holding import CaseSteps, Step
from contracts.intake import ProposalFiled
from contracts.vocabulary import Role, Satisfaction

LEAD, CO, OTHER = "区教育局", "区财政局", "区城管局"
ID = "2024-1"
NOON = datetime(2024, 5, 10, 4, tzinfo=UTC)

Told = tuple[str, Event]
Line = tuple[str, str, str, str, int, bool]


def day(month_day: str) -> date:
    return date.fromisoformat(f"2024-{month_day}")


def filed() -> Event:
    return ProposalFiled(proposal_id=ID, year=2024, number="1", title="关于……")


def dispatched(
    unit: str = LEAD, role: Role = Role.SOLE, *, own: bool = True, reporting: bool = True
) -> Event:
    return AssignmentDispatched(
        proposal_id=ID,
        unit=unit,
        year=2024,
        number="1",
        role=role,
        own=own,
        reporting=reporting,
        dispatched_on=day("03-01"),
        due_on=day("05-31"),
        due_rule="",
    )


def signed(unit: str = LEAD) -> Event:
    return AssignmentSigned(proposal_id=ID, unit=unit, signed_on=day("03-04"))


def replied(result_class: str = "A", unit: str = LEAD, handling_round: int = 1) -> Event:
    return ReplyIssued(
        proposal_id=ID,
        unit=unit,
        handling_round=handling_round,
        role=Role.SOLE,
        document_number="1",
        result_class=result_class,
        contact_person="李老师",
        issued_on=day("05-10"),
    )


def rated(satisfaction: Satisfaction = Satisfaction.SATISFIED, unit: str = LEAD) -> Event:
    return ReplyRated(
        proposal_id=ID,
        unit=unit,
        handling_round=1,
        satisfaction=satisfaction,
        rated_on=day("05-20"),
    )


def returning(unit: str = LEAD) -> Event:
    return ReturnRequested(
        proposal_id=ID, unit=unit, reason="", suggested_unit=OTHER, requested_on=day("03-02")
    )


def granted(unit: str = LEAD) -> Event:
    return ReturnGranted(proposal_id=ID, unit=unit, granted_on=day("03-02"))


def declined(unit: str = LEAD) -> Event:
    return ReturnDeclined(proposal_id=ID, unit=unit, reason="")


def opinion(unit: str = CO) -> Event:
    return CoOpinionGiven(proposal_id=ID, unit=unit, given_on=day("04-01"))


def opinion_sent_back(unit: str = CO) -> Event:
    return CoOpinionSentBack(
        proposal_id=ID, unit=unit, by_unit=LEAD, reason="不具体", sent_back_on=day("04-05")
    )


def waived(unit: str = CO) -> Event:
    return CoOpinionWaived(proposal_id=ID, unit=unit, reason="")


def again() -> Event:
    return HandlingRoundOpened(proposal_id=ID, unit=LEAD, handling_round=2, opened_on=day("05-20"))


def closed() -> Event:
    return AssignmentClosed(proposal_id=ID, unit=LEAD, closed_on=day("06-03"))


def ended() -> Event:
    return CaseEnded(proposal_id=ID, reason="withdrawn")


def opened_again() -> Event:
    return CaseReopened(proposal_id=ID, reason="the merge was undone")


def extended(due_on: str) -> Event:
    return ExtensionGranted(proposal_id=ID, unit=LEAD, due_on=day(due_on), granted_on=day("05-02"))


def moved(due_on: str) -> Event:
    return DueDateMoved(
        proposal_id=ID,
        unit=LEAD,
        due_on=day(due_on),
        was_due_on=day("05-31"),
        provisional=False,
        calendar_version=2,
    )


def suspended(unit: str = LEAD) -> Event:
    return HandlingSuspended(
        proposal_id=ID, unit=unit, reason="待规划批复", suspended_on=day("03-10")
    )


def resumed(due_on: str = "06-20", unit: str = LEAD) -> Event:
    return HandlingResumed(proposal_id=ID, unit=unit, resumed_on=day("03-30"), due_on=day(due_on))


def reclassed(result_class: str) -> Event:
    return ResultClassChanged(
        proposal_id=ID,
        unit=LEAD,
        was="A",
        result_class=result_class,
        reason="复核",
        changed_on=day("06-30"),
    )


def leading(unit: str = LEAD) -> Event:
    return RoleChanged(proposal_id=ID, unit=unit, role=Role.LEAD)


def steps_of(told: Sequence[Told], live_at: datetime | None = None) -> list[Step]:
    return [Step(event, day(on), n, live_at) for n, (on, event) in enumerate(told, start=1)]


WHOLE = [
    ("02-20", filed()),
    ("03-01", dispatched()),
    ("03-04", signed()),
    ("05-10", replied()),
    ("05-20", rated()),
    ("06-03", closed()),
]


def case_of(told: Sequence[Told], number: str = "1", live_at: datetime | None = None) -> CaseSteps:
    return CaseSteps(f"2024-{number}", 2024, number, "关于……", steps_of(told, live_at))
