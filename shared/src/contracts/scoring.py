"""How a district or a unit is scored: base, deductions, bonuses, caps and grades, as data."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from contracts.reading import Identifier, Part, Points, Sourced, Whole, Words, each_once, wrong

Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
Interval = Annotated[Decimal, Field(gt=0, le=100, max_digits=5, decimal_places=2)]

BY_HAND = ("entered_times", "entered_points")


class Step(Part):
    """Points for a threshold; of several, only the highest that is reached counts."""

    at_least: Whole
    points: Points


class RateRule(Part):
    """How a rate gives points: below or above a target, once it is reached, or in proportion.

    With `every`, the points count for each full interval of so many percent.
    """

    name: Words
    below: Percent | None = None
    above: Percent | None = None
    at_least: Percent | None = None
    every: Interval | None = None
    in_proportion: bool = False

    @model_validator(mode="after")
    def is_of_one_kind(self) -> Self:
        kinds = [self.below, self.above, self.at_least, self.in_proportion or None]
        if kinds.count(None) != len(kinds) - 1:
            raise wrong(
                "below、above、at_least、in_proportion 应写且只写一个",
                "needs exactly one of below, above, at_least and in_proportion",
            )
        if self.every is not None and self.below is None and self.above is None:
            raise wrong(
                "every 只与 below 或 above 同用",
                "takes `every` only with below or above",
                ("every",),
            )
        return self


class Item(Sourced):
    """A rule that gives or takes points, for what it counts or for a rate.

    `points` are positive, for each thing counted; with `at_least`, once, when there are that many;
    `steps` instead of both set several thresholds. `cap` is the most that the item comes to.
    What is `entered` by hand stands in no event: times are multiplied, points taken as they are.
    """

    id: Identifier
    label: Words
    label_en: Words
    counts: str | None = None
    rate: RateRule | None = None
    points: Points | None = None
    at_least: Whole | None = None
    steps: tuple[Step, ...] = ()
    cap: Points | None = None
    group: Identifier | None = None

    @property
    def is_entered(self) -> bool:
        return self.counts in BY_HAND

    @model_validator(mode="after")
    def counts_something_or_goes_by_a_rate(self) -> Self:
        if (self.counts is None) == (self.rate is None):
            raise wrong("counts、rate 应写且只写一个", "needs exactly one of counts and rate")
        if self.rate is not None and (self.at_least is not None or self.steps):
            raise wrong(
                "按比率计分的，门槛写在 rate 里",
                "has its threshold inside `rate` where it goes by a rate",
            )
        return self

    @model_validator(mode="after")
    def says_how_many_points(self) -> Self:
        if self.counts == "entered_points":
            if self.cap is None or self.points is not None or self.at_least or self.steps:
                raise wrong(
                    "直接录入分值的，只写封顶 cap，不写 points、at_least、steps",
                    "takes points as they are entered: give `cap`, not points, at_least or steps",
                )
        elif (self.points is None) != bool(self.steps):
            raise wrong("points、steps 应写且只写一个", "needs exactly one of points and steps")
        elif self.steps and self.at_least is not None:
            raise wrong("有 steps 的不写 at_least", "takes no at_least with steps", ("at_least",))
        return self

    @model_validator(mode="after")
    def steps_up(self) -> Self:
        starts = [step.at_least for step in self.steps]
        if starts != sorted(set(starts)):
            raise wrong(
                "steps 的 at_least 应由小到大", "needs steps with growing at_least", ("steps",)
            )
        return self


class Deduction(Item):
    """Points (a positive number) that each thing of a kind costs, or a rate that falls short."""

    counts: (
        Literal[
            "late_cases",
            "unanswered_cases",
            "dissatisfied_cases",
            "late_assignments",
            "unanswered_assignments",
            "dissatisfied_replies",
            "late_co_opinions",
            "late_signings",
            "overdue_signings",
            "unvisited_assignments",
            "broken_promises",
            "entered_times",
            "entered_points",
        ]
        | None
    ) = None


class Bonus(Item):
    """Points for what a kind of thing is counted, or for a rate that is good."""

    counts: (
        Literal[
            "total_cases",
            "answering_cases",
            "key_cases_answered",
            "adopted_clues",
            "early_cases",
            "entered_times",
            "entered_points",
        ]
        | None
    ) = None
    days: Whole | None = None

    @model_validator(mode="after")
    def says_how_early(self) -> Self:
        if (self.counts == "early_cases") != (self.days is not None):
            raise wrong(
                "early_cases 要写提前的天数 days，其他的不写",
                "needs `days` with early_cases, and only there",
            )
        return self


class Base(Sourced):
    """The points that one starts with. Deductions take them down to `floor` and no further."""

    label: Words
    label_en: Words
    points: Points
    floor: Points

    @model_validator(mode="after")
    def does_not_start_below_its_floor(self) -> Self:
        if self.floor > self.points:
            raise wrong("floor 不能大于 points", "floor cannot be above points")
        return self


class Group(Sourced):
    """Items that belong together and come to no more than so many points."""

    id: Identifier
    label: Words
    label_en: Words
    deductions_at_most: Points | None = None
    bonuses_at_most: Points | None = None


class Grade(Sourced):
    """What a total is called (等次) from so many points on."""

    label: Words
    label_en: Words
    at_least: Points


class Scoring(Part):
    """How a district scores itself; the total never exceeds `ceiling`.

    With `units`, every handling unit is scored under the same rules, by its own assignments.
    """

    ceiling: Points
    base: Base
    deductions: tuple[Deduction, ...]
    bonuses: tuple[Bonus, ...]
    bonuses_at_most: Points | None = None
    groups: tuple[Group, ...] = ()
    grades: tuple[Grade, ...] = ()
    units: bool = False

    @property
    def items(self) -> tuple[Item, ...]:
        return (*self.deductions, *self.bonuses)

    def places(self) -> list[tuple[tuple[str, int], Item]]:
        """Every item, with where it stands among the deductions or the bonuses."""
        return [
            *((("deductions", index), each) for index, each in enumerate(self.deductions)),
            *((("bonuses", index), each) for index, each in enumerate(self.bonuses)),
        ]

    @model_validator(mode="after")
    def has_each_id_once(self) -> Self:
        each_once("id", ["base", *(each.id for each in self.items)])
        each_once("groups.id", [each.id for each in self.groups])
        return self

    @model_validator(mode="after")
    def knows_its_groups(self) -> Self:
        known = [each.id for each in self.groups]
        for place, item in self.places():
            if item.group is not None and item.group not in known:
                raise wrong(
                    f"没有名为 {item.group} 的组",
                    f"there is no group {item.group}",
                    (*place, "group"),
                )
        return self

    @model_validator(mode="after")
    def grades_from_the_best_down(self) -> Self:
        starts = [grade.at_least for grade in self.grades]
        if starts != sorted(set(starts), reverse=True):
            raise wrong("grades 应由高到低", "needs grades from the highest down", ("grades",))
        return self
