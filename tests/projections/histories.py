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
    Break,
    CaseEnded,
    CaseReopened,
    CommitmentCarriedOver,
    CommitmentFulfilled,
    CommitmentGivenUp,
    CommitmentMade,
    CommitmentSlipped,
    ContactRecorded,
    CoOpinionGiven,
    CoOpinionSentBack,
    CoOpinionWaived,
    DraftSentBack,
    DueDateMoved,
    ExtensionGranted,
    ExtensionRequested,
    HandlingResumed,
    HandlingRoundOpened,
    HandlingSuspended,
    HolidayNoticeAdopted,
    LowerCaseOpened,
    ProposersJoined,
    ReplyDrafted,
    ReplyIssued,
    ReplyPublished,
    ResultClassChanged,
    ResultRecorded,
    ReturnDeclined,
    ReturnGranted,
    ReturnRequested,
    RoleChanged,
    Suggestion,
    SuggestionsListed,
    UnitChased,
    YellowCardIssued,
)
from contracts.evaluation import FigureClaimed, RatingOpened, RehandlingOrdered, ReplyRated
from contracts.event import Event
from contracts.handing_down import HandDownRevoked, ProposalHandedDown
from contracts.identity import Actor
from contracts.intake import (
    CaseNumberAssigned,
    ClueAdopted,
    LedgerRowRecorded,
    ProposalConverted,
    ProposalFiled,
    ProposalMarkedExcellent,
    ProposalMarkedKey,
    ProposalMerged,
    ProposalReceived,
    ProposalRefused,
    ProposalResubmitted,
    ProposalReturned,
    ProposalTookIn,
    ProposalTransferred,
    ProposalUnmarkedKey,
    ProposalWithdrawn,
)
from contracts.ledger import LedgerRow
from contracts.proposing import (
    AttachmentAdded,
    AttachmentRemoved,
    CosignersDropped,
    CosigningDeclined,
    CosigningOpened,
    DraftSaved,
    ProposalCosigned,
    PublicationConsentStated,
)
from contracts.vocabulary import (
    ActorRole,
    ChasingManner,
    ContactManner,
    ContactStage,
    Conversion,
    Duty,
    ItemState,
    Level,
    ProposalForm,
    RefusalReason,
    Role,
    Satisfaction,
)
from eventlog import EventLog, NewEvent, Write
from eventlog.recorded import Circumstances, CommandNote, Provenance, new_event

D = "longgang"
FIRST = datetime(2024, 3, 1, 1, tzinfo=UTC)
NAMES = ("委员甲", "张“三”", "民盟龙岗\n总支", "a'b\\c")

proposals = st.sampled_from(["1", "2", "3"])
units = st.sampled_from(["教育局", "水务局"])
days = st.dates(date(2024, 1, 1), date(2024, 12, 31))
titles = st.sampled_from(["关于甲的建议", '他说"好"', "t\\n\t—"])
rounds = st.integers(1, 3)
years = st.sampled_from([2023, 2024])
case = {"proposal_id": proposals}
part = {"proposal_id": proposals, "unit": units}

ledger_rows = st.builds(
    LedgerRow,
    number=proposals,
    title=titles,
    form=st.sampled_from(ProposalForm),
    proposers=st.just(("甲",)),
    role=st.sampled_from(Role),
    own_units=st.just(("教育局",)),
    dispatched_on=days,
    satisfaction=st.none() | st.sampled_from(Satisfaction),
    rated_on=st.none() | days,
)

events: st.SearchStrategy[Event] = st.one_of(
    st.builds(
        ProposalHandedDown,
        **case,
        year=years,
        upper_name=st.just("深圳市"),
        upper=st.sampled_from([None, "shenzhen"]),
        number=proposals,
        unit=st.just("龙岗区人民政府"),
        role=st.sampled_from(Role),
        dispatched_on=days,
        due_on=days,
    ),
    st.builds(HandDownRevoked, **case, reason=titles, revoked_on=days),
    st.builds(
        LowerCaseOpened,
        **part,
        lower_district=st.just("yantian"),
        lower_proposal_id=proposals,
    ),
    st.builds(RoleChanged, **part, role=st.sampled_from(Role)),
    st.builds(
        ProposalReceived,
        **case,
        year=years,
        title=titles,
        form=st.sampled_from(ProposalForm),
        proposers=st.lists(st.sampled_from(NAMES), max_size=3).map(tuple),
        fabricated=st.booleans(),
    ),
    st.builds(
        DraftSaved,
        **case,
        year=years,
        title=titles,
        form=st.sampled_from(ProposalForm),
        proposers=st.lists(st.sampled_from(NAMES), max_size=3).map(tuple),
        wished_units=st.lists(units, max_size=2).map(tuple),
    ),
    st.builds(CosigningOpened, **case, invited=st.just(NAMES), closes_on=days),
    st.builds(ProposalCosigned, **case, name=st.sampled_from(NAMES)),
    st.builds(CosigningDeclined, **case, name=st.sampled_from(NAMES)),
    st.builds(CosignersDropped, **case, names=st.just(NAMES[:1])),
    st.builds(
        AttachmentAdded,
        **case,
        sha256=titles,
        file_name=titles,
        media_type=titles,
        size_bytes=st.just(7),
    ),
    st.builds(AttachmentRemoved, **case, sha256=titles),
    st.builds(PublicationConsentStated, **case, consents=st.booleans(), consent_reason=titles),
    st.builds(ProposalReturned, **case, reason=titles),
    st.builds(ProposalResubmitted, **case, title=titles, body=titles),
    st.builds(ProposalTookIn, **case, merged_proposal_id=proposals, proposers=st.just(("甲",))),
    st.builds(ProposalUnmarkedKey, **case, unmark_reason=titles),
    st.builds(ProposalMarkedExcellent, **case),
    st.builds(ProposalFiled, **case, year=years, number=proposals, title=titles),
    st.builds(CaseNumberAssigned, **case, year=years, number=proposals),
    st.builds(ProposalMarkedKey, **case),
    st.builds(ProposalRefused, **case, reason=st.sampled_from(RefusalReason), notice=titles),
    st.builds(ProposalMerged, **case, into_proposal_id=proposals, proposers=st.just(("甲",))),
    st.builds(ProposalWithdrawn, **case, reason=titles),
    st.builds(
        LedgerRowRecorded,
        **case,
        year=years,
        row=ledger_rows,
        ledger_name=st.just("l.xlsx"),
        ledger_sha256=st.just("0" * 64),
        sheet=st.just("s"),
        sheet_row=st.just(2),
    ),
    st.builds(ClueAdopted, year=years, number=proposals, title=titles, unit=units, adopted_on=days),
    st.builds(
        AssignmentDispatched,
        **part,
        year=years,
        number=proposals,
        role=st.sampled_from(Role),
        own=st.booleans(),
        reporting=st.booleans(),
        dispatched_on=days,
        due_on=days,
        due_rule=st.just("r"),
        lead_unit=st.none() | units,
    ),
    st.builds(AssignmentSigned, **part, signed_on=days),
    st.builds(ReturnRequested, **part, reason=titles, suggested_unit=units, requested_on=days),
    st.builds(ReturnGranted, **part, granted_on=days),
    st.builds(ReturnDeclined, **part, reason=titles),
    st.builds(
        ContactRecorded,
        **part,
        stage=st.sampled_from(ContactStage),
        manner=st.sampled_from(ContactManner),
        contacted_on=days,
        note=titles,
    ),
    st.builds(CoOpinionGiven, **part, given_on=days),
    st.builds(CoOpinionWaived, **part, reason=titles),
    st.builds(
        ReplyIssued,
        **part,
        handling_round=rounds,
        role=st.sampled_from(Role),
        document_number=titles,
        result_class=st.sampled_from(["A", "B"]),
        contact_person=titles,
        issued_on=days,
    ),
    st.builds(ExtensionRequested, **part, reason=titles, until=days, requested_on=days),
    st.builds(ExtensionGranted, **part, due_on=days, granted_on=days),
    st.builds(HandlingSuspended, **part, reason=titles, suspended_on=days),
    st.builds(HandlingResumed, **part, resumed_on=days, due_on=days),
    st.builds(
        ReplyDrafted,
        **part,
        version=rounds,
        document_number=titles,
        result_class=st.just("A"),
        contact_person=titles,
        drafted_on=days,
    ),
    st.builds(DraftSentBack, **part, version=rounds, findings=st.just(("甲", "b"))),
    st.builds(CommitmentMade, **part, commitment=rounds, text=titles, due_on=days, made_on=days),
    st.builds(CommitmentFulfilled, **part, commitment=rounds, evidence=titles, fulfilled_on=days),
    st.builds(
        CommitmentSlipped, **part, commitment=rounds, reason=titles, due_on=days, slipped_on=days
    ),
    st.builds(CommitmentGivenUp, **part, commitment=rounds, reason=titles, given_up_on=days),
    st.builds(CommitmentCarriedOver, **part, commitment=rounds, into_year=years),
    st.builds(CoOpinionSentBack, **part, by_unit=units, reason=titles, sent_back_on=days),
    st.builds(RoleChanged, **part, role=st.sampled_from(Role)),
    st.builds(
        ResultClassChanged, **part, was=titles, result_class=titles, reason=titles, changed_on=days
    ),
    st.builds(ReplyPublished, **part, handling_round=rounds, published_on=days),
    st.builds(UnitChased, **part, manner=st.sampled_from(ChasingManner), chased_on=days),
    st.builds(
        SuggestionsListed,
        **case,
        suggestions=st.just((Suggestion(number=1, text="甲"), Suggestion(number=2, text="乙"))),
    ),
    st.builds(
        ResultRecorded,
        **part,
        number=rounds,
        answer=titles,
        state=st.sampled_from(ItemState),
        recorded_on=days,
    ),
    st.builds(
        ProposalConverted,
        **case,
        into=st.sampled_from(Conversion),
        passed_to=titles,
        notice=titles,
    ),
    st.builds(
        ProposalTransferred,
        **case,
        level=st.sampled_from(Level),
        receiver=titles,
        transfer_reason=titles,
    ),
    st.builds(
        DueDateMoved,
        **part,
        due_on=days,
        was_due_on=days,
        provisional=st.booleans(),
        calendar_version=rounds,
    ),
    st.builds(
        YellowCardIssued,
        **part,
        duty=st.sampled_from(Duty),
        rule=titles,
        due_on=days,
        raised_on=days,
    ),
    st.builds(ProposersJoined, **case, from_proposal_id=proposals, proposers=st.just(NAMES)),
    st.builds(
        HolidayNoticeAdopted,
        year=years,
        source=titles,
        holidays=st.just((Break(name="节", first=date(2024, 5, 1), last=date(2024, 5, 3)),)),
        worked=st.lists(days, max_size=2).map(tuple),
        version=rounds,
    ),
    st.builds(HandlingRoundOpened, **part, handling_round=rounds, opened_on=days),
    st.builds(AssignmentClosed, **part, closed_on=days),
    st.builds(CaseEnded, **case, reason=titles),
    st.builds(CaseReopened, **case, reason=titles),
    st.builds(RatingOpened, **part, handling_round=rounds, replied_on=days),
    st.builds(
        ReplyRated,
        **part,
        handling_round=rounds,
        satisfaction=st.sampled_from(Satisfaction),
        rated_on=days,
    ),
    st.builds(RehandlingOrdered, **part, handling_round=rounds, ordered_on=days),
    st.builds(
        FigureClaimed,
        year=years,
        figure=st.sampled_from(["total", "score"]),
        claimed=st.decimals(0, 100, places=2).map(Decimal),
        source=titles,
    ),
)


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
