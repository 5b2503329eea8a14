"""What is told when a case ends, and when it goes on after all: to the same units both times."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from assignment.decisions.messages import phrases
from assignment.decisions.messages.facts import Facts
from assignment.decisions.messages.letters import NEW, Letter, Tell, Told
from assignment.decisions.messages.overtaking import ENDING, FORM
from assignment.state import (
    Answered,
    Assignment,
    AwaitingSignature,
    Closed,
    InHandling,
    Returned,
)
from contracts.assignment import CaseEnded, CaseReopened
from contracts.event import Event
from contracts.sending import Matter, RecipientKind

STANDS_STILL = "现处于中止办理期间，期限待恢复办理时另行通知。"
IN_A_LATER_ROUND = "请继续重新办理，与提案人沟通后再次答复。"
AWAITS_RATING = "贵单位已经答复，等候提案人评价。"
HAS_PROMISED = "贵单位已经办结，承诺事项仍请按期兑现。"
NOTHING_LEFT = "贵单位已无待办事项。"

Known = dict[str, str | date | None]


def _ended(event: CaseEnded, facts: Facts) -> list[Told]:
    return [
        Letter(event, facts, Matter.ENDED, ENDING, part.unit).to(
            RecipientKind.UNIT, part.unit, reason=event.reason
        )
        for part in facts.parts
        if not isinstance(part.stage, Returned)
    ]


def _goes_on(event: CaseReopened, before: Facts) -> list[Told]:
    """All that a dispatch says, as far as it still holds: the end may have cancelled the dispatch."""
    facts = before.after(event)
    return [
        Letter(event, facts, Matter.REOPENED, NEW, part.unit).to(
            RecipientKind.UNIT, part.unit, reason=event.reason, **_what_is_left(part, facts)
        )
        for part in facts.parts
        if not isinstance(part.stage, Returned)
    ] + _forms(event, facts)


def _what_is_left(part: Assignment, facts: Facts) -> Known:
    """What the unit owes and by when; where nothing is due by a day, a sentence that says why."""
    if not _owes_a_first_answer(part):
        return {"due_on": None, "note": _why_nothing_is_due(part, facts)}
    lead = None if part.role.answers_the_proposer else next(iter(facts.leads), None)
    known: Known = {"role": phrases.ROLES[part.role], "lead": lead}
    if part.suspended is not None and part.resumed is None:
        return known | {"due_on": None, "note": STANDS_STILL}
    known |= {"provisional": phrases.PROVISIONAL if _is_provisional(part) else None}
    if isinstance(part.stage, AwaitingSignature):
        known |= {"sign_by": part.given.sign_by, "return_until": part.given.return_until}
    return known


def _owes_a_first_answer(part: Assignment) -> bool:
    if not isinstance(part.stage, (AwaitingSignature, InHandling)):
        return False
    return not part.replies if part.role.answers_the_proposer else part.owes_an_opinion


def _why_nothing_is_due(part: Assignment, facts: Facts) -> str:
    match part.stage:
        case InHandling() if part.role.answers_the_proposer:
            return IN_A_LATER_ROUND
        case Answered():
            return AWAITS_RATING
        case Closed() if part.unit in facts.units_at_work:
            return HAS_PROMISED
        case _:
            return NOTHING_LEFT


def _is_provisional(part: Assignment) -> bool:
    return part.given.provisional if part.provisional is None else part.provisional


def _forms(event: CaseReopened, facts: Facts) -> list[Told]:
    """The forms that are still to be filled in, once for each proposer: the end took them back.

    One that is about the answers of several units is about none of them alone, so that the rating
    of one does not overtake it.
    """
    awaited: dict[str, list[Assignment]] = {}
    for part in facts.parts:
        if part.unit in facts.unrated and isinstance(part.stage, Answered):
            for name in facts.proposers_of(part.unit):
                awaited.setdefault(name, []).append(part)
    return [_form(event, facts, name, parts) for name, parts in awaited.items()]


def _form(event: CaseReopened, facts: Facts, name: str, parts: list[Assignment]) -> Told:
    days = [(part.unit, part.replies[-1].issued_on) for part in parts]
    letter = Letter(event, facts, Matter.FORM_DUE, FORM, parts[0].unit if len(parts) == 1 else None)
    return letter.to(RecipientKind.PROPOSER, name, answered=phrases.answered(days), due_on=None)


TOLD_AT_AN_END: Mapping[type[Event], Tell] = MappingProxyType(
    {CaseEnded: _ended, CaseReopened: _goes_on}
)
