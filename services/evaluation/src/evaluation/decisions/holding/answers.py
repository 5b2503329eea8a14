"""What stands behind the answers: results beside ratings, quick ratings, answers just in time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from contracts.assignment import (
    AssignmentDispatched,
    CaseEnded,
    CaseReopened,
    DueDateMoved,
    ExtensionGranted,
    HandlingResumed,
    ReplyIssued,
    ResultClassChanged,
    ReturnGranted,
)
from contracts.classes import ResultBucket, class_said
from contracts.evaluation import ReplyRated
from contracts.figures import CaseNote
from contracts.holding import CaseSteps, CrossCell, Insights, Share, Step
from contracts.rulebook import Rulebook
from contracts.vocabulary import Satisfaction
from evaluation.decisions.numbers import percent, shown
from evaluation.decisions.rates.formula import satisfied
from evaluation.decisions.wording import Said, level

WEEK = timedelta(days=7)
LIMITS = (AssignmentDispatched, ExtensionGranted, HandlingResumed, DueDateMoved)
UNKNOWN = "unknown"
RESULTS = {
    **{bucket.value: bucket.chinese for bucket in ResultBucket},
    UNKNOWN: "类别不详",
}
RESULTS_EN = {
    ResultBucket.SOLVED.value: "Solved",
    ResultBucket.IN_PROGRESS.value: "In progress",
    ResultBucket.PLANNED.value: "Planned",
    ResultBucket.BLOCKED.value: "Blocked",
    ResultBucket.REFERENCE.value: "Kept for reference",
    ResultBucket.INFEASIBLE.value: "Not feasible",
    UNKNOWN: "Class not known",
}
UNRATED = Said("尚未评价", "Not rated yet")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one unit answered in one case: its limit, first and latest reply, what became of the latest.

    `limit` is the step that set the deadline last, `changed` the one that changed the class of the
    latest reply since, and `rated` the latest rating of it.
    """

    case: CaseSteps
    limit: Step
    first: Step
    latest: Step
    changed: Step | None
    rated: Step | None

    @property
    def result_class(self) -> str:
        """The class of the latest reply, or the one that it was changed to since; empty if not known."""
        code: str = getattr((self.changed or self.latest).event, "result_class", "")
        return code

    @property
    def unit(self) -> str:
        unit: str = getattr(self.latest.event, "unit", "")
        return unit

    def note(self, why: Said, *steps: Step | None) -> CaseNote:
        return CaseNote(
            proposal_id=self.case.proposal_id,
            number=self.case.number,
            title=self.case.title,
            why=why.chinese,
            why_en=why.english,
            positions=tuple(sorted(step.position for step in steps if step)),
        )


def insights_of(
    district: str,
    year: int,
    cases: Iterable[CaseSteps],
    rulebook: Rulebook | None,
    minutes: int,
) -> Insights:
    """What the events of a year say of its answers; reported cases that have not ended count."""
    answers = [answer for case in cases for answer in _answers(case)]
    return Insights(
        district=district,
        year=year,
        answers=len(answers),
        cross=_cross(answers, rulebook),
        quickly_satisfied=_quick(answers, minutes, satisfied(rulebook).codes),
        in_the_last_week=_late(answers),
        minutes=minutes,
    )


def _answers(case: CaseSteps) -> Iterator[Answer]:
    turns = [step.event for step in case.steps if isinstance(step.event, CaseEnded | CaseReopened)]
    if turns and isinstance(turns[-1], CaseEnded):
        return
    by_unit: defaultdict[str, list[Step]] = defaultdict(list)
    for step in case.steps:
        if unit := getattr(step.event, "unit", ""):
            by_unit[unit].append(step)
    for steps in by_unit.values():
        dispatched = _last(steps, AssignmentDispatched)
        replies = [step for step in steps if isinstance(step.event, ReplyIssued)]
        released = _last(steps, ReturnGranted)
        if dispatched is None or not replies or not getattr(dispatched.event, "reporting", False):
            continue
        if released and released.position > dispatched.position:
            continue
        since = [step for step in steps if step.position > replies[-1].position]
        yield Answer(
            case,
            limit=_last([step for step in steps if step.position >= dispatched.position], *LIMITS)
            or dispatched,
            first=replies[0],
            latest=replies[-1],
            changed=_last(since, ResultClassChanged),
            rated=_last(since, ReplyRated),
        )


def _last(steps: Sequence[Step], *kinds: type) -> Step | None:
    return next((step for step in reversed(steps) if isinstance(step.event, kinds)), None)


def _rating(answer: Answer) -> Satisfaction | None:
    event = answer.rated.event if answer.rated else None
    return event.satisfaction if isinstance(event, ReplyRated) else None


def _cross(answers: Sequence[Answer], rulebook: Rulebook | None) -> tuple[CrossCell, ...]:
    """Latest answers by what they came to and how they were rated; cells without any are left out."""
    cells: defaultdict[tuple[str, str], list[CaseNote]] = defaultdict(list)
    for answer in answers:
        code = answer.result_class
        known = rulebook.result_class(code) if rulebook and code else None
        rating = _rating(answer)
        key = (known.bucket.value if known else UNKNOWN, rating.value if rating else "")
        called = class_said(code) if code else "— 类"
        why = Said(f"{answer.unit}：{called}", f"{answer.unit}: class {code or '—'}")
        cells[key].append(answer.note(why, answer.latest, answer.changed, answer.rated))
    titles = {each.value: level(each, rulebook) for each in Satisfaction} | {"": UNRATED}
    return tuple(
        CrossCell(
            result=result,
            result_label=RESULTS[result],
            result_label_en=RESULTS_EN[result],
            satisfaction=rating,
            satisfaction_label=titles[rating].chinese,
            satisfaction_label_en=titles[rating].english,
            count=len(cells[result, rating]),
            cases=tuple(cells[result, rating]),
        )
        for result in RESULTS
        for rating in titles
        if (result, rating) in cells
    )


def _quick(answers: Sequence[Answer], minutes: int, levels: frozenset[Satisfaction]) -> Share:
    """Of the answers whose rating counts as satisfied, given by the proposer while both were recorded live: those rated at once."""
    satisfied = [each for each in answers if _rating(each) in levels]
    live = [
        (each, each.rated.live_at - each.latest.live_at)
        for each in satisfied
        if each.rated and each.rated.live_at and each.latest.live_at
    ]
    quick = [(each, took) for each, took in live if took <= timedelta(minutes=minutes)]
    return _share(
        Said(
            f"答复后 {minutes} 分钟内评为满意", f"Satisfied within {minutes} minutes of the answer"
        ),
        Said(
            f"答复后 {minutes} 分钟内由提案人评为“满意”的答复÷实时登记、由提案人评为“满意”的答复。"
            "台账补录的和代录的没有可信的时刻，不计。",
            f"Answers that proposers rated satisfied within {minutes} minutes ÷ answers that they"
            " rated satisfied, both recorded live. Ledgers and ratings by proxy give no moment.",
        ),
        [each.note(_took(took), each.latest, each.rated) for each, took in quick],
        len(live),
        unknown=len(satisfied) - len(live),
    )


def _took(took: timedelta) -> Said:
    seconds = int(took.total_seconds())
    return Said(
        f"答复后 {seconds // 60} 分 {seconds % 60} 秒",
        f"after {seconds // 60} min {seconds % 60} s",
    )


def _late(answers: Sequence[Answer]) -> Share:
    """Of the first answers: those that came on one of the last seven days of the limit."""
    notes = []
    for answer in answers:
        due_on = getattr(answer.limit.event, "due_on", None)
        left = due_on - answer.first.day if due_on else None
        if left is not None and timedelta(0) <= left < WEEK:
            why = Said(f"期限前 {left.days} 天答复", f"answered {left.days} days before the limit")
            notes.append(answer.note(why, answer.limit, answer.first))
    return _share(
        Said("期限前最后一周内答复", "Answered in the last week before the limit"),
        Said(
            "在期限当天或之前六天内答复的÷全部首次答复；逾期答复的计入分母，不计入分子。",
            "First answers on the last day of their limit or the six before ÷ all first answers;"
            " those after the limit stand below the line only.",
        ),
        notes,
        len(answers),
    )


def _share(
    label: Said, rule: Said, cases: Sequence[CaseNote], denominator: int, unknown: int = 0
) -> Share:
    value = percent(len(cases), denominator)
    return Share(
        label=label.chinese,
        label_en=label.english,
        rule=rule.chinese,
        rule_en=rule.english,
        numerator=len(cases),
        denominator=denominator,
        value=value,
        display=shown(value),
        cases=tuple(cases),
        unknown=unknown,
    )
