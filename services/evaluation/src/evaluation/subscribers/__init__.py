"""What evaluation does when it hears of something, in the same log and across levels."""

from evaluation.subscribers.crossing import crossings
from evaluation.subscribers.reacting import REACTIONS

__all__ = ["REACTIONS", "crossings"]
