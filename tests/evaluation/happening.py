"""What happened in a year, as events in the log's own bytes, and the facts that come of them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from contracts.assignment import (
    AssignmentDispatched,
    AssignmentSigned,
    ContactRecorded,
    ReplyIssued,
)
from contracts.event import Event
from contracts.identity import Actor
from contracts.intake import ProposalFiled, ProposalReceived
from contracts.vocabulary import (
    ActorRole,
    ContactManner,
    ContactStage,
    Openness,
    ProposalForm,
    Role,
)
from evaluation.projections.reading import YearFacts, facts_of_year
from evaluation.projections.scores import SCORES
from eventlog.readmodels import apply
from eventlog.recorded import Circumstances, CommandNote, Provenance, new_event
from eventlog.replaying import Remembered

CLERK = Actor(subject="clerk", name="王科长", role=ActorRole.SUPERVISION, district="longgang")
AT = datetime(2024, 3, 29, 1, tzinfo=UTC)
EDUCATION, WATER = "区教育局", "区水务局"


def filed(number: str, form: ProposalForm = ProposalForm.INDIVIDUAL) -> list[Event]:
    return [
        ProposalReceived(proposal_id=number, year=2024, title="题", form=form, proposers=("甲",)),
        ProposalFiled(proposal_id=number, year=2024, number=number, title="题"),
    ]


def dispatched(
    number: str,
    unit: str = EDUCATION,
    role: Role = Role.LEAD,
    *,
    reporting: bool = True,
    sign_by: date = date(2024, 4, 8),
) -> Event:
    return AssignmentDispatched(
        proposal_id=number,
        unit=unit,
        year=2024,
        number=number,
        role=role,
        own=True,
        reporting=reporting,
        dispatched_on=date(2024, 3, 29),
        due_on=date(2024, 6, 30),
        due_rule="shenzhen-2024/limits.lead",
        sign_by=sign_by,
    )


def signed(number: str, unit: str = EDUCATION, day: date = date(2024, 4, 2)) -> Event:
    return AssignmentSigned(proposal_id=number, unit=unit, signed_on=day)


def contacted(
    number: str,
    stage: ContactStage = ContactStage.BEFORE,
    manner: ContactManner = ContactManner.VISIT,
    day: date = date(2024, 4, 8),
) -> Event:
    return ContactRecorded(
        proposal_id=number, unit=EDUCATION, stage=stage, manner=manner, contacted_on=day
    )


def answered(
    number: str,
    result_class: str = "A",
    openness: Openness | None = Openness.PUBLIC,
    handling_round: int = 1,
    day: date = date(2024, 6, 20),
) -> Event:
    return ReplyIssued(
        proposal_id=number,
        unit=EDUCATION,
        handling_round=handling_round,
        role=Role.LEAD,
        document_number="深龙教函〔2024〕1号",
        result_class=result_class,
        openness=openness,
        contact_person="李工",
        issued_on=day,
    )


async def facts_after(*events: Event, imported: bool = False) -> YearFacts:
    """The facts of 2024 after these events, recorded live or told of by a ledger."""
    rows = Remembered()
    apply(SCORES.read(_bytes_of(events, attested_by="台账.xlsx" if imported else None)), rows)
    return await facts_of_year(rows, 2024)


def _bytes_of(events: Sequence[Event], attested_by: str | None) -> list[tuple[int, str, bytes]]:
    circumstances = Circumstances(
        service="evaluation",
        district="longgang",
        happened_at=AT,
        recorded_at=AT,
        provenance=Provenance(actor=CLERK, correlation_id=UUID(int=0), attested_by=attested_by),
        command=CommandNote(UUID(int=0), 1),
    )
    written = [
        new_event(event, event_id=UUID(int=nth), version=nth, circumstances=circumstances)
        for nth, event in enumerate(events, start=1)
    ]
    return [(position, each.type, each.body) for position, each in enumerate(written, start=1)]
