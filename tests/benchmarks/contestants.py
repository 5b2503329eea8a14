"""Everybody who takes part, in the order of the table. A new one is a file with a `run`, and a line here."""

from tests.benchmarks.emmett import EMMETT
from tests.benchmarks.measuring import Contestant
from tests.benchmarks.message_db import MESSAGE_DB
from tests.benchmarks.ours import TIAN_FULL, TIAN_MANY, TIAN_ONE
from tests.benchmarks.python_eventsourcing import EVENTSOURCING
from tests.benchmarks.raw import RAW

OURS: tuple[Contestant, ...] = (TIAN_ONE, TIAN_MANY, TIAN_FULL)
PEERS: tuple[Contestant, ...] = (EVENTSOURCING, EMMETT, MESSAGE_DB)
EVERYBODY: tuple[Contestant, ...] = (RAW, *PEERS, *OURS)
