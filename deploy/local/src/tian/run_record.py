"""What is written down of a running system, for other commands and for the next start."""

import os

import psutil
from pydantic import BaseModel, ConfigDict

from tian.failures import NotRunning
from tian.home import Home, write_private


class RunningProcess(BaseModel):
    """A process by its number and the time it began, since numbers are used again."""

    model_config = ConfigDict(frozen=True)

    pid: int
    began: float

    @classmethod
    def of(cls, pid: int) -> "RunningProcess | None":
        try:
            return cls(pid=pid, began=psutil.Process(pid).create_time())
        except psutil.Error:
            return None

    @classmethod
    def this(cls) -> "RunningProcess":
        process = psutil.Process()
        return cls(pid=process.pid, began=process.create_time())

    def find(self) -> psutil.Process | None:
        try:
            process = psutil.Process(self.pid)
            return process if process.create_time() == self.began else None
        except psutil.Error:
            return None


class RunRecord(BaseModel):
    """The addresses and processes of one run."""

    model_config = ConfigDict(frozen=True)

    supervisor: RunningProcess
    urls: dict[str, str]
    database_url: str
    nats_url: str
    processes: dict[str, RunningProcess]
    is_ready: bool = False

    def write(self, home: Home) -> None:
        write_private(home.run_file, self.model_dump_json(indent=2))


def read_run(home: Home) -> RunRecord | None:
    """The record of the last run, if there is one. Whether it still runs is another question."""
    if not home.run_file.exists():
        return None
    return RunRecord.model_validate_json(home.run_file.read_text(encoding="utf-8"))


def running(home: Home) -> RunRecord | None:
    """The record of the system that runs now."""
    record = read_run(home)
    return record if record and record.is_ready and record.supervisor.find() else None


def database_url(home: Home) -> str:
    """DATABASE_URL when it is set; otherwise the database of the system that runs. Raises NotRunning."""
    url = os.environ.get("DATABASE_URL")
    if url:
        return url
    record = running(home)
    if record is None:
        raise NotRunning
    return record.database_url


def end_leftovers(home: Home) -> list[str]:
    """End what a run left behind when it was killed itself; returns the names of what was ended."""
    record = read_run(home)
    if record is None:
        return []
    found = {name: process.find() for name, process in record.processes.items()}
    leftovers = {name: process for name, process in found.items() if process}
    for process in leftovers.values():
        process.terminate()
    _, alive = psutil.wait_procs(list(leftovers.values()), timeout=5)
    for process in alive:
        process.kill()
    psutil.wait_procs(alive, timeout=5)
    home.run_file.unlink()
    return list(leftovers)
