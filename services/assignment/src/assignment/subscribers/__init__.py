"""What assignment does by itself: on others' events, and when the time has come."""

from assignment.subscribers.connecting import connect_lines
from assignment.subscribers.moving import moves_as_of
from assignment.subscribers.reacting import reactions
from assignment.subscribers.reporting import crossings
from assignment.subscribers.sending import Sender
from assignment.subscribers.silence import Silence
from assignment.subscribers.supervising import Supervisor
from assignment.subscribers.telling import FOLLOWER as MESSAGES
from assignment.subscribers.telling import Teller

__all__ = [
    "MESSAGES",
    "Sender",
    "Silence",
    "Supervisor",
    "Teller",
    "connect_lines",
    "crossings",
    "moves_as_of",
    "reactions",
]
