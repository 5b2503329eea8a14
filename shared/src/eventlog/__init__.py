"""An append-only log in PostgreSQL, one per district, and what follows from it."""

from eventlog.following import Follower
from eventlog.handling import Decider, Handled, Handling, Intent
from eventlog.log import EventLog, Outcome, Write
from eventlog.recorded import NewEvent, Provenance, Recorded
from eventlog.refusing import Conflict, LogUnavailable
from eventlog.relay import Relay

__all__ = [
    "Conflict",
    "Decider",
    "EventLog",
    "Follower",
    "Handled",
    "Handling",
    "Intent",
    "LogUnavailable",
    "NewEvent",
    "Outcome",
    "Provenance",
    "Recorded",
    "Relay",
    "Write",
]
