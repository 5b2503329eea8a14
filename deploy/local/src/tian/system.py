"""The whole system on one machine: starts every part in order, and stops all of it in reverse."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from tian.accounts import make_accounts, make_keys, make_log_key
from tian.database import opened
from tian.failures import DidNotStart
from tian.home import Home
from tian.language import either
from tian.nats_server import EmbeddedNats
from tian.ports import console_port, free_ports
from tian.postgres import EmbeddedPostgres
from tian.processes import Program, Say, Supervised, last_line
from tian.run_record import RunningProcess, RunRecord, end_leftovers
from tian.services import SERVICES, Surroundings
from tian.trusting import local_log_keys, shipped_districts

Step = Callable[[str], None]


@dataclass
class System:
    """The parts of one run, and the stack that takes them down again."""

    home: Home
    say: Say
    step: Step
    stack: AsyncExitStack
    parts: dict[str, Supervised] = field(default_factory=dict)
    surroundings: Surroundings | None = None
    is_ready: bool = False

    async def start(self, wanted_port: int | None) -> RunRecord:
        ports = dict(zip(SERVICES, free_ports(len(SERVICES)), strict=True))
        ports["console"] = self.stack.enter_context(console_port(wanted_port))
        self.home.create()
        self.step(either("启动数据库和消息服务", "Starting PostgreSQL and NATS"))
        database_url, nats_url = await self._start_servers()
        self.surroundings = Surroundings(self.home, database_url, nats_url, ports)
        make_keys(self.home.private_key, self.home.public_key)
        make_accounts(self.home.accounts)
        if make_log_key(self.home.log_key):
            for key in local_log_keys(self.home, shipped_districts()):
                self.say(either(f"日志公钥 {key}", f"Public key of a log: {key}"))
        self.step(either("建表、声明消息流", "Migrating the database, declaring the stream"))
        await _deploy(self.surroundings)
        self.step(either("启动四个服务", "Starting the four services"))
        await self._start_together(
            {service: self.surroundings.program(service) for service in SERVICES}
        )
        self.is_ready = True
        return self.note()

    def note(self) -> RunRecord:
        """Write down what runs now, so that other commands find it and a later start can end it."""
        surroundings = self.surroundings
        found = {name: RunningProcess.of(part.pid) for name, part in self.parts.items() if part.pid}
        record = RunRecord(
            supervisor=RunningProcess.this(),
            urls=surroundings.urls if surroundings else {},
            database_url=surroundings.database_url if surroundings else "",
            nats_url=surroundings.nats_url if surroundings else "",
            processes={name: process for name, process in found.items() if process},
            is_ready=self.is_ready,
        )
        record.write(self.home)
        return record

    async def _start_servers(self) -> tuple[str, str]:
        home, programs = self.home, dict[str, Program]()
        database_url, nats_url = os.environ.get("DATABASE_URL"), os.environ.get("NATS_URL")
        if database_url:
            await (await opened(database_url)).close()
        postgres_port, nats_port = free_ports(2)
        postgres = EmbeddedPostgres(
            home.postgres, postgres_port, home.password("postgres"), home.logs / "postgres.log"
        )
        if not database_url:
            await postgres.prepare()
            programs["postgres"] = postgres.program()
        nats = EmbeddedNats(home.nats, nats_port, home.password("nats"), home.logs / "nats.log")
        if not nats_url:
            programs["nats"] = nats.program()
        await self._start_together(programs)
        if not database_url:
            await postgres.create_database()
        return database_url or postgres.url(), nats_url or nats.url

    async def _start_together(self, programs: dict[str, Program]) -> None:
        parts = {
            name: Supervised(program, self.say, self.note) for name, program in programs.items()
        }
        self.parts |= parts
        self.stack.push_async_callback(_stop_together, list(parts.values()))
        await asyncio.gather(*(part.start() for part in parts.values()))


@asynccontextmanager
async def running_system(
    home: Home, *, say: Say, step: Step, wanted_port: int | None = None
) -> AsyncIterator[RunRecord]:
    """Run everything while the block runs; leave no process behind."""
    async with AsyncExitStack() as stack:
        stack.enter_context(home.locked())
        for name in end_leftovers(home):
            say(either(f"已停止上次遗留的 {name}。", f"Ended {name}, left by an earlier run."))
        stack.callback(home.run_file.unlink, missing_ok=True)
        system = System(home=home, say=say, step=step, stack=stack)
        yield await system.start(wanted_port)


async def _stop_together(parts: list[Supervised]) -> None:
    await asyncio.gather(*(part.stop() for part in parts))


async def _deploy(surroundings: Surroundings) -> None:
    log = surroundings.log("deployment")
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "eventlog"),
            env={**os.environ, **surroundings.environment},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        try:
            status = await process.wait()
        except asyncio.CancelledError:
            process.kill()
            await process.wait()
            raise
    if status:
        reason = last_line(log.read_text(encoding="utf-8", errors="replace"))
        raise DidNotStart(name="数据库迁移", name_en="The migration", reason=reason, log=log)
