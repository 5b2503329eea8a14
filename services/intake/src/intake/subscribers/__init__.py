"""What intake does when it hears of something: merges are noted, and districts take over from a city."""

from intake.subscribers.levels import crossings
from intake.subscribers.merging import REACTIONS

__all__ = ["REACTIONS", "crossings"]
