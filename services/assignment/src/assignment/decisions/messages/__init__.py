"""Who is told what after an event, in which words, and which earlier messages it overtakes."""

from assignment.decisions.messages.facts import Facts, Submitter, facts_of
from assignment.decisions.messages.letters import OFFICE, Told
from assignment.decisions.messages.occasions import TOLD_AFTER, told_after
from assignment.decisions.messages.overtaking import OVERTAKING, overtaken_by
from assignment.decisions.messages.renaming import renamed_by

__all__ = [
    "OFFICE",
    "OVERTAKING",
    "TOLD_AFTER",
    "Facts",
    "Submitter",
    "Told",
    "facts_of",
    "overtaken_by",
    "renamed_by",
    "told_after",
]
