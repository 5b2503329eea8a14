"""How long answers and co-opinions took: what lies behind slow coordination, in figures."""

from dataclasses import dataclass
from decimal import Decimal

from annual_summary.facts import Part, YearCase, YearFacts
from annual_summary.model import Said, SummaryField
from annual_summary.numerals import mean
from annual_summary.sentences import Pages, field, literal, say

CLOSE_TO_THE_LIMIT_DAYS = 3


@dataclass(frozen=True)
class Step:
    """A part of a case that a unit completed, and the days that it took."""

    case: YearCase
    part: Part
    days: int
    days_left: int

    @property
    def is_close(self) -> bool:
        return 0 <= self.days_left <= CLOSE_TO_THE_LIMIT_DAYS


def paces(facts: YearFacts) -> list[Said]:
    """A sentence on co-opinions and one on answers, as far as there are any."""
    pages = Pages(facts.figures)
    steps = [
        Step(case, part, part.days_taken, part.days_left)
        for case in facts.cases
        for part in case.reported
        if part.days_taken is not None and part.days_left is not None
    ]
    answers = [step for step in steps if step.part.role.answers_the_proposer]
    opinions = [step for step in steps if not step.part.role.answers_the_proposer]
    kinds = (
        _Pace("opinions", "会办意见", "co-opinions", "会办单位共提交", opinions, pages),
        _Pace("answers", "答复", "answers", "独办、主办、分办单位共作出", answers, pages),
    )
    return [kind.said for kind in kinds if kind.steps]


@dataclass(frozen=True)
class _Pace:
    """The figures on one kind of step; there is at least one."""

    key: str
    what: str
    what_en: str
    done_by: str
    steps: list[Step]
    pages: Pages

    @property
    def said(self) -> Said:
        slowest = max(self.steps, key=lambda step: (step.days, step.case.number))
        close = [step for step in self.steps if step.is_close]
        days = [step.days for step in self.steps]
        how_many_close = "有{close}份" if close else "没有"
        return say(
            f"pace_{self.key}",
            f"{self.done_by}{self.what}{{count}}份，从交办到完成平均用时{{mean}}天，最长{{longest}}天"
            f"（第{literal(slowest.case.number)}号）；"
            f"期限届满前{CLOSE_TO_THE_LIMIT_DAYS}日内（含当日）完成的{how_many_close}。",
            count=self._field("count", len(days), ("份数", "number"), self.steps),
            mean=self._field(
                "mean_days", mean(sum(days), len(days)), ("平均用时", "mean days"), self.steps
            ),
            longest=self._field("longest_days", slowest.days, ("最长用时", "most days"), [slowest]),
            close=self._field("close", len(close), ("临近期限的份数", "close to the limit"), close),
        )

    def _field(
        self, name: str, value: Decimal | int, label: tuple[str, str], steps: list[Step]
    ) -> SummaryField:
        cases = {step.case.proposal_id: step.case.number for step in steps}
        only = next(iter(cases)) if len(cases) == 1 else ""
        return field(
            f"{self.key}_{name}",
            value,
            (f"{self.what}{label[0]}", f"{self.what_en}: {label[1]}"),
            f"天数自交办之日起按自然日计算，以首次{self.what}为准，按承办单位分别计。",
            cases=sorted(cases.values()),
            path=self.pages.case(only) if only else self.pages.cases(),
        )
