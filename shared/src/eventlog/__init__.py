"""An append-only log in PostgreSQL, one per district, and what follows from it."""

from eventlog.deciding import Decider, Handled, Intent
from eventlog.following import Follower
from eventlog.handling import Handling
from eventlog.log import EventLog
from eventlog.recorded import NewEvent, Provenance, Recorded
from eventlog.refusing import Conflict, LogBusy, LogUnavailable
from eventlog.relay import Relay
from eventlog.writes import Outcome, Write

__all__ = [
    "Conflict",
    "Decider",
    "EventLog",
    "Follower",
    "Handled",
    "Handling",
    "Intent",
    "LogBusy",
    "LogUnavailable",
    "NewEvent",
    "Outcome",
    "Provenance",
    "Recorded",
    "Relay",
    "Write",
]
