"""A district whose events are told: a log, the teller and the sender, and a clock that says what it is told."""

from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import asyncpg

from assignment.projections.outbox import Outbox
from assignment.subscribers import MESSAGES, Sender, Silence, Teller
from assignment.subscribers.channels import open_channels
from assignment.subscribers.sending import Lines
from contracts.assignment import WarningIssued
from contracts.catalogue import owner_of
from contracts.channels import Channels
from contracts.directory import District, Unit
from contracts.evaluation import RulebookAdopted
from contracts.event import Event
from contracts.identity import Actor
from contracts.intake import ProposalFiled, ProposalReceived
from contracts.vocabulary import CHINA, ActorRole, Duty, ProposalForm
from contracts.working_days import WorkingCalendar, read_calendar
from eventlog import EventLog, Follower, Provenance, Write
from eventlog.recorded import Circumstances, CommandNote, new_event
from hosting.directories import Directories
from tests.assignment.cases import CASE, DUE_ON, EDUCATION, FINANCE, on
from tests.assignment.receiving import HttpServer, MailServer

NOON = datetime(2024, 9, 12, 12, tzinfo=CHINA)
ABOUT: dict[str, Any] = {"proposal_id": CASE, "unit": EDUCATION}
MEMBER = Actor(subject="chen", name="陈一", role=ActorRole.PROPOSER, district="longgang")
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
    def silence(self) -> Silence:
        return Silence(self.log, the_calendar)

    @property
    def sender(self) -> Sender:
        lines = Lines(self.channels, open_channels(self.channels))
        return Sender(self.outbox, self.silence, {D: lines}, [D], self.clock)

    @property
    def follower(self) -> Follower:
        teller = Teller({D: self.channels}, DIRECTORIES, self.clock)
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


def everything(mail: MailServer, web: HttpServer, **quiet: Any) -> Channels:
    """Every kind of channel, all of them to one unit; `quiet` is that of the text messages."""
    mail.letters.clear()
    mail.recipients.clear()
    web.posted.clear()
    by: list[dict[str, Any]] = [
        {"channel": "mail", "to": ["jyj@example.cn", "bgs@example.cn"]},
        {"channel": "text", "to": ["13800005678"]},
        *({"channel": each} for each in ("oa", "wecom-group", "ding-group")),
    ]
    text = '{"mobile": "{to}", "content": "{text}", "key": "{secret}", "n": "{id}"}'
    return Channels.model_validate(
        {
            "form_after_days": 15,
            "smtp": {
                "mail": {
                    "host": "127.0.0.1",
                    "port": mail.port,
                    "security": "none",
                    "sender": "龙岗区督查室 <tian@longgang.example>",
                }
            },
            "sms": {
                "text": {
                    "url": f"{web.address}/sms",
                    "body": text,
                    "secret": "s3cret",
                    "accepted": '"code":0',
                    "quiet": quiet,
                }
            },
            "webhook": {"oa": {"url": f"{web.address}/oa", "secret": "hook"}},
            "wecom": {"wecom-group": {"url": f"{web.address}/wecom?key=k1"}},
            "dingtalk": {
                "ding-group": {"url": f"{web.address}/ding?access_token=t1", "secret": "SEC1"}
            },
            "recipients": [
                {"unit": EDUCATION, "by": by},
                {"proposer": "陈一", "by": [{"channel": "mail", "to": ["chen@example.cn"]}]},
            ],
        }
    )


async def filed(office: PostOffice) -> None:
    await office.happens(
        ProposalReceived(
            proposal_id=CASE,
            year=2024,
            title="关于“增设”托育点的建议",
            form=ProposalForm.JOINT,
            proposers=("陈一", "林二"),
        ),
        actor=MEMBER,
    )
    await office.happens(
        ProposalFiled(proposal_id=CASE, year=2024, number=CASE, title="关于“增设”托育点的建议")
    )


def warning(kind: Any = WarningIssued, due_on: Any = DUE_ON) -> Any:
    rule = "r/supervision.reply"
    return kind(**ABOUT, duty=Duty.REPLY, rule=rule, due_on=due_on, raised_on=on(5, 25))
