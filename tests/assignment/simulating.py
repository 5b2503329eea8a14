"""A made-up year: 300 cases in 20 units, what is done in them on which day, and what should follow."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from assignment.commands import (
    AssignmentCommand,
    DispatchCase,
    GiveCoOpinion,
    GrantExtension,
    IssueReply,
    Part,
    RecordContact,
    RequestExtension,
    ResumeHandling,
    SignAssignment,
    SuspendHandling,
)
from contracts.vocabulary import CHINA, ContactManner, ContactStage, Openness, Role

YEAR = 2025
CASES, UNITS = 300, 20
FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)
MORNING, EVENING = time(9), time(18)


def at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, CHINA)


@dataclass
class Duty:
    """A stretch of time in which a deadline held: from a day, until the day before another one."""

    kind: str
    due_on: date
    since: date
    until: date = date.max


@dataclass
class Work:
    """What one unit does in one case, day by day, and the deadlines that this leaves."""

    proposal_id: str
    unit: str
    role: Role
    dispatched_on: date
    sign_by: date
    due_on: date
    signed_on: date | None = None
    delivered_on: date | None = None
    extended: tuple[date, date] | None = None
    stood_still: tuple[date, date] | None = None
    duties: list[Duty] = field(default_factory=list)

    def tell_duties(self) -> None:
        """A deadline holds until it is met, moved, or stands still."""
        met = self.signed_on or date.max
        self.duties.append(Duty("signing", self.sign_by, self.dispatched_on, met))
        kind = "opinion" if self.role is Role.CO else "reply"
        now = Duty(kind, self.due_on, self.dispatched_on)
        self.duties.append(now)
        if self.extended:
            granted_on, later = self.extended
            now.until = granted_on
            now = Duty(kind, later, granted_on)
            self.duties.append(now)
        if self.stood_still:
            begin, end = self.stood_still
            now.until = begin
            now = Duty(kind, now.due_on + (end - begin), end)
            self.duties.append(now)
        now.until = min(now.until, self.delivered_on or date.max)

    def commands(self) -> Iterator[tuple[date, AssignmentCommand]]:
        if self.signed_on is None:
            return
        who: dict[str, Any] = {"proposal_id": self.proposal_id, "unit": self.unit}
        yield self._on(SignAssignment, self.signed_on, **who, signed_on=self.signed_on)
        if self.extended:
            day, later = self.extended
            asked = {"reason": "情况复杂", "until": later, "requested_on": day}
            yield self._on(RequestExtension, day, **who, **asked)
            yield self._on(GrantExtension, day, **who, due_on=later, granted_on=day)
        if self.stood_still:
            begin, end = self.stood_still
            yield self._on(SuspendHandling, begin, **who, reason="待批复", suspended_on=begin)
            yield self._on(ResumeHandling, end, **who, resumed_on=end)
        if self.delivered_on:
            yield from self._delivery(self.delivered_on, who)

    def _delivery(self, day: date, who: dict[str, Any]) -> Iterator[tuple[date, AssignmentCommand]]:
        if self.role is Role.CO:
            yield self._on(GiveCoOpinion, day, **who, given_on=day)
            return
        contact = {"stage": ContactStage.BEFORE, "manner": ContactManner.VISIT}
        yield self._on(RecordContact, day, **who, **contact, contacted_on=day)
        yield self._on(
            IssueReply,
            day,
            **who,
            document_number=f"函〔{self.proposal_id}〕",
            result_class="A",
            openness=Openness.PUBLIC,
            contact_person="李工",
            issued_on=day,
        )

    @staticmethod
    def _on(command: type[Any], day: date, **fields: Any) -> tuple[date, AssignmentCommand]:
        given: AssignmentCommand = command(at=at(day, MORNING), **fields)
        return day, given


@dataclass
class Year:
    """All that is asked for in a year, by day, and all deadlines that there are in it."""

    by_day: dict[date, list[AssignmentCommand]]
    work: list[Work]


def make_year(seed: int, limits: dict[Role, Any], signing: Any) -> Year:
    """Cases dispatched in spring; some are signed late, answered late, extended or suspended.

    `limits` and `signing` give a deadline for a day of dispatch.
    """
    chance = Random(seed)
    by_day: dict[date, list[AssignmentCommand]] = defaultdict(list)
    everything: list[Work] = []
    for number in range(1, CASES + 1):
        proposal_id = f"{YEAR}{number:04}"
        day = date(YEAR, 3, 3) + timedelta(days=chance.randrange(60))
        works = [
            _work(chance, proposal_id, unit, role, day, limits[role](day), signing(day))
            for unit, role in _roles(chance)
        ]
        _wait_for_opinions(works)
        by_day[day].append(_dispatch(proposal_id, day, works))
        for work in works:
            work.tell_duties()
            for on, command in work.commands():
                by_day[on].append(command)
        everything += works
    return Year(by_day, everything)


def _roles(chance: Random) -> list[tuple[str, Role]]:
    units = [f"第{n}局" for n in chance.sample(range(1, UNITS + 1), 3)]
    shapes = ((Role.SOLE,), (Role.LEAD, Role.CO), (Role.LEAD, Role.CO, Role.CO), (Role.SPLIT,) * 2)
    return list(zip(units, chance.choice(shapes), strict=False))


def _work(  # noqa: PLR0917
    chance: Random,
    proposal_id: str,
    unit: str,
    role: Role,
    day: date,
    due_on: date,
    sign_by: date,
) -> Work:
    work = Work(proposal_id, unit, role, day, sign_by, due_on)
    if chance.random() < 0.03:
        return work
    work.signed_on = day + timedelta(days=chance.choice((0, 1, 1, 2, 3, 5, 9, 14)))
    if chance.random() < 0.1:
        begin = work.signed_on + timedelta(days=1 + chance.randrange(20))
        if begin <= due_on:
            work.extended = (begin, due_on + timedelta(days=30))
    if chance.random() < 0.1:
        begin = max(work.signed_on, work.extended[0] if work.extended else day)
        begin += timedelta(days=1 + chance.randrange(15))
        work.stood_still = (begin, begin + timedelta(days=1 + chance.randrange(40)))
    if chance.random() < 0.95:
        earliest = max([work.signed_on, *(work.extended or ())[:1], *(work.stood_still or ())[1:]])
        work.delivered_on = max(
            earliest + timedelta(days=1), due_on + timedelta(days=chance.randrange(-40, 50))
        )
    return work


def _wait_for_opinions(works: list[Work]) -> None:
    """A lead unit answers when all opinions are in, or not at all."""
    opinions = [work.delivered_on for work in works if work.role is Role.CO]
    for work in works:
        if work.role is Role.LEAD and work.delivered_on:
            days = [work.delivered_on, *(day or date.max for day in opinions)]
            latest = max(days)
            work.delivered_on = None if latest == date.max else latest + timedelta(days=1)


def _dispatch(proposal_id: str, day: date, works: list[Work]) -> DispatchCase:
    return DispatchCase(
        at=at(day, MORNING),
        proposal_id=proposal_id,
        year=YEAR,
        number=proposal_id,
        dispatched_on=day,
        assignments=tuple(
            Part(
                unit=work.unit,
                role=work.role,
                due_on=work.due_on,
                due_rule="simulated",
                sign_by=work.sign_by,
            )
            for work in works
        ),
    )
