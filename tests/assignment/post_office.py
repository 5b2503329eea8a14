"""A district whose events are told: a log, the teller and the sender, and a clock that says what it is told."""

from datetime import datetime
from itertools import count
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

import asyncpg

from assignment.projections.outbox import Outbox
from assignment.subscribers import MESSAGES, Rules, Sender, Teller
from assignment.subscribers.channels import open_channels
from assignment.subscribers.sending import Lines
from contracts.catalogue import owner_of
from contracts.channels import Channels
from contracts.directory import District, Unit
from contracts.evaluation import RulebookAdopted
from contracts.event import Event
from contracts.identity import Actor
from contracts.vocabulary import ActorRole
from contracts.working_days import WorkingCalendar, read_calendar
from eventlog import EventLog, Follower, Provenance, Write
from eventlog.recorded import Circumstances, CommandNote, new_event
from hosting.directories import Directories
from tests.assignment.cases import EDUCATION, FINANCE

DEPLOY = Path(__file__).parents[2] / "deploy"
D = "longgang"
DIRECTORIES = Directories(
    {
        D: District(
            code=D,
            name="深圳市龙岗区",
            name_en="Longgang",
            units=(Unit(name=EDUCATION), Unit(name=FINANCE)),
        )
    }
)
CALENDAR = read_calendar((DEPLOY / "calendars/china.toml").read_text("utf-8"))
OFFICE = Actor(subject="liu", name="刘科员", role=ActorRole.SUPERVISION, district=D)


async def the_calendar(district: str) -> WorkingCalendar:
    return CALENDAR


class PostOffice:
    """Everything between an event and the other side's ear, over one database."""

    def __init__(self, pool: asyncpg.Pool, now: datetime, channels: Channels | None = None) -> None:
        self.pool, self.now = pool, now
        self.channels = channels or Channels()
        self.log, self.outbox = EventLog(pool), Outbox(pool)
        self._numbers = count(1)
        self._versions: dict[str, int] = {}

    def clock(self) -> datetime:
        return self.now

    @property
    def rules(self) -> Rules:
        return Rules(self.log, the_calendar)

    @property
    def sender(self) -> Sender:
        lines = Lines(self.channels, open_channels(self.channels))
        return Sender(self.outbox, self.rules, {D: lines}, [D], self.clock)

    @property
    def follower(self) -> Follower:
        teller = Teller(self.rules, {D: self.channels}, DIRECTORIES, self.clock)
        return Follower(MESSAGES, self.pool, self.log, teller, None)

    async def happens(
        self, *events: Event, actor: Actor = OFFICE, attested_by: str | None = None
    ) -> None:
        """Record events and have them told."""
        await self.records(*events, actor=actor, attested_by=attested_by)
        await self.follower.catch_up(D)

    async def records(
        self, *events: Event, actor: Actor = OFFICE, attested_by: str | None = None
    ) -> None:
        """Record events, each as a command of its own; nobody follows the log yet."""
        for event in events:
            command_id = uuid5(NAMESPACE_URL, f"tian/{next(self._numbers)}")
            self._versions[event.stream] = self._versions.get(event.stream, 0) + 1
            circumstances = Circumstances(
                service=owner_of(event),
                district=D,
                happened_at=self.now,
                recorded_at=self.now,
                provenance=Provenance(
                    actor=actor, correlation_id=command_id, attested_by=attested_by
                ),
                command=CommandNote(command_id, 1),
            )
            version = self._versions[event.stream]
            new = new_event(
                event, event_id=command_id, version=version, circumstances=circumstances
            )
            (outcome,) = await self.log.append(D, [Write([new])])
            assert outcome.result == "appended", outcome

    async def adopt(self, rulebook: str, year: int) -> None:
        text = (DEPLOY / "rulebooks" / rulebook).read_text("utf-8")
        await self.happens(
            RulebookAdopted(year=year, rulebook_id=rulebook, version=1, sha256="0" * 64, text=text)
        )

    async def sends(self) -> int:
        """One look of the sender."""
        return await self.sender.look()

    async def messages(self, channel: str | None = None) -> list[asyncpg.Record]:
        rows = await self.pool.fetch("select * from sending.message order by position, channel")
        return [row for row in rows if channel in {None, row["channel"]}]

    async def states(self, channel: str) -> list[tuple[str, str]]:
        return [(row["matter"], row["state"]) for row in await self.messages(channel)]

    async def steps(self, message_id: UUID) -> list[str]:
        return [each.step for each in await self.outbox.steps(D, message_id)]
