"""What a rule of the score comes to: how often it applied, its points, and what else to know."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from contracts.figures import CaseNote, Rate
from contracts.scoring import Item, RateRule
from evaluation.decisions.numbers import printed
from evaluation.decisions.scoring.counting import Scored, count
from evaluation.decisions.wording import Said

NOTHING = Decimal(0)
SILENT = Said("", "")
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Applied:
    """A rule as it applied, before the caps of its group and of the sheet."""

    times: int
    points: Decimal
    notes: tuple[CaseNote, ...] = ()
    unit: str = ""
    pending: bool = False
    remark: Said = SILENT


def apply(item: Item, scored: Scored) -> Applied:
    if item.rate is not None:
        return _by_rate(item.rate, item.points or NOTHING, scored.rates[item.rate.name])
    if item.is_entered:
        return _entered(item, scored)
    counted = count(item, scored)
    units = {scored.unit} if scored.unit else counted.units
    return Applied(
        times=len(counted.notes),
        points=_points_for(item, len(counted.notes)),
        notes=counted.notes,
        unit=next(iter(units)) if len(units) == 1 else "",
        remark=_without_record(counted.unknown),
    )


def capped(applied: Applied, most: Decimal | None) -> Applied:
    """The same within a cap, with a remark where it held."""
    if most is None or applied.points <= most:
        return applied
    cut = printed(applied.points - most)
    remark = joined(applied.remark, Said(f"已到上限，少计 {cut} 分", f"the cap held back {cut}"))
    return Applied(
        applied.times, most, applied.notes, applied.unit, pending=applied.pending, remark=remark
    )


def joined(first: Said, second: Said) -> Said:
    if not first.chinese:
        return second
    return Said(f"{first.chinese}；{second.chinese}", f"{first.english}; {second.english}")


def _points_for(item: Item, times: int) -> Decimal:
    if item.steps:
        reached = [step.points for step in item.steps if times >= step.at_least]
        return reached[-1] if reached else NOTHING
    if item.at_least is not None:
        times = int(times >= item.at_least)
    return (item.points or NOTHING) * times


def _entered(item: Item, scored: Scored) -> Applied:
    entries = scored.entries.get(item.id, ())
    if not entries:
        remark = Said(
            "需人工认定，尚未录入，未计分", "to be decided by hand, not entered, no points"
        )
        return Applied(0, NOTHING, unit=scored.unit, pending=True, remark=remark)
    notes = tuple(each.note for each in entries)
    units = {each.unit for each in entries}
    unit = next(iter(units)) if len(units) == 1 else ""
    amount = sum((each.amount for each in entries), NOTHING)
    if item.counts == "entered_points":
        return Applied(len(entries), amount, notes, unit)
    if amount != amount.to_integral_value():
        remark = Said(
            f"录入的次数 {printed(amount)} 不是整数，未计分",
            f"{printed(amount)} is no whole number of times, no points",
        )
        return Applied(0, NOTHING, notes, unit, pending=True, remark=remark)
    return Applied(int(amount), _points_for(item, int(amount)), notes, unit)


def _by_rate(rule: RateRule, points: Decimal, rate: Rate) -> Applied:
    if rate.value is None:
        remark = Said(
            f"{rate.label}无从计算，未计分", f"no {rate.label_en.lower()} to go by, no points"
        )
        return Applied(0, NOTHING, remark=remark)
    remark = Said(
        f"{rate.label} {rate.display}（{rate.numerator}/{rate.denominator}）"
        + (f"，{rate.missing}" if rate.missing else ""),
        f"{rate.label_en} {rate.display} ({rate.numerator}/{rate.denominator})"
        + (f", {rate.missing_en}" if rate.missing_en else ""),
    )
    if rule.in_proportion:
        share = points * rate.numerator / rate.denominator
        return Applied(1, share.quantize(HUNDREDTH, ROUND_DOWN), rate.misses, remark=remark)
    times = _times(rule, rate.value)
    return Applied(times, points * times, rate.misses, remark=remark)


def _times(rule: RateRule, value: Decimal) -> int:
    if rule.at_least is not None:
        return int(value >= rule.at_least)
    distance = rule.below - value if rule.below is not None else value - (rule.above or NOTHING)
    if distance <= 0:
        return 0
    return 1 if rule.every is None else int(distance // rule.every)


def _without_record(cases: int) -> Said:
    if not cases:
        return SILENT
    return Said(
        f"另有 {cases} 件没有记录，未计",
        "1 more case has no record" if cases == 1 else f"{cases} more cases have no record",
    )
