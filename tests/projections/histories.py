"""Makes histories of a district, sensible or not: read models have to take whatever is in the log."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from hypothesis import strategies as st

from contracts.assignment import (
    AssignmentClosed,
    AssignmentDispatched,
    AssignmentSigned,
    CaseEnded,
    CoOpinionGiven,
    HandlingRoundOpened,
    ReturnGranted,
)
from contracts.evaluation import FigureClaimed
from contracts.event import Event
from contracts.identity import Actor
from contracts.importing import ClueAdopted
from contracts.intake import ProposalFiled, ProposalMerged, ProposalReceived
from contracts.marking import ProposalMarkedKey
from contracts.vocabulary import (
    ActorRole,
    ProposalForm,
    Role,
)
from eventlog import EventLog, NewEvent, Write
from eventlog.recorded import Circumstances, CommandNote, Provenance, new_event
from tests.projections.any_event import NAMES, events

D = "longgang"
FIRST = datetime(2024, 3, 1, 1, tzinfo=UTC)


def an_opening() -> list[Event]:
    """Three proposals, each in the hands of two units: what happens later then changes something."""
    opening: list[Event] = []
    for nth, name in zip("123", NAMES, strict=False):
        form = ProposalForm.JOINT
        opening.append(
            ProposalReceived(proposal_id=nth, year=2024, title="t", form=form, proposers=(name,))
        )
        for unit, role in (("教育局", Role.LEAD), ("水务局", Role.CO)):
            opening.append(
                AssignmentDispatched(
                    proposal_id=nth,
                    unit=unit,
                    year=2024,
                    number=nth,
                    role=role,
                    own=True,
                    reporting=True,
                    dispatched_on=date(2024, 3, 1),
                    due_on=date(2024, 6, 1),
                    due_rule="r",
                )
            )
    return opening


histories = st.lists(events, min_size=1, max_size=60).map(lambda later: an_opening() + later)


def _a_course() -> list[Event]:
    part = {"proposal_id": "1", "unit": "教育局"}
    co = {"proposal_id": "1", "unit": "水务局"}
    day = date(2024, 4, 5)
    return [
        ProposalFiled(proposal_id="1", year=2024, number="0001", title="t"),
        ProposalMarkedKey(proposal_id="1"),
        AssignmentSigned(**part, signed_on=day),
        CoOpinionGiven(**co, given_on=day),
        HandlingRoundOpened(**part, handling_round=2, opened_on=day),
        ProposalMerged(proposal_id="2", into_proposal_id="1", proposers=()),
        CaseEnded(proposal_id="2", reason="并案"),
        ReturnGranted(proposal_id="3", unit="教育局", granted_on=day),
        ClueAdopted(year=2024, number="7", title="线索", unit="教育局", adopted_on=day),
        FigureClaimed(year=2024, figure="total", claimed=Decimal(3), source="s"),
        AssignmentClosed(**co, closed_on=day),
    ]


A_COURSE = an_opening() + _a_course()


def written(history: Sequence[Event], district: str = D) -> list[NewEvent]:
    """The events as they go into the log: recorded a minute apart, every third one by a proposer."""
    versions: Counter[str] = Counter()
    new_events: list[NewEvent] = []
    for index, event in enumerate(history):
        versions[event.stream] += 1
        role = ActorRole.SUPERVISION if index % 3 else ActorRole.PROPOSER
        actor = Actor(subject=f"subject-{index}", name="甲", role=role, district=district)
        circumstances = Circumstances(
            service=event.type.split(".")[1],
            district=district,
            happened_at=_happened_at(event, index),
            recorded_at=FIRST + timedelta(minutes=index),
            provenance=Provenance(actor=actor, correlation_id=UUID(int=index)),
            command=CommandNote(UUID(int=index), 1),
        )
        new_events.append(
            new_event(
                event,
                event_id=uuid4(),
                version=versions[event.stream],
                circumstances=circumstances,
            )
        )
    return new_events


def _happened_at(event: Event, index: int) -> datetime:
    day = event.happened_on
    if day is None:
        return FIRST + timedelta(minutes=index)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


async def record(log: EventLog, history: Sequence[Event], district: str = D) -> None:
    for event in written(history, district):
        await log.append(district, [Write([event])])


async def record_at_once(log: EventLog, history: Sequence[Event], district: str = D) -> None:
    """As `record`, in one transaction."""
    if history:
        await log.append(district, [Write(written(history, district))])
