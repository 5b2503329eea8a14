"""Who held a case and for how long, and what stands behind its answers: all from the events."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from contracts.event import Event
from contracts.figures import CaseNote, Figure
from contracts.shown import Shown
from contracts.vocabulary import Term


class Stage(Term):
    """What a case waits for, and with whom it lies meanwhile."""

    UNDISPATCHED = "undispatched", "待交办"
    UNSIGNED = "unsigned", "待签收"
    HANDLING = "handling", "承办单位办理"
    WAITING_FOR_OPINIONS = "waiting_for_opinions", "等待会办意见"
    UNDIVIDED = "undivided", "签收和办理（签收日不详）"
    SUSPENDED = "suspended", "中止办理"
    RETURN_PENDING = "return_pending", "退回待批"
    RATING_PENDING = "rating_pending", "待提案人评价"


@dataclass(frozen=True, slots=True)
class Step:
    """An event of a case: its day in China, its position, and the moment it was recorded live.

    `live_at` is None for what a ledger told afterwards, and for events whose moment does not count.
    """

    event: Event
    day: date
    position: int
    live_at: datetime | None = None


@dataclass(slots=True)
class CaseSteps:
    """The events of one case in the order of the log."""

    proposal_id: str
    year: int
    number: str
    title: str
    steps: list[Step]


class Stretch(Figure):
    """A stretch of days that a case waited for one thing, from the first day up to, not with, the last.

    `unit` is empty while no unit has the case. An open stretch lasts until the day that is shown.
    """

    stage: Stage
    label: str
    label_en: str
    holder: str
    holder_en: str
    unit: str
    from_on: date
    until_on: date
    days: int
    is_open: bool
    positions: tuple[int, ...]


class CaseHolding(Figure):
    """Who held one case, in the order of the days."""

    proposal_id: str
    number: str
    title: str
    stretches: tuple[Stretch, ...]
    shown: Shown | None = None


class Held(Figure):
    """The days of one stage, of all units or of one: the sum over so many stretches, and the cases.

    `average` is days ÷ stretches; `still_open` stretches go on. The cases with most days come first.
    """

    stage: Stage
    label: str
    label_en: str
    unit: str
    days: int
    stretches: int
    average: Decimal
    longest: int
    still_open: int
    cases: tuple[CaseNote, ...]


class Holdings(Figure):
    """Who held the cases of a year how long, by stage, and by unit and stage; in calendar days."""

    district: str
    year: int
    cases: int
    by_stage: tuple[Held, ...]
    by_unit: tuple[Held, ...]
    shown: Shown | None = None


class CrossCell(Figure):
    """The answers of one kind of result with one rating; an empty rating is one not given yet."""

    result: str
    result_label: str
    result_label_en: str
    satisfaction: str
    satisfaction_label: str
    satisfaction_label_en: str
    count: int
    cases: tuple[CaseNote, ...]


class Share(Figure):
    """A share with both terms and the cases above the line; `unknown` could not be asked.

    `value` is in percent; where nothing is counted it is None, shown as «—».
    """

    label: str
    label_en: str
    rule: str
    rule_en: str
    numerator: int
    denominator: int
    value: Decimal | None
    display: str
    cases: tuple[CaseNote, ...]
    unknown: int = 0


class Insights(Figure):
    """What stands behind the answers of a year: results beside ratings, and when answers came."""

    district: str
    year: int
    answers: int
    cross: tuple[CrossCell, ...]
    quickly_satisfied: Share
    in_the_last_week: Share
    minutes: int
    shown: Shown | None = None
