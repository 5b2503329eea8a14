"""How a rule of the score is printed, in Chinese and in English."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from contracts.scoring import Bonus, Item, RateRule
from evaluation.decisions.numbers import printed
from evaluation.decisions.rates.naming import ENGLISH_LABELS, RateName
from evaluation.decisions.wording import Said


class Measure(NamedTuple):
    """What things are counted by: the measure word, and the English noun."""

    chinese: str
    singular: str
    plural: str


_CASES = Measure("件", "case", "cases")
_ASSIGNMENTS = Measure("个交办件", "assignment", "assignments")
_TIMES = Measure("次", "time", "times")
_PERCENT = Measure("档", "step", "steps")

_MEASURES: Mapping[str, Measure] = {
    "late_assignments": _ASSIGNMENTS,
    "unanswered_assignments": _ASSIGNMENTS,
    "late_signings": _ASSIGNMENTS,
    "overdue_signings": _ASSIGNMENTS,
    "unvisited_assignments": _ASSIGNMENTS,
    "dissatisfied_replies": Measure("份答复", "answer", "answers"),
    "late_co_opinions": Measure("份会办意见", "co-opinion", "co-opinions"),
    "broken_promises": Measure("项承诺", "promise", "promises"),
    "adopted_clues": Measure("条", "clue", "clues"),
    "entered_times": _TIMES,
    "entered_points": Measure("项", "entry", "entries"),
}


def measure_of(item: Item) -> Measure:
    if item.rate is not None:
        return _PERCENT
    return _MEASURES.get(item.counts or "", _CASES)


def said_of(item: Item) -> Said:
    """The rule in words: what gives or costs how many points."""
    verb = "加" if isinstance(item, Bonus) else "扣"
    rule = _rule(item, verb)
    if isinstance(item, Bonus) and item.days is not None:
        rule = Said(
            f"提前 {item.days} 天以上，{rule.chinese}",
            f"{rule.english} that is {item.days} days early or more",
        )
    if item.cap is not None and item.counts != "entered_points":
        rule = Said(
            f"{rule.chinese}，最多 {printed(item.cap)} 分",
            f"{rule.english}, at most {printed(item.cap)}",
        )
    if item.is_entered:
        rule = Said(f"需人工认定：{rule.chinese}", f"Entered by hand: {rule.english}")
    return rule


def points_in_english(points: Decimal) -> str:
    return f"{printed(points)} point" if points == 1 else f"{printed(points)} points"


def _rule(item: Item, verb: str) -> Said:
    measure, off = measure_of(item), "" if verb == "加" else " off"
    if item.rate is not None:
        return _by_rate(item.rate, item.points or Decimal(0), verb)
    if item.counts == "entered_points":
        most = item.cap or Decimal(0)
        return Said(
            f"按认定的分值{verb}分，最多 {printed(most)} 分",
            f"the points{off} that were decided on, at most {printed(most)}",
        )
    if item.steps:
        steps = [(each.at_least, printed(each.points)) for each in item.steps]
        return Said(
            "，".join(
                f"达到 {least} {measure.chinese}{verb} {points} 分" for least, points in steps
            )
            + ("，取最高一档" if len(steps) > 1 else ""),
            ", ".join(f"{points}{off} for at least {least}" for least, points in steps)
            + (", the highest that is reached" if len(steps) > 1 else ""),
        )
    return _for_each(item, measure, item.points or Decimal(0), verb)


def _for_each(item: Item, measure: Measure, points: Decimal, verb: str) -> Said:
    printed_points, in_english = printed(points), points_in_english(points)
    off = "" if verb == "加" else " off"
    if item.at_least is not None:
        return Said(
            f"达到 {item.at_least} {measure.chinese}，{verb} {printed_points} 分",
            f"{in_english}{off} when there are at least {item.at_least}",
        )
    noun = f" {measure.singular}" if off or item.counts == "early_cases" else ""
    return Said(
        f"每{measure.chinese}{verb} {printed_points} 分", f"{in_english}{off} for each{noun}"
    )


def _by_rate(rule: RateRule, points: Decimal, verb: str) -> Said:
    name = RateName(rule.name)
    label, label_en = name.chinese, ENGLISH_LABELS[name]
    given, given_en = printed(points), points_in_english(points)
    off = "" if verb == "加" else " off"
    if rule.in_proportion:
        return Said(
            f"{given} 分乘以{label}，保留两位小数，不进位",
            f"{given_en}{off} times the {label_en.lower()}, cut to two places",
        )
    if rule.at_least is not None:
        most = printed(rule.at_least)
        return Said(
            f"{label}达到 {most}%，{verb} {given} 分",
            f"{given_en}{off} when the {label_en.lower()} is at least {most}%",
        )
    is_below = rule.below is not None
    target = printed((rule.below if is_below else rule.above) or Decimal(0))
    side, side_en = ("低于", "below") if is_below else ("高于", "above")
    if rule.every is None:
        return Said(
            f"{label}{side} {target}%，{verb} {given} 分",
            f"{given_en}{off} when the {label_en.lower()} is {side_en} {target}%",
        )
    every = printed(rule.every)
    return Said(
        f"{label}{side} {target}% 的，每满 {every} 个百分点{verb} {given} 分",
        f"{given_en}{off} for each full {every} percent that the {label_en.lower()} is"
        f" {side_en} {target}%",
    )
