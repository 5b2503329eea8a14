"""Runs where `eventsourcing[postgres]==9.5.6` is installed, and only there: its select and decode.

`python eventsourcing_reader.py DATABASE_URL EVENTS`. It reads a log
in the order of its notifications and makes domain events of it; no projection is written.
"""

import json
import resource
import sys
import time
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

EVENTS_OF_A_CASE = 11
SAVED_AT_ONCE = 100
READ_AT_ONCE = 5_000
TEXT = "关于加快推进龙岗区义务教育阶段学位供给、优化学区划分与校际均衡发展的建议"


class Case(Aggregate):  # type: ignore[misc]  # it is not installed where types are checked
    """An aggregate whose events say as much as ours."""

    @event("Handled")  # type: ignore[untyped-decorator]
    def handle(self, facts: dict[str, Any]) -> None:
        self.facts = facts


def fill(app: Any, events: int) -> None:
    facts = {
        "proposal_id": "2024-20240001",
        "unit": "深圳市龙岗区教育局",
        "title": TEXT,
        "role": "sole",
        "dispatched_on": "2024-03-01",
        "due_on": "2024-06-01",
        "due_rule": "sole-3-months",
        "actor": "clerk",
        "actorname": "王科长",
        "correlationid": str(UUID(int=7)),
        "traceparent": f"00-{'a' * 32}-{'b' * 16}-01",
        "attestedby": "longgang-2024.xlsx 提案办理台账 第12行 sha256:0123456789abcdef",
        "commandid": str(uuid4()),
    }
    cases = []
    for _ in range(events // EVENTS_OF_A_CASE):
        case = Case()
        for _ in range(EVENTS_OF_A_CASE - 1):
            case.handle(facts)
        cases.append(case)
        if len(cases) == SAVED_AT_ONCE:
            app.save(*cases)
            cases = []
    app.save(*cases)


def measure(app: Any) -> dict[str, float]:
    began, cpu = time.perf_counter(), _cpu()
    start, count = 1, 0
    while notifications := app.recorder.select_notifications(start, READ_AT_ONCE):
        for notification in notifications:
            app.mapper.to_domain_event(notification)
        count += len(notifications)
        start = notifications[-1].id + 1
    seconds, cpu = time.perf_counter() - began, _cpu() - cpu
    return {
        "events": count,
        "seconds": round(seconds, 2),
        "events_per_second": round(count / seconds),
        "cpu_microseconds_per_event": round(cpu / count * 1e6, 2),
    }


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def environment(url: str) -> dict[str, str]:
    parts = urlsplit(url)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": parts.path.strip("/"),
        "POSTGRES_HOST": parts.hostname or "",
        "POSTGRES_PORT": str(parts.port or 5432),
        "POSTGRES_USER": parts.username or "",
        "POSTGRES_PASSWORD": parts.password or "",
    }


if __name__ == "__main__":
    application = Application(env=environment(sys.argv[1]))
    fill(application, int(sys.argv[2]))
    print(json.dumps(measure(application)))  # noqa: T201
