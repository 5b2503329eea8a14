"""What assignment does by itself: on others' events, and when the time has come."""

from assignment.subscribers.moving import moves_as_of
from assignment.subscribers.reacting import reactions
from assignment.subscribers.reporting import crossings
from assignment.subscribers.supervising import Supervisor

__all__ = ["Supervisor", "crossings", "moves_as_of", "reactions"]
