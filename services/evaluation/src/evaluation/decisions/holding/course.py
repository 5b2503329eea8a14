"""The course of a case: which stage it was in from which day to which, unit by unit."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from contracts.assignment import (
    AssignmentClosed,
    AssignmentDispatched,
    AssignmentSigned,
    CaseEnded,
    CaseReopened,
    CoOpinionGiven,
    CoOpinionSentBack,
    CoOpinionWaived,
    HandlingResumed,
    HandlingRoundOpened,
    HandlingSuspended,
    ReplyIssued,
    ReturnDeclined,
    ReturnGranted,
    ReturnRequested,
    RoleChanged,
)
from contracts.evaluation import ReplyRated
from contracts.event import Event
from contracts.holding import Stage, Step, Stretch
from contracts.intake import ProposalFiled
from contracts.vocabulary import Role
from evaluation.decisions.holding.stages import HOLDERS, LABELS_EN

NOBODY = ""

AT_WORK = frozenset({Stage.UNSIGNED, Stage.HANDLING, Stage.WAITING_FOR_OPINIONS})
AS_THINGS_HAPPEN: tuple[type[Event], ...] = (AssignmentSigned, CoOpinionGiven, ReplyIssued)


@dataclass(frozen=True, slots=True)
class _Hold:
    stage: Stage
    since: date
    position: int


@dataclass
class _Course:
    """What a case is waiting for now, by unit, and the stretches that are over.

    A unit that stands still is at no work; what it was at it goes on with when handling is resumed.
    """

    held: dict[str, _Hold] = field(default_factory=dict)
    over: list[Stretch] = field(default_factory=list)
    own: set[str] = field(default_factory=set)
    leads: set[str] = field(default_factory=set)
    opinions_outstanding: set[str] = field(default_factory=set)
    before_return: dict[str, Stage] = field(default_factory=dict)
    before_end: dict[str, Stage] = field(default_factory=dict)
    standing_still: dict[str, Stage] = field(default_factory=dict)

    def move(self, unit: str, stage: Stage | None, step: Step) -> None:
        """Let the unit's part wait for something else from this day on; None for nothing any more."""
        if unit in self.standing_still and stage in AT_WORK:
            self.standing_still[unit], stage = stage, Stage.SUSPENDED
        hold = self.held.get(unit)
        if hold is not None and hold.stage is stage:
            return
        if hold is not None:
            was = hold.stage
            if was is Stage.UNSIGNED and isinstance(step.event, ReplyIssued | CoOpinionGiven):
                was = Stage.UNDIVIDED
            self.over.append(
                _stretch(unit, _Hold(was, hold.since, hold.position), step.day, step.position)
            )
            del self.held[unit]
        if stage is not None:
            self.held[unit] = _Hold(stage, step.day, step.position)

    def work_of(self, unit: str) -> Stage:
        """What the unit is at, or goes on with when it does not stand still or wait any more."""
        stage = self.held[unit].stage
        if stage is Stage.RETURN_PENDING:
            return self.before_return[unit]
        return self.standing_still[unit] if stage is Stage.SUSPENDED else stage

    def handling(self, unit: str) -> Stage:
        """A lead unit that handles waits for co-opinions as long as any is outstanding."""
        waits = unit in self.leads and bool(self.opinions_outstanding)
        return Stage.WAITING_FOR_OPINIONS if waits else Stage.HANDLING

    def settle_leads(self, step: Step) -> None:
        for unit in self.leads & set(self.held):
            if self.held[unit].stage in {Stage.HANDLING, Stage.WAITING_FOR_OPINIONS}:
                self.move(unit, self.handling(unit), step)


def stretches_of(steps: Iterable[Step], today: date) -> tuple[Stretch, ...]:
    """The stretches of a case by day; those that go on last until today.

    Days are calendar days. Only the district's own units hold a case: of others the log does not
    say what they do.
    """
    course = _Course()
    for step in _in_order(steps):
        _take(course, step)
    going_on = [
        _stretch(unit, hold, max(today, hold.since), None) for unit, hold in course.held.items()
    ]
    return tuple(sorted([*course.over, *going_on], key=lambda each: (each.from_on, each.positions)))


def _in_order(steps: Iterable[Step]) -> list[Step]:
    """By day, and within a day as the log has them; but what ledgers told, as things happen.

    A later ledger may tell of the signature after the answer of the same day. Such steps change
    places among each other, and with no others.
    """
    ordered = sorted(steps, key=lambda each: (each.day, each.position))
    told = [
        index
        for index, step in enumerate(ordered)
        if step.live_at is None and type(step.event) in AS_THINGS_HAPPEN
    ]
    told_in_order = sorted((ordered[index] for index in told), key=_turn_of)
    for index, step in zip(told, told_in_order, strict=True):
        ordered[index] = step
    return ordered


def _turn_of(step: Step) -> tuple[date, int, int]:
    return step.day, AS_THINGS_HAPPEN.index(type(step.event)), step.position


def _take(course: _Course, step: Step) -> None:
    match step.event:
        case ProposalFiled():
            course.move(NOBODY, Stage.UNDISPATCHED, step)
        case AssignmentDispatched() as dispatched:
            _dispatch(course, dispatched, step)
        case AssignmentSigned(unit=unit) | HandlingRoundOpened(unit=unit):
            _go_on(course, unit, step)
        case (
            HandlingSuspended() | HandlingResumed() | RoleChanged() | CoOpinionSentBack() as change
        ):
            _change(course, change, step)
        case ReturnRequested(unit=unit) if unit in course.held:
            course.before_return[unit] = course.work_of(unit)
            course.move(unit, Stage.RETURN_PENDING, step)
        case ReturnDeclined(unit=unit) if unit in course.before_return:
            back = course.before_return.pop(unit)
            course.move(unit, back if back is Stage.UNSIGNED else course.handling(unit), step)
        case ReturnGranted(unit=unit) | CoOpinionGiven(unit=unit) | CoOpinionWaived(unit=unit):
            _leave(course, unit, step)
        case ReplyIssued(unit=unit) if unit in course.held:
            course.move(unit, Stage.RATING_PENDING, step)
        case ReplyRated(unit=unit) as rated if unit in course.held:
            course.move(unit, course.handling(unit) if rated.goes_back else None, step)
        case AssignmentClosed(unit=unit):
            course.move(unit, None, step)
        case CaseEnded() | CaseReopened() as turn:
            _turn(course, turn, step)
        case _:
            pass


def _change(
    course: _Course,
    change: HandlingSuspended | HandlingResumed | RoleChanged | CoOpinionSentBack,
    step: Step,
) -> None:
    """The clock stands still or runs again; a lead waits for opinions, for the first time or again."""
    unit = change.unit
    match change:
        case RoleChanged(role=Role.LEAD):
            course.leads.add(unit)
            course.settle_leads(step)
        case CoOpinionSentBack():
            course.opinions_outstanding.add(unit)
            if unit in course.own:
                course.move(unit, Stage.HANDLING, step)
            course.settle_leads(step)
        case HandlingSuspended() if unit in course.held:
            course.standing_still[unit] = course.work_of(unit)
            course.move(unit, course.held[unit].stage, step)
        case HandlingResumed() if unit in course.standing_still:
            was = course.standing_still.pop(unit)
            if unit in course.held and course.held[unit].stage is Stage.SUSPENDED:
                course.move(unit, was if was is Stage.UNSIGNED else course.handling(unit), step)
        case _:
            pass


def _turn(course: _Course, turn: CaseEnded | CaseReopened, step: Step) -> None:
    """A case that ended waits for nobody; opened again, it waits for what it waited for."""
    if isinstance(turn, CaseEnded):
        course.before_end = {unit: hold.stage for unit, hold in course.held.items()}
    for unit, stage in course.before_end.items():
        course.move(unit, None if isinstance(turn, CaseEnded) else stage, step)


def _dispatch(course: _Course, dispatched: AssignmentDispatched, step: Step) -> None:
    unit = dispatched.unit
    course.move(NOBODY, None, step)
    course.standing_still.pop(unit, None)
    if dispatched.role is Role.CO:
        course.opinions_outstanding.add(unit)
    if dispatched.role is Role.LEAD:
        course.leads.add(unit)
    if dispatched.own:
        course.own.add(unit)
        course.move(unit, Stage.UNSIGNED, step)
    course.settle_leads(step)


def _go_on(course: _Course, unit: str, step: Step) -> None:
    if unit in course.held or isinstance(step.event, HandlingRoundOpened):
        course.move(unit, course.handling(unit), step)


def _leave(course: _Course, unit: str, step: Step) -> None:
    """The unit is released, or its opinion is in or waived; nobody has it then if no other unit does."""
    course.move(unit, None, step)
    course.opinions_outstanding.discard(unit)
    course.settle_leads(step)
    if isinstance(step.event, ReturnGranted) and not course.held:
        course.move(NOBODY, Stage.UNDISPATCHED, step)


def _stretch(unit: str, hold: _Hold, until: date, ended_by: int | None) -> Stretch:
    holder = HOLDERS[hold.stage]
    return Stretch(
        stage=hold.stage,
        label=hold.stage.chinese,
        label_en=LABELS_EN[hold.stage],
        holder=holder.chinese,
        holder_en=holder.english,
        unit=unit,
        from_on=hold.since,
        until_on=until,
        days=(until - hold.since).days,
        is_open=ended_by is None,
        positions=(hold.position,) if ended_by is None else (hold.position, ended_by),
    )
