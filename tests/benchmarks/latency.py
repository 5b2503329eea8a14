"""From an accepted command to its row in a projection: `python -m tests.benchmarks.latency`."""

import asyncio
import json
import random
import resource
import sys

import psutil

from tests.faults.machine import SERVICES, Machine, running_machine
from tests.faults.pacing import Pace
from tests.faults.reporting import percentile

RATE = 100.0
SECONDS = 20.0
WARM_UP_SECONDS = 3.0


async def measure(rate: float = RATE, seconds: float = SECONDS) -> dict[str, float]:
    """Real processes, one district, a steady rate; milliseconds, and CPU seconds per 1,000 commands."""
    choice = random.Random(1)
    async with running_machine() as machine:
        warm, district = machine.new_districts(2)
        await Pace(machine, warm, choice).keep(rate, WARM_UP_SECONDS)
        pace = Pace(machine, district, choice)
        before = _cpu_seconds(machine)
        await pace.keep(rate, seconds)
        spent = _cpu_seconds(machine) - before
        return {
            "rate": rate,
            "accepted": pace.accepted,
            "p50_ms": round(percentile(pace.lags, 0.5) * 1000, 1),
            "p99_ms": round(percentile(pace.lags, 0.99) * 1000, 1),
            "cpu_seconds_per_1000": round(spent / pace.accepted * 1000, 2),
            "driver_cpu_seconds": round(resource.getrusage(resource.RUSAGE_SELF).ru_utime, 1),
        }


def _cpu_seconds(machine: Machine) -> float:
    """What the services, PostgreSQL and NATS have used so far."""
    roots = [psutil.Process(machine.parts[name].pid) for name in (*SERVICES, "postgres", "nats")]
    processes = [one for root in roots for one in (root, *root.children())]
    return sum(sum(one.cpu_times()[:4]) for one in processes)


if __name__ == "__main__":
    json.dump(asyncio.run(measure(*map(float, sys.argv[1:]))), sys.stdout, indent=1)
