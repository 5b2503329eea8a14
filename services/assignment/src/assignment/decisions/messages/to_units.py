"""What units and the supervision office are told of the handling of a case."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from assignment.decisions.messages import phrases
from assignment.decisions.messages.facts import Facts
from assignment.decisions.messages.letters import ANYTHING, NEW, Letter, Tell, Told
from assignment.decisions.messages.overtaking import (
    CHASING,
    DEADLINE,
    EXTENSION,
    LIMITS,
    RETURN,
    VISIT,
    commitment,
)
from contracts.assignment import (
    AlertEvent,
    AssignmentDispatched,
    AssignmentEvent,
    CoOpinionGiven,
    CoOpinionSentBack,
    DueDateMoved,
    EarlyLimitsMoved,
    ExtensionDeclined,
    ExtensionGranted,
    ExtensionRequested,
    HandlingResumed,
    HandlingRoundOpened,
    RedCardIssued,
    ReminderDue,
    ReturnDeclined,
    ReturnGranted,
    ReturnRequested,
    UnitChased,
    WarningIssued,
    YellowCardIssued,
)
from contracts.event import Event
from contracts.numbering import CaseNumberCorrected
from contracts.sending import Matter, RecipientKind
from contracts.vocabulary import ChasingManner, Duty


def _tell(
    event: AssignmentEvent, facts: Facts, matter: Matter, about: str, **known: str | date | None
) -> Told:
    letter = Letter(event, facts, matter, about, event.unit)
    return letter.to(RecipientKind.UNIT, event.unit, **known)


def _dispatched(event: AssignmentDispatched, facts: Facts) -> list[Told]:
    lead = event.lead_unit or next(iter(facts.leads), None)
    return [
        _tell(
            event,
            facts if facts.number or not event.number else facts.numbered(event.number),
            Matter.DISPATCHED,
            NEW,
            role=phrases.ROLES[event.role],
            lead=None if event.role.answers_the_proposer else lead,
            sign_by=event.sign_by,
            due_on=event.due_on,
            task=phrases.task_of(event.role),
            provisional=phrases.PROVISIONAL if event.provisional else None,
            return_until=event.return_until,
        )
    ]


def _asks_return(event: ReturnRequested, facts: Facts) -> list[Told]:
    letter = Letter(event, facts, Matter.RETURN_ASKED, RETURN, event.unit)
    return [letter.to_office(reason=event.reason, suggested=event.suggested_unit)]


def _released(event: ReturnGranted, facts: Facts) -> list[Told]:
    return [_tell(event, facts, Matter.RELEASED, NEW)]


def _kept(event: ReturnDeclined, facts: Facts) -> list[Told]:
    return _where_known(event, facts, Matter.KEPT, RETURN, reason=event.reason)


def _asks_time(event: ExtensionRequested, facts: Facts) -> list[Told]:
    letter = Letter(event, facts, Matter.EXTENSION_ASKED, EXTENSION, event.unit)
    return [letter.to_office(reason=event.reason, asked_for=event.until)]


def _extended(event: ExtensionGranted, facts: Facts) -> list[Told]:
    return _where_known(event, facts, Matter.EXTENDED, DEADLINE, due_on=event.due_on)


def _not_extended(event: ExtensionDeclined, facts: Facts) -> list[Told]:
    return _where_known(event, facts, Matter.NOT_EXTENDED, DEADLINE, reason=event.reason)


def _resumed(event: HandlingResumed, facts: Facts) -> list[Told]:
    part = facts.part_of(event.unit)
    if part is None or part.due_on == event.due_on:
        return []
    stood_still = part.suspended is not None and part.resumed is None
    is_later = stood_still and event.due_on > part.due_on
    why = "中止的天数不计入期限" if is_later else "期限按上级再次交办的要求确定"
    reason = f"办理已于{phrases.day(event.resumed_on)}恢复，{why}。"
    return _moved_to(event, facts, event.due_on, part.due_on, reason=reason)


def _moved(event: DueDateMoved, facts: Facts) -> list[Told]:
    return _moved_to(
        event,
        facts,
        event.due_on,
        event.was_due_on,
        reason="节假日安排已经公布，期限按工作日重新计算。",
        provisional=phrases.PROVISIONAL if event.provisional else None,
    )


def _moved_early(event: EarlyLimitsMoved, facts: Facts) -> list[Told]:
    """Only what is another day; where that is the limit for signing alone, a signature overtakes it."""
    known: dict[str, date | None] = {}
    if event.sign_by != event.was_sign_by:
        known |= {"sign_by": event.sign_by, "was_sign_by": event.was_sign_by}
    about = Duty.SIGNING.value
    if event.return_until != event.was_return_until:
        about = LIMITS
        known |= {"return_until": event.return_until, "was_return_until": event.was_return_until}
    limits = phrases.limits(known.get("sign_by"), known.get("return_until"))
    return _where_known(event, facts, Matter.EARLY_LIMITS_MOVED, about, limits=limits, **known)


def _moved_to(
    event: AssignmentEvent, facts: Facts, due_on: date, was_due_on: date, **known: str | None
) -> list[Told]:
    return _where_known(
        event, facts, Matter.MOVED, DEADLINE, due_on=due_on, was_due_on=was_due_on, **known
    )


def _where_known(
    event: AssignmentEvent, facts: Facts, matter: Matter, about: str, **known: str | date | None
) -> list[Told]:
    """Tell the unit, if it has a part: what it is to do and by when stands in its part."""
    if facts.part_of(event.unit) is None:
        return []
    return [_tell(event, facts, matter, about, **known)]


def _alerted(matter: Matter) -> Tell:
    def tell(event: AlertEvent, facts: Facts) -> list[Told]:
        about = event.duty.value
        if event.duty is Duty.COMMITMENT:
            _, _, number = event.rule.rpartition(".")
            about = commitment(number)
        return [
            _tell(
                event,
                facts,
                matter,
                about,
                due_on=event.due_on,
                task=phrases.TASKS[event.duty],
                left=phrases.left(event.due_on, event.raised_on),
            )
        ]

    return tell


def _chased(event: UnitChased, facts: Facts) -> list[Told]:
    """After the first answer nothing is due any more; a return visit asks what became of it.

    It chases nothing, so that what is finished does not stand among what is chased.
    """
    part = facts.part_of(event.unit)
    is_due = part is not None and not part.replies and part.opinion_given_on is None
    known: dict[str, str | date | None] = {} if is_due else {"due_on": None}
    known |= {"manner": event.manner.chinese, "note": event.note or None}
    is_visit = event.manner is ChasingManner.RETURN_VISIT
    matter, about = (Matter.VISITED, VISIT) if is_visit else (Matter.CHASED, CHASING)
    return _where_known(event, facts, matter, about, **known)


def _opinion(event: CoOpinionGiven, facts: Facts) -> list[Told]:
    letter = Letter(event, facts, Matter.OPINION_GIVEN, ANYTHING, event.unit)
    return [
        letter.to(RecipientKind.UNIT, lead, by_unit=event.unit)
        for lead in facts.leads
        if lead != event.unit
    ]


def _opinion_back(event: CoOpinionSentBack, facts: Facts) -> list[Told]:
    known = {"by_unit": event.by_unit, "reason": event.reason}
    return _where_known(event, facts, Matter.OPINION_SENT_BACK, ANYTHING, **known)


def _again(event: HandlingRoundOpened, facts: Facts) -> list[Told]:
    return [_tell(event, facts, Matter.REHANDLING, NEW)]


def _renumbered(event: CaseNumberCorrected, facts: Facts) -> list[Told]:
    known: dict[str, str | date | None] = {"was_number": event.was, "number": event.number}
    known |= {"reason": event.reason or None, "due_on": None}
    now = facts.numbered(event.number)
    return [
        Letter(event, now, Matter.RENUMBERED, NEW, unit).to(RecipientKind.UNIT, unit, **known)
        for unit in facts.units_at_work
    ]


UNITS_TOLD_AFTER: Mapping[type[Event], Tell] = MappingProxyType(
    {
        AssignmentDispatched: _dispatched,
        ReturnRequested: _asks_return,
        ReturnGranted: _released,
        ReturnDeclined: _kept,
        ExtensionRequested: _asks_time,
        ExtensionGranted: _extended,
        ExtensionDeclined: _not_extended,
        HandlingResumed: _resumed,
        DueDateMoved: _moved,
        EarlyLimitsMoved: _moved_early,
        ReminderDue: _alerted(Matter.REMINDER),
        WarningIssued: _alerted(Matter.WARNING),
        YellowCardIssued: _alerted(Matter.YELLOW),
        RedCardIssued: _alerted(Matter.RED),
        UnitChased: _chased,
        CoOpinionGiven: _opinion,
        CoOpinionSentBack: _opinion_back,
        HandlingRoundOpened: _again,
        CaseNumberCorrected: _renumbered,
    }
)
