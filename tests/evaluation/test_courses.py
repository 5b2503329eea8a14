"""The events of a case out of the log's own bytes: their days, and which of them were recorded live."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from contracts.assignment import (
    AssignmentDispatched,
    CoOpinionSentBack,
    DueDateMoved,
    ExtensionGranted,
    HandlingResumed,
    HandlingSuspended,
    ResultClassChanged,
    ReturnDeclined,
    RoleChanged,
)
from contracts.evaluation import ReplyRated
from contracts.event import Event
from contracts.identity import Actor
from contracts.intake import ProposalFiled, ProposalReceived
from contracts.numbering import CaseNumberCorrected
from contracts.vocabulary import ActorRole, ProposalForm, Role, Satisfaction
from evaluation.projections.courses import IN_MEMORY, course_of, courses_of_year
from eventlog.readmodels import apply
from eventlog.recorded import Circumstances, CommandNote, Provenance, new_event
from eventlog.replaying import Remembered

LATE_AT_NIGHT = datetime(2024, 3, 1, 16, 30, tzinfo=UTC)
RECORDED = LATE_AT_NIGHT + timedelta(seconds=1)
ID, UNIT = "2024-1", "区教育局"

FILED = ProposalFiled(proposal_id=ID, year=2024, number="1", title="关于……")
DISPATCHED = AssignmentDispatched(
    proposal_id=ID,
    unit=UNIT,
    year=2024,
    number="1",
    role=Role.SOLE,
    own=True,
    reporting=True,
    dispatched_on=date(2024, 2, 1),
    due_on=date(2024, 5, 1),
    due_rule="",
)
RATED = ReplyRated(
    proposal_id=ID,
    unit=UNIT,
    handling_round=1,
    satisfaction=Satisfaction.SATISFIED,
    rated_on=date(2024, 4, 1),
)


def replayed(events: Sequence[tuple[Event, str | None]]) -> Remembered:
    """The rows after these events, each with the ledger that attests it."""
    clerk = Actor(subject="clerk", name="王科长", role=ActorRole.SUPERVISION, district="*")
    rows = Remembered()
    written = []
    for position, (event, ledger) in enumerate(events, start=1):
        provenance = Provenance(clerk, UUID(int=1), attested_by=ledger)
        circumstances = Circumstances(
            "evaluation",
            "longgang",
            LATE_AT_NIGHT,
            RECORDED,
            provenance,
            CommandNote(UUID(int=2), 1),
        )
        one = new_event(
            event, event_id=UUID(int=position), version=position, circumstances=circumstances
        )
        written.append((position, one.type, one.body))
    apply(IN_MEMORY.read(written), rows)
    return rows


async def test_a_day_is_the_one_an_event_names_or_that_of_its_moment_in_china() -> None:
    declined = ReturnDeclined(proposal_id=ID, unit=UNIT, reason="")
    case = await course_of(replayed([(FILED, None), (DISPATCHED, None), (declined, None)]), ID)
    assert case is not None
    assert [step.day for step in case.steps] == [
        date(2024, 3, 2),
        date(2024, 2, 1),
        date(2024, 3, 2),
    ]
    assert [step.position for step in case.steps] == [1, 2, 3]


async def test_only_what_was_recorded_as_it_happened_has_a_moment() -> None:
    by_proxy = RATED.model_copy(update={"by_proxy": True, "scan": "评价表.pdf"})
    above = RATED.model_copy(update={"upper_name": "深圳市"})
    told = [(RATED, "台账第1行"), (by_proxy, None), (above, None)]
    case = await course_of(replayed([(FILED, None), (RATED, None), *told]), ID)
    assert case is not None
    assert [step.live_at for step in case.steps] == [RECORDED, RECORDED, None, None, None]


async def test_a_case_that_another_place_filed_begins_with_its_dispatch() -> None:
    (case,) = await courses_of_year(replayed([(DISPATCHED, None), (RATED, None)]), 2024)
    assert (case.number, case.title, len(case.steps)) == ("1", "", 2)


async def test_a_corrected_number_names_the_case_and_moves_nothing_in_it() -> None:
    corrected = CaseNumberCorrected(
        proposal_id=ID, year=2024, was="1", number="10", reason="末位漏写"
    )
    told: list[tuple[Event, str | None]] = [(FILED, None), (corrected, None), (DISPATCHED, None)]
    (case,) = await courses_of_year(replayed(told), 2024)
    assert (case.number, [step.position for step in case.steps]) == ("10", [1, 3])


async def test_cases_of_other_years_and_what_only_came_in_are_left_aside() -> None:
    received = ProposalReceived(
        proposal_id="2024-2", year=2024, title="", form=ProposalForm.JOINT, proposers=()
    )
    other = FILED.model_copy(update={"proposal_id": "2023-1", "year": 2023})
    rows = replayed([(received, None), (other, None), (FILED, None)])
    assert [case.proposal_id for case in await courses_of_year(rows, 2024)] == [ID]
    assert await course_of(rows, "2024-2") is None


async def test_what_moves_a_deadline_a_class_a_role_or_an_opinion_is_part_of_the_course() -> None:
    part = {"proposal_id": ID, "unit": UNIT}
    day = date(2024, 4, 1)
    changes: list[Event] = [
        RoleChanged(**part, role=Role.LEAD),
        ExtensionGranted(**part, due_on=day, granted_on=day),
        HandlingSuspended(**part, reason="", suspended_on=day),
        HandlingResumed(**part, resumed_on=day, due_on=day),
        DueDateMoved(**part, due_on=day, was_due_on=day, provisional=False, calendar_version=2),
        CoOpinionSentBack(**part, by_unit=UNIT, reason="", sent_back_on=day),
        ResultClassChanged(**part, was="A", result_class="B", reason="", changed_on=day),
    ]
    rows = replayed([(DISPATCHED, None), *((event, None) for event in changes)])
    case = await course_of(rows, ID)
    assert case is not None
    assert [step.event for step in case.steps[1:]] == changes


def test_a_rating_without_its_case_changes_nothing() -> None:
    assert replayed([(RATED, None)]).size == 0
