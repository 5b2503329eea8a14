"""What a case is called in messages that were written before its number was corrected (更正案号)."""

from assignment.decisions.messages.facts import Facts
from contracts.event import Event
from contracts.numbering import CaseNumberCorrected
from contracts.sending import Renamed


def renamed_by(event: Event, facts: Facts) -> Renamed | None:
    """How messages called the case and call it after an event; nothing for all other events.

    It is the whole name that is replaced: the old number alone may be that of another case by now.
    """
    if not isinstance(event, CaseNumberCorrected):
        return None
    was, now = facts.numbered(event.was).named, facts.numbered(event.number).named
    return Renamed(event.proposal_id, was, now)
