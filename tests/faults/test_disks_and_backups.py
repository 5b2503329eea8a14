"""The disk is full, or an older backup is restored: what is acknowledged stays, what is restored rules."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import pytest

from eventlog import EventLog, LogUnavailable
from eventlog.migrating import migrate
from tests.eventlog.making import event, write
from tests.faults.acknowledged import Notebook
from tests.faults.conftest import Trial
from tests.faults.driver import Driver, driving
from tests.faults.machine import PATIENCE_SECONDS, Machine
from tests.faults.oracle import judge
from tests.faults.parts import Part
from tests.faults.reporting import Row
from tian.ports import free_ports
from tian.postgres import BINARIES, EmbeddedPostgres, open_the_way, unprivileged_user

D = "longgang"
AFTERWARDS = "afterwards"
SMALL, LARGER = "96m", "256m"
BODY_BYTES = 200_000
REFUSED = (asyncpg.PostgresError, asyncpg.InterfaceError, LogUnavailable, OSError)


async def run(*command: str, user: str | None = None, password: str = "") -> int:
    process = await asyncio.create_subprocess_exec(
        *command,
        user=user,
        cwd="/",
        env={**os.environ, "PGPASSWORD": password},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    return await process.wait()


@asynccontextmanager
async def a_small_disk() -> AsyncIterator[Path | None]:
    """A small file system of its own; None where this machine does not let us mount one."""
    with TemporaryDirectory(prefix="tian-disk-") as name:
        status = await run("mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", name)
        try:
            yield Path(name) if status == 0 else None
        finally:
            if status == 0:
                await run("umount", "--lazy", name)


async def fill_up(pool: asyncpg.Pool, sent: list[str], acknowledged: list[str]) -> bool:
    """Append until the database refuses; whether it did."""
    for number in range(2000):
        stream = f"s{number}"
        sent.append(stream)
        try:
            await EventLog(pool).append(D, [write(event(stream, 1, body=os.urandom(BODY_BYTES)))])
        except REFUSED:
            return True
        acknowledged.append(stream)
    return False


async def test_a_full_disk_loses_nothing_that_was_acknowledged(
    trial: Trial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("eventlog.log", "eventlog.appending"):
        monkeypatch.setattr(f"{module}.PAUSES_SECONDS", (0.05,))
    async with a_small_disk() as disk:
        if disk is None:
            trial.keep(Row("disk-full", 0, 0, 0, 0, 0, "本机不允许挂载 no mounting here"))
            return
        sent: list[str] = []
        acknowledged: list[str] = []
        log = tmp_path / "postgres.log"
        fired, back, kept = await _fill_and_enlarge(disk, log, sent, acknowledged)
    for_nothing = len(set(sent) - set(kept))
    trial.keep(
        Row(
            fault="disk-full",
            cycles=1,
            fired=int(fired),
            acknowledged=len(acknowledged),
            lost=len(set(acknowledged) - set(kept)),
            doubled=len(kept) - len(set(kept)),
            p50=back,
            p99=back,
            control=f"发出即答复：丢失 answered when sent: lost {for_nothing}",
        )
    )
    assert fired, "the disk was never full"
    assert for_nothing > 0
    assert set(acknowledged) <= set(kept)
    assert len(kept) == len(set(kept))


async def _fill_and_enlarge(
    disk: Path, log: Path, sent: list[str], acknowledged: list[str]
) -> tuple[bool, float, list[str]]:
    open_the_way(disk, unprivileged_user())
    (port,) = free_ports(1)
    sizes = {"max_wal_size": "32MB", "min_wal_size": "32MB"}
    server = EmbeddedPostgres(disk / "data", port, "disk", log, settings=sizes)
    await server.prepare()
    part = Part(server.program())
    await part.start()
    try:
        await server.create_database()
        await migrate(server.url())
        async with asyncpg.create_pool(server.url(), min_size=1, max_size=2) as pool:
            fired = await fill_up(pool, sent, acknowledged)
        await run("mount", "-o", f"remount,size={LARGER}", str(disk))
        began_at = time.monotonic()
        back = await _until_it_writes(part, server.url(), began_at)
        acknowledged.append(AFTERWARDS)
        return fired, back, await _streams(server.url())
    finally:
        await part.stop()


async def _until_it_writes(part: Part, url: str, began_at: float) -> float:
    """Seconds until an append is accepted again; a server that gave up is started as by a supervisor."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            try:
                if not part.runs:
                    await part.start()
                async with asyncpg.create_pool(url, min_size=1, max_size=1) as pool:
                    await EventLog(pool).append(D, [write(event(AFTERWARDS, 1))])
            except REFUSED:
                await asyncio.sleep(0.1)
            else:
                return time.monotonic() - began_at


async def _streams(url: str) -> list[str]:
    connection = await asyncpg.connect(url)
    rows = await connection.fetch("select stream from log.event where district = $1", D)
    await connection.close()
    return [row["stream"] for row in rows]


async def test_an_older_backup_is_restored_and_the_stream_is_ahead(
    machine: Machine, trial: Trial, tmp_path: Path
) -> None:
    """What came after the backup is lost with the disk; nothing of it may come back from the stream."""
    async with driving(machine, tmp_path, trial.choice) as driver:
        await asyncio.sleep(2.0)
    await machine.settle(driver.districts)
    with TemporaryDirectory(prefix="tian-backup-") as folder:
        backup = Path(folder) / "backup.sql"
        await back_up(machine, backup)
        after = await append_after_the_backup(machine, trial, driver.districts)
        await restore(machine, backup)
        began_at = time.monotonic()
        await machine.settle(driver.districts)
        back = time.monotonic() - began_at
    verdict = await judge(machine, driver.notebook, driver.districts)
    trial.keep(
        Row(
            fault="restore",
            cycles=1,
            fired=after,
            acknowledged=verdict.acknowledged,
            lost=len(verdict.lost) + len(verdict.stream_behind),
            doubled=len(verdict.doubled),
            is_replay_equal=not verdict.differing,
            p50=back,
            p99=back,
            control="见 see tests/eventlog/test_following.py",
            note=(
                "实际发生=备份之后、恢复时丢掉的事件；它们不得从消息流里回来。"
                " Fired: events after the backup, gone with it; none may come back from the stream."
            ),
        )
    )
    assert after > 0
    verdict.check()


async def append_after_the_backup(machine: Machine, trial: Trial, districts: list[str]) -> int:
    """Events that only the stream will still have; returns how many it has."""
    before = await machine.settle(districts)
    folder = machine.home.logs
    ghost = Driver(machine, districts, Notebook(folder / "ghosts.jsonl"), trial.choice)
    running = asyncio.create_task(ghost.run())
    await asyncio.sleep(1.5)
    ghost.stop()
    await running
    ghost.notebook.close()
    after = await machine.settle(districts)
    return sum(after.values()) - sum(before.values())


async def back_up(machine: Machine, backup: Path) -> None:
    address = machine.postgres
    command = (str(BINARIES / "pg_dump"), "--dbname", address.url(), "--file", str(backup))
    assert await run(*command) == 0


async def restore(machine: Machine, backup: Path) -> None:
    """The old database is dropped and a new one made from the backup; services and NATS go on."""
    administer = await asyncpg.connect(machine.postgres.url("postgres"))
    await administer.execute("drop database tian with (force)")
    await machine.postgres.create_database()
    await administer.close()
    command = (str(BINARIES / "psql"), "--quiet", "--no-psqlrc", "--file", str(backup))
    assert await run(*command, "--dbname", machine.postgres.url()) == 0
