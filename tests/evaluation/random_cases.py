"""The course of one random case: who gets it, what is done with it, and how its answers are rated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from contracts.assignment import (
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
    RoleChanged,
)
from contracts.evaluation import RatingOpened, RehandlingOrdered, ReplyRated
from contracts.event import Event
from contracts.intake import (
    ProposalFiled,
    ProposalMerged,
    ProposalReceived,
    ProposalRefused,
    ProposalWithdrawn,
)
from contracts.vocabulary import (
    CollectiveKind,
    ContactManner,
    ContactStage,
    Openness,
    ProposalForm,
    RefusalReason,
    Role,
    Satisfaction,
)
from tests.evaluation.random_changes import (
    Promises,
    any_category,
    categorised,
    chases,
    class_changed,
    completed,
    draft_sent_back,
    key_marks,
    merge_undone,
    moved_deadlines,
    number_corrected,
    opinion_sent_back,
    passed_on,
    published,
    results,
    suggestions,
)

UNITS = ("区教育局", "区水务局", "区住房建设局", "区民政局", "平湖街道", "坂田街道", "区卫生健康局")
MEMBERS = ("委员甲", "委员乙", "委员丙", "委员丁")
CLASSES = ("A", "A", "A", "B", "C", "D", "E", "")


@dataclass(frozen=True)
class Habits:
    """How often each thing happens in a year, each a share from 0 to 1."""

    imported: float
    refused: float
    merged: float
    withdrawn: float
    returned: float
    of_the_year_before: float
    key: float
    late: float
    open: float
    unrated: float
    dissatisfied: float
    rerated: float
    vague: float
    waived: float
    moved: float
    reclassed: float
    promising: float
    taken_back: float
    passed_on: float
    sent_back: float
    uncategorised: float
    undone: float


@dataclass
class Course:
    """What happened to one proposal, in order, and whether a ledger told of it."""

    imported: bool
    events: list[Event] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """A unit with its part in a case, and the days between which it works on it."""

    unit: str
    role: Role
    reporting: bool
    dispatched_on: date
    due_on: date


def course_of(random: Random, habits: Habits, nth: int, year: int) -> Course:
    proposal_id = f"{year}-{nth:04}"
    course = Course(imported=random.random() < habits.imported)
    received = ProposalReceived(
        proposal_id=proposal_id,
        year=year,
        title=f"关于第 {nth} 件事的建议",
        form=random.choice(list(ProposalForm)),
        proposers=tuple(random.sample(MEMBERS, random.randint(1, 3))),
        collective=random.choice((None, None, *CollectiveKind)),
        category=any_category(random, habits.uncategorised),
    )
    course.events.append(received)
    course.events += completed(random, proposal_id)
    if elsewhere := passed_on(random, habits.passed_on, proposal_id):
        course.events += elsewhere
        return course
    if random.random() < habits.refused:
        refusal = random.choice(list(RefusalReason))
        course.events.append(
            ProposalRefused(proposal_id=proposal_id, reason=refusal, notice="不予立案")
        )
        return course
    number = f"{year}{nth:04}"
    course.events.append(
        ProposalFiled(
            proposal_id=proposal_id,
            year=year,
            number=number,
            title=received.title,
            category=any_category(random, habits.uncategorised),
        )
    )
    course.events += number_corrected(proposal_id, number, nth)
    if random.random() < habits.key:
        course.events += key_marks(random, habits.taken_back, proposal_id)
    course.events += categorised(random, proposal_id)
    course.events += suggestions(random, proposal_id)
    handled = Handling(random, habits, proposal_id, number, year, imported=course.imported)
    done = list(handled.events())
    ending = _ending(random, habits, proposal_id)
    if not ending:
        course.events += done
        return course
    until = random.randint(0, len(done))
    course.events += done[:until] + ending
    if isinstance(ending[0], ProposalMerged) and random.random() < habits.undone:
        course.events += merge_undone(ending[0]) + done[until:]
    return course


def _ending(random: Random, habits: Habits, proposal_id: str) -> list[Event]:
    ended = CaseEnded(proposal_id=proposal_id, reason="不再办理")
    if random.random() < habits.merged:
        into = f"{proposal_id[:4]}-0000"
        merged = ProposalMerged(proposal_id=proposal_id, into_proposal_id=into, proposers=("乙",))
        return [merged, ended]
    if random.random() < habits.withdrawn:
        return [ProposalWithdrawn(proposal_id=proposal_id, reason="已解决"), ended]
    return []


@dataclass(frozen=True)
class Handling:
    """The handling of one case by all of its units."""

    random: Random
    habits: Habits
    proposal_id: str
    number: str
    year: int
    imported: bool
    promises: Promises = field(default_factory=Promises)

    def events(self) -> Iterator[Event]:
        if self.is_so(self.habits.open / 4):
            return
        dispatched_on = date(self.year, 3, 1) + timedelta(self.random.randint(0, 60))
        parts = list(self.parts(dispatched_on))
        yield from (self.dispatched(part) for part in parts)
        for part in parts:
            returned = list(self.returned(part)) if self.is_so(self.habits.returned) else []
            yield from returned
            if not isinstance(returned[-1] if returned else None, ReturnGranted):
                yield from self.worked_on(part)

    def is_so(self, share: float) -> bool:
        return self.random.random() < share

    def parts(self, dispatched_on: date) -> Iterator[Part]:
        units = self.random.sample(UNITS, self.random.randint(2, 5))
        layout = self.random.choice(("sole", "lead", "lead", "split", "co", "co"))
        roles: Sequence[tuple[Role, bool]] = {
            "sole": [(Role.SOLE, True)],
            "lead": [(Role.LEAD, True), *[(Role.CO, False)] * 4],
            "split": [(Role.SPLIT, True)] * 2 + [(Role.CO, False)],
            "co": [(Role.CO, True)] * self.random.randint(1, 2),
        }[layout]
        for unit, (role, reporting) in zip(units, roles, strict=False):
            limit = timedelta(self.random.randint(20, 120))
            yield Part(unit, role, reporting, dispatched_on, dispatched_on + limit)

    def dispatched(self, part: Part) -> Event:
        return AssignmentDispatched(
            proposal_id=self.proposal_id,
            unit=part.unit,
            year=self.year,
            number=self.number,
            role=part.role,
            own=True,
            reporting=part.reporting,
            dispatched_on=part.dispatched_on,
            due_on=part.due_on,
            due_rule="ledger",
            sign_by=self.sign_by(part),
        )

    def sign_by(self, part: Part) -> date | None:
        """What a ledger tells of has no such day, nor where the rulebook of the dispatch set none."""
        if self.imported or self.is_so(0.3):
            return None
        return part.dispatched_on + timedelta(self.random.randint(1, 12))

    def returned(self, part: Part) -> Iterator[Event]:
        """The unit asks to be released, and stays, goes, or goes and gets the case back."""
        day = part.dispatched_on + timedelta(3)
        if self.is_so(self.habits.promising):
            yield self.promises.made(self.random, self.proposal_id, part.unit, day)
        yield AssignmentSigned(proposal_id=self.proposal_id, unit=part.unit, signed_on=day)
        yield ReturnRequested(
            proposal_id=self.proposal_id,
            unit=part.unit,
            reason="不属职责",
            suggested_unit="区民政局",
            requested_on=day,
        )
        if self.is_so(0.4):
            yield ReturnDeclined(proposal_id=self.proposal_id, unit=part.unit, reason="属于职责")
            return
        yield ReturnGranted(proposal_id=self.proposal_id, unit=part.unit, granted_on=day)
        if self.is_so(0.5):
            yield self.dispatched(part)

    def worked_on(self, part: Part) -> Iterator[Event]:
        if not self.is_so(self.habits.vague):
            signed_on = part.dispatched_on + timedelta(self.random.randint(0, 14))
            yield AssignmentSigned(
                proposal_id=self.proposal_id, unit=part.unit, signed_on=signed_on
            )
        yield from self.contacts(part)
        unit = (self.proposal_id, part.unit)
        yield from moved_deadlines(self.random, self.habits.moved, unit, part.due_on)
        if part.role is Role.SOLE and self.is_so(self.habits.moved):
            yield RoleChanged(proposal_id=self.proposal_id, unit=part.unit, role=Role.LEAD)
        yield from chases(self.random, self.habits.sent_back, unit, part.due_on)
        if self.is_so(self.habits.open):
            if part.role is Role.CO and self.is_so(self.habits.waived):
                yield CoOpinionWaived(
                    proposal_id=self.proposal_id, unit=part.unit, reason="意见已口头交换"
                )
            return
        done_on = self.completed_on(part)
        if part.role is Role.CO:
            yield CoOpinionGiven(proposal_id=self.proposal_id, unit=part.unit, given_on=done_on)
            if self.is_so(self.habits.sent_back):
                yield opinion_sent_back(unit, done_on)
        else:
            while self.is_so(self.habits.sent_back / 2):
                yield draft_sent_back(unit)
            while self.is_so(self.habits.promising / 2):
                yield self.promises.made(self.random, self.proposal_id, part.unit, part.due_on)
            yield from results(self.random, unit, done_on)
            yield from self.answered(part, 1, done_on)
            yield from self.promises.followed(self.random, part.unit)

    def completed_on(self, part: Part) -> date:
        left = self.random.randint(-20, -1) if self.is_so(self.habits.late) else None
        spare = left if left is not None else self.random.choice((0, 1, 2, 3, 4, 9, 30))
        return max(part.dispatched_on, part.due_on - timedelta(spare))

    def contacts(self, part: Part) -> Iterator[Event]:
        if part.role is Role.CO or self.is_so(self.habits.vague / 2):
            return
        manners = [ContactManner.NOT_STATED] if self.imported else list(ContactManner)
        for stage in self.random.sample(list(ContactStage), self.random.randint(0, 3)):
            yield ContactRecorded(
                proposal_id=self.proposal_id,
                unit=part.unit,
                stage=stage,
                manner=self.random.choice(manners),
                contacted_on=part.dispatched_on + timedelta(9),
            )

    def answered(self, part: Part, handling_round: int, day: date) -> Iterator[Event]:
        open_to = None if self.imported else self.random.choice(list(Openness))
        yield ReplyIssued(
            proposal_id=self.proposal_id,
            unit=part.unit,
            handling_round=handling_round,
            role=part.role,
            document_number="1号",
            result_class=self.random.choice(CLASSES),
            openness=open_to,
            contact_person="李工",
            issued_on=day,
        )
        if self.is_so(self.habits.reclassed):
            changed = self.random.choice(CLASSES[:-1])
            yield class_changed((self.proposal_id, part.unit), changed, day)
        if open_to is Openness.PUBLIC and self.is_so(0.5):
            yield published((self.proposal_id, part.unit), handling_round, day + timedelta(60))
        yield RatingOpened(
            proposal_id=self.proposal_id,
            unit=part.unit,
            handling_round=handling_round,
            replied_on=day,
        )
        if self.is_so(self.habits.unrated):
            return
        ratings = [self.rating() for _ in range(2 if self.is_so(self.habits.rerated) else 1)]
        for rating in ratings:
            yield ReplyRated(
                proposal_id=self.proposal_id,
                unit=part.unit,
                handling_round=handling_round,
                satisfaction=rating,
                rated_on=day,
                by_proxy=self.is_so(0.3),
            )
        if ratings[-1] is Satisfaction.DISSATISFIED and handling_round < 3:
            again = handling_round + 1
            yield RehandlingOrdered(
                proposal_id=self.proposal_id, unit=part.unit, handling_round=again, ordered_on=day
            )
            yield HandlingRoundOpened(
                proposal_id=self.proposal_id, unit=part.unit, handling_round=again, opened_on=day
            )
            if not self.is_so(self.habits.open):
                yield from self.answered(part, again, day + timedelta(30))

    def rating(self) -> Satisfaction:
        if self.is_so(self.habits.dissatisfied):
            return Satisfaction.DISSATISFIED
        return self.random.choice((Satisfaction.SATISFIED, Satisfaction.BASICALLY_SATISFIED))
