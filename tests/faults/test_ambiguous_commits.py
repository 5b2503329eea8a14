"""The connection breaks between commit and answer: the command has one effect and one answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import asyncpg
import pytest

from eventlog import EventLog, Handling, LogUnavailable
from tests.eventlog.making import DECIDER, CounterHandling, clock, intent, raise_
from tests.faults.conftest import Trial
from tests.faults.proxy import Proxy, cutting
from tests.faults.reporting import Row

D = "longgang"
CLIENTS = 8
CUT_SHARE = 0.15
ROUNDS_OF_CONTROL = 20


@asynccontextmanager
async def through(database: str, proxy: Proxy) -> AsyncIterator[asyncpg.Pool]:
    parts = urlsplit(database)
    place = f"{parts.username}:{parts.password}@127.0.0.1:{proxy.port}"
    url = urlunsplit(parts._replace(netloc=place))
    pool = await asyncpg.create_pool(url, min_size=1, max_size=4)
    try:
        yield pool
    finally:
        pool.terminate()


class Clients:
    """Each raises a counter of its own again and again, and notes the answers it got."""

    def __init__(self, handling: CounterHandling, trial: Trial) -> None:
        self.handling = handling
        self.trial = trial
        self.answers: dict[UUID, int] = {}
        self.acknowledged = 0
        self.asked_again = 0

    async def run(self, name: str, commands: int, *, keeps_id: bool) -> None:
        for _ in range(commands):
            command_id = self._new_id()
            while True:
                try:
                    handled = await self.handling.handle(D, intent(raise_(name), command_id))
                except (LogUnavailable, OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                    self.asked_again += 1
                    command_id = command_id if keeps_id else self._new_id()
                else:
                    self.answers[command_id] = handled.position
                    self.acknowledged += 1
                    break

    def _new_id(self) -> UUID:
        return UUID(int=self.trial.choice.getrandbits(128), version=4)


async def raised(pool: asyncpg.Pool) -> int:
    found = await pool.fetchval("select count(*) from log.event where district = $1", D)
    return int(found)


async def run_all(clients: Clients, commands: int, *, keeps_id: bool) -> None:
    async with asyncio.TaskGroup() as together:
        for number in range(CLIENTS):
            together.create_task(clients.run(f"c{number}", commands, keeps_id=keeps_id))


async def test_a_cut_connection_gives_one_event_and_the_same_answer(
    database: str, trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    each = trial.cycles(8) * 3 // CLIENTS
    parts = urlsplit(database)
    async with (
        asyncpg.create_pool(database, min_size=1, max_size=2) as direct,
        cutting(parts.hostname or "", parts.port or 0, trial.choice) as proxy,
        through(database, proxy) as pool,
    ):
        clients = Clients(Handling(EventLog(pool), DECIDER, clock), trial)
        proxy.share = CUT_SHARE
        await run_all(clients, each, keeps_id=True)
        proxy.share = 0.0
        events = await raised(direct)
        cuts, acknowledged = proxy.cut_after, clients.acknowledged
        recorded = await EventLog(direct).read_after(D, 0, 100_000)
        at = {UUID(one.envelope["commandid"]): one.position for one in recorded}
        wrong = sum(at.get(command) != position for command, position in clients.answers.items())

        for module in ("eventlog.log", "eventlog.appending"):
            monkeypatch.setattr(f"{module}.PAUSES_SECONDS", ())
        careless = Clients(Handling(EventLog(pool), DECIDER, clock), trial)
        doubled = 0
        for _ in range(ROUNDS_OF_CONTROL):
            proxy.share = CUT_SHARE
            await run_all(careless, 1, keeps_id=False)
            proxy.share = 0.0
            doubled = await raised(direct) - events - careless.acknowledged
            if doubled:
                break

    trial.keep(
        Row(
            fault="ambiguous-commits",
            cycles=CLIENTS * each,
            fired=cuts,
            acknowledged=acknowledged,
            lost=max(acknowledged - events, 0) + wrong,
            doubled=max(events - acknowledged, 0),
            control=f"重试换新编号：重复 new ids on retry: doubled {doubled}",
        )
    )
    assert cuts > 0
    assert (events, wrong) == (acknowledged, 0)
    assert doubled > 0, "the control did not go wrong"
