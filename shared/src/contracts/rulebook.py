"""A rulebook: everything that differs between places, as a TOML file that is read and checked here."""

import tomllib
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from pydantic import Field, ValidationError, model_validator

from contracts.classes import ResultClass
from contracts.handling_rules import HandlingRules
from contracts.limits import LimitPassed, Limits, MonthDay
from contracts.rating_levels import SatisfactionLevel
from contracts.reading import (
    Identifier,
    Part,
    Sourced,
    Whole,
    Words,
    each_once,
    problems,
    unreadable,
    wrong,
)
from contracts.refusal import Refused
from contracts.scoring import Scoring
from contracts.supervision import Supervision
from contracts.vocabulary import Origin, Role, Satisfaction
from contracts.working_days import LastDay, WorkingCalendar


class BadRulebook(Refused):
    """规则文件有误：{problems}。"""

    english: ClassVar[str] = "The rulebook is not right: {problems_en}."


class Formula(Sourced):
    """The id of the formula that a rate is computed with; evaluation knows the formulas."""

    formula: Words


class Formulas(Part):
    """The formula of each of the three rates, and of the others that the place shows."""

    on_time_completion_rate: Formula
    reply_rate: Formula
    satisfaction_rate: Formula
    broad_satisfaction_rate: Formula | None = None
    form_return_rate: Formula | None = None
    completion_rate: Formula | None = None
    solution_rate: Formula | None = None
    publication_rate: Formula | None = None
    signing_rate: Formula | None = None
    meeting_rate: Formula | None = None
    visit_rate: Formula | None = None
    contact_rate: Formula | None = None
    co_opinion_rate: Formula | None = None
    promise_rate: Formula | None = None
    filing_rate: Formula | None = None

    @property
    def chosen(self) -> dict[str, Formula]:
        """The formulas by the rates that they are chosen for."""
        return {name: formula for name, formula in self if formula is not None}


class CalendarStep(Sourced):
    """A step of the yearly assessment: from which day and until which day of the year."""

    id: Identifier
    label: Words
    label_en: Words
    opens: MonthDay | None = None
    closes: MonthDay


class Rulebook(Part):
    """One version of the rules of a place. `sample` says that it is not an official standard."""

    id: Identifier
    version: Whole
    title: Words
    title_en: Words
    sample: bool
    limits: Limits
    result_classes: Annotated[tuple[ResultClass, ...], Field(min_length=1)]
    satisfaction_levels: Annotated[tuple[SatisfactionLevel, ...], Field(min_length=2)]
    formulas: Formulas
    score: Scoring
    handling: HandlingRules | None = None
    supervision: Supervision | None = None
    calendar: tuple[CalendarStep, ...] = ()

    @model_validator(mode="after")
    def names_each_class_and_level_once(self) -> Self:
        each_once("result_classes.code", [each.code for each in self.result_classes])
        each_once("satisfaction_levels.code", [each.code for each in self.satisfaction_levels])
        return self

    @model_validator(mode="after")
    def scores_by_rates_that_it_shows(self) -> Self:
        for place, item in self.score.places():
            if item.rate is not None and item.rate.name not in self.formulas.chosen:
                raise wrong(
                    f"formulas 没有为 {item.rate.name} 选定公式",
                    f"formulas chooses none for {item.rate.name}",
                    ("score", *place, "rate", "name"),
                )
        return self

    @model_validator(mode="after")
    def asks_for_classes_that_it_has(self) -> Self:
        codes = {each.code for each in self.result_classes}
        for key in ("evidence_for", "commitments_for"):
            named = getattr(self.handling, key) if self.handling else ()
            if unknown := sorted(set(named) - codes):
                listed = ", ".join(unknown)
                raise wrong(
                    f"result_classes 里没有 {listed}",
                    f"result_classes has no {listed}",
                    ("handling", key),
                )
        return self

    @property
    def satisfied_levels(self) -> frozenset[Satisfaction]:
        return frozenset(each.code for each in self.satisfaction_levels if each.counts_as_satisfied)

    @property
    def broadly_satisfied_levels(self) -> frozenset[Satisfaction]:
        levels = self.satisfaction_levels
        return frozenset(each.code for each in levels if each.is_broadly_satisfied)

    @property
    def dissatisfied_levels(self) -> frozenset[Satisfaction]:
        return frozenset(each.code for each in self.satisfaction_levels if each.is_dissatisfied)

    def level(self, code: str) -> SatisfactionLevel | None:
        return next((each for each in self.satisfaction_levels if each.code == code), None)

    def result_class(self, code: str) -> ResultClass | None:
        return next((each for each in self.result_classes if each.code == code), None)

    def due_on(self, role: Role, dispatched_on: date) -> tuple[date, str]:
        """The last day of the limit, and the id of the rule, such as "shenzhen-2024/limits.lead".

        Raises LimitPassed where a fixed date lies before the dispatch.
        """
        due, rule = self.due(role, dispatched_on)
        return due.on, rule

    def due(
        self,
        role: Role,
        dispatched_on: date,
        calendar_in_force: WorkingCalendar | None = None,
        *,
        origin: Origin | None = None,
        is_key: bool = False,
    ) -> tuple[LastDay, str]:
        """The last day of a case's limit, maybe provisional, and the id of the rule.

        Raises LimitPassed where a fixed date lies before the dispatch.
        """
        limit, key = self.limits.for_case(role, origin, is_key=is_key)
        due, rule = limit.last_day(dispatched_on, calendar_in_force), f"{self.id}/{key}"
        if due.on < dispatched_on:
            raise LimitPassed(
                title=self.title,
                title_en=self.title_en,
                due_on=due.on,
                dispatched_on=dispatched_on,
            )
        return due, rule


def read_rulebook(text: str) -> Rulebook:
    """Read a rulebook file. Raises BadRulebook, which names every key that is not right."""
    try:
        return Rulebook.model_validate(tomllib.loads(text, parse_float=Decimal))
    except ValidationError as error:
        said, said_en = problems(error, text)
    except (ValueError, ArithmeticError, RecursionError) as error:
        said, said_en = unreadable(error)
    raise BadRulebook(problems=said, problems_en=said_en)
