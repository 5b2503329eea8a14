"""The real system for a test to break: PostgreSQL, NATS and the three services as processes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import nats
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js.errors import NotFoundError

from contracts.identity import ALL_DISTRICTS, Actor, issue_token
from contracts.vocabulary import ActorRole
from eventlog.log import STATEMENTS
from eventlog.migrating import migrate
from eventlog.relay import LOCK_SPACE
from eventlog.transport import STREAM, district_subjects, stream_config
from hosting.clock import system_clock
from hosting.progress import FOLLOWERS
from tests.faults.parts import Part
from tian.accounts import make_keys, make_log_key
from tian.home import Home, shipped
from tian.nats_server import EmbeddedNats
from tian.ports import free_ports
from tian.postgres import EmbeddedPostgres
from tian.services import Surroundings

SERVICES = ("intake", "assignment", "evaluation")
DEDUPLICATION_SECONDS = 1.0
HEARD_SECONDS = 3
DISTRICTS = 100
PATIENCE_SECONDS = 90.0
POLL_SECONDS = 0.02


@dataclass
class Machine:
    """The parts by name, and how to look at them from outside."""

    home: Home
    surroundings: Surroundings
    postgres: EmbeddedPostgres
    parts: dict[str, Part] = field(default_factory=dict)
    _unused: list[str] = field(default_factory=lambda: [f"d{each}" for each in range(DISTRICTS)])

    def new_districts(self, count: int) -> list[str]:
        """Districts whose logs are empty."""
        return [self._unused.pop() for _ in range(count)]

    @property
    def database_url(self) -> str:
        return self.postgres.url()

    @property
    def store(self) -> Path:
        return self.home.nats

    def headers(self, role: ActorRole = ActorRole.SUPERVISION) -> dict[str, str]:
        actor = Actor(subject=role.value, name="王科长", role=role, district=ALL_DISTRICTS)
        private_key = self.home.private_key.read_text(encoding="utf-8")
        token = issue_token(actor, private_key, at=system_clock(), valid=timedelta(hours=4))
        return {"authorization": f"Bearer {token}"}

    def url(self, service: str) -> str:
        return self.surroundings.urls[service]

    @asynccontextmanager
    async def database(self) -> AsyncIterator[asyncpg.Connection]:
        connection = await asyncpg.connect(self.database_url)
        try:
            yield connection
        finally:
            await connection.close()

    @asynccontextmanager
    async def broker(self) -> AsyncIterator[Client]:
        client = await nats.connect(self.surroundings.nats_url)
        try:
            yield client
        finally:
            await client.close()

    async def leader(self) -> str | None:
        """The service whose process is the relay."""
        async with self.database() as connection:
            name = await connection.fetchval(LEADER, LOCK_SPACE)
        return None if name is None else str(name).removeprefix("tian-")

    async def until_it_leads(self, fits: Callable[[str], bool]) -> str:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (name := await self.leader()) is None or not fits(name):
                await asyncio.sleep(POLL_SECONDS)
        return name

    async def heads(self, districts: list[str]) -> dict[str, int]:
        async with self.database() as connection:
            return {
                each: await connection.fetchval(STATEMENTS["head"], each) or 0 for each in districts
            }

    async def settle(self, districts: list[str]) -> dict[str, int]:
        """Wait until relay and followers have come to the end, and the end stays where it is."""
        before: dict[str, int] = {}
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                heads = await self.heads(districts)
                if heads == before and await self.have_taken(heads):
                    return heads
                before = heads
                await asyncio.sleep(0.1)

    async def until_taken(self, heads: dict[str, int]) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await self.have_taken(heads):
                await asyncio.sleep(POLL_SECONDS)

    async def until_in_stream(self, district: str, event_id: str) -> None:
        """Wait until the last message of a district is this event."""
        async with self.broker() as client, asyncio.timeout(PATIENCE_SECONDS):
            while await last_in_stream(client, district) != event_id:
                await asyncio.sleep(POLL_SECONDS)

    async def have_taken(self, heads: dict[str, int]) -> bool:
        """Whether every follower has come to these positions, and the relay published them."""
        async with self.database() as connection:
            for district, head in heads.items():
                rows = await connection.fetch(STATEMENTS["progress"], district)
                come = {row["follower"]: row["position"] for row in rows}
                come["relay"] = await connection.fetchval(STATEMENTS["relayed"], district) or 0
                if any(come.get(name, 0) < head for name in (*FOLLOWERS, "relay")):
                    return False
        return True


async def last_in_stream(client: Client, district: str) -> str | None:
    """The id of the event in the last message of a district."""
    try:
        message = await client.jetstream().get_last_msg(STREAM, district_subjects(district))
    except (NotFoundError, NatsError):
        return None
    return (message.headers or {}).get("Tian-Event-Id")


LEADER = """
select a.application_name from pg_locks l join pg_stat_activity a using (pid)
where l.locktype = 'advisory' and l.granted and l.classid = $1 and l.objid = 0 and l.objsubid = 2
"""


@asynccontextmanager
async def running_machine() -> AsyncIterator[Machine]:
    """Not below pytest's folder, which every run of pytest closes to all users but its own."""
    with TemporaryDirectory(prefix="tian-faults-") as folder:
        machine = await _prepared(Home(Path(folder)))
        async with AsyncExitStack() as stack:
            for name in ("postgres", "nats"):
                stack.push_async_callback(machine.parts[name].stop)
            await asyncio.gather(*(machine.parts[name].start() for name in ("postgres", "nats")))
            await machine.postgres.create_database()
            await migrate(machine.database_url)
            await _declare_forgetful_stream(machine)
            for name in SERVICES:
                stack.push_async_callback(machine.parts[name].stop)
            await asyncio.gather(*(machine.parts[name].start() for name in SERVICES))
            yield machine


async def _prepared(home: Home) -> Machine:
    home.create()
    make_keys(home.private_key, home.public_key)
    make_log_key(home.log_key)
    postgres_port, nats_port, *ports = free_ports(2 + len(SERVICES) + 1)
    postgres = EmbeddedPostgres(
        home.postgres, postgres_port, home.password("postgres"), home.logs / "postgres.log"
    )
    broker = EmbeddedNats(home.nats, nats_port, home.password("nats"), home.logs / "nats.log")
    await postgres.prepare()
    names = (*SERVICES, "console")
    surroundings = Surroundings(
        home, postgres.url(), broker.url, dict(zip(names, ports, strict=True))
    )
    machine = Machine(home, surroundings, postgres)
    machine.parts = {"postgres": Part(postgres.program()), "nats": Part(broker.program())} | {
        name: Part(surroundings.program(name)) for name in SERVICES
    }
    for name in SERVICES:
        machine.parts[name].change(
            {
                "RELAY_HEARD_SECONDS": str(HEARD_SECONDS),
                "TIAN_DISTRICTS": str(_directories(home.folder / "districts")),
                "TIAN_CALENDAR": str(shipped("calendars", "china.toml")),
            }
        )
    return machine


def _directories(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    sample = shipped("districts", "yantian.toml").read_text(encoding="utf-8")
    for number in range(DISTRICTS):
        text = sample.replace('"yantian"', f'"d{number}"', 1)
        (folder / f"d{number}.toml").write_text(text, encoding="utf-8")
    return folder


async def _declare_forgetful_stream(machine: Machine) -> None:
    """A stream that soon forgets which messages it has had, so that doubles really arrive."""
    config = stream_config()
    async with machine.broker() as client:
        await client.jetstream().add_stream(config, duplicate_window=DEDUPLICATION_SECONDS)
