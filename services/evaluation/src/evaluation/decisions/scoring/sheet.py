"""The score that a district gives itself (自评), and each of its units, rule by rule."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from contracts.figures import CalendarDay, ScoreItem, ScoreSheet, UnitScore
from contracts.limits import day_of
from contracts.rulebook import Rulebook
from contracts.scoring import Base, Bonus, Grade, Item, Scoring
from evaluation.decisions.cases import Case
from evaluation.decisions.numbers import printed, tidy
from evaluation.decisions.rates.computing import compute_rate
from evaluation.decisions.rates.formula import Measured
from evaluation.decisions.rates.naming import RateName
from evaluation.decisions.rates.registry import formula_for
from evaluation.decisions.scoring.applying import NOTHING, Applied, apply, capped
from evaluation.decisions.scoring.counting import Scored
from evaluation.decisions.scoring.entering import of_unit
from evaluation.decisions.scoring.ruling import measure_of, points_in_english, said_of
from evaluation.decisions.wording import Said


def score_sheet(scored: Scored, year: int) -> ScoreSheet:
    """Apply every rule of the rulebook. Deductions and bonuses are both positive numbers."""
    rulebook, rules = scored.rulebook, scored.rulebook.score
    deductions = _items(rules.deductions, scored, most=None)
    bonuses = _items(rules.bonuses, scored, most=rules.bonuses_at_most)
    deducted = sum((item.points for item in deductions), NOTHING)
    added = sum((item.points for item in bonuses), NOTHING)
    total = min(rules.ceiling, max(rules.base.floor, rules.base.points - deducted) + added)
    grade = _grade(rules, total)
    return ScoreSheet(
        rulebook_id=rulebook.id,
        rulebook_version=rulebook.version,
        rulebook_title=rulebook.title,
        rulebook_title_en=rulebook.title_en,
        sample=rulebook.sample,
        base=tidy(rules.base.points),
        deductions=tidy(deducted),
        bonus=tidy(added),
        total=tidy(total),
        ceiling=tidy(rules.ceiling),
        items=(_base(rules.base, scored.unit), *deductions, *bonuses),
        grade=grade.label if grade else "",
        grade_en=grade.label_en if grade else "",
        grade_assumed=grade.assumed if grade else False,
        pending=sum(item.pending for item in (*deductions, *bonuses)),
        calendar=_calendar(rulebook, year),
    )


def unit_scores(scored: Scored, year: int) -> tuple[UnitScore, ...]:
    """The sheet of every handling unit, the best first, where the rulebook scores units."""
    if not scored.rulebook.score.units:
        return ()
    units = sorted({each.unit for case in scored.cases for each in case.assignments})
    sheets = [_of_unit(scored, unit, year) for unit in units]
    return tuple(sorted(sheets, key=lambda each: (-each.score.total, each.unit)))


def _of_unit(scored: Scored, unit: str, year: int) -> UnitScore:
    parts = (tuple(p for p in case.assignments if p.unit == unit) for case in scored.cases)
    cases = tuple(Case(chosen) for chosen in parts if chosen)
    measured = Measured(cases, scored.rulebook)
    names = {item.rate.name for item in scored.rulebook.score.items if item.rate is not None}
    rates = {
        name: compute_rate(formula_for(RateName(name), scored.rulebook), measured)
        for name in sorted(names)
    }
    own = replace(
        scored,
        cases=cases,
        clues=None,
        rates=rates,
        entries=of_unit(scored.entries, unit),
        unit=unit,
    )
    sheet = score_sheet(own, year).model_copy(update={"calendar": ()})
    return UnitScore(unit=unit, cases=len(cases), score=sheet)


def _items(rules: Sequence[Item], scored: Scored, *, most: Decimal | None) -> list[ScoreItem]:
    """Every rule within its cap, its group's and the sheet's; what comes first is capped last."""
    room = _room(rules, scored.rulebook.score)
    items = []
    for rule in rules:
        if scored.clues is None and rule.counts == "adopted_clues":
            continue
        applied = capped(apply(rule, scored), rule.cap)
        applied = capped(capped(applied, room.get(rule.group or "")), most)
        if rule.group in room:
            room[rule.group] -= applied.points
        if most is not None:
            most -= applied.points
        items.append(_item(rule, applied, scored))
    return items


def _room(rules: Sequence[Item], scoring: Scoring) -> dict[str | None, Decimal]:
    """What each group that has a cap may still come to, for these deductions or these bonuses."""
    are_bonuses = any(isinstance(rule, Bonus) for rule in rules)
    caps = (
        (group.id, group.bonuses_at_most if are_bonuses else group.deductions_at_most)
        for group in scoring.groups
    )
    return {group: cap for group, cap in caps if cap is not None}


def _item(rule: Item, applied: Applied, scored: Scored) -> ScoreItem:
    said, measure = said_of(rule), measure_of(rule)
    return ScoreItem(
        id=rule.id,
        kind="bonus" if isinstance(rule, Bonus) else "deduction",
        label=rule.label,
        label_en=rule.label_en,
        rule=said.chinese,
        rule_en=said.english,
        count=applied.times,
        points=tidy(applied.points),
        cases=applied.notes,
        assumed=rule.assumed,
        source=rule.source,
        unit=scored.unit or applied.unit,
        group=rule.group or "",
        measure=measure.chinese,
        measure_en=measure.singular if applied.times == 1 else measure.plural,
        by_hand=rule.is_entered,
        pending=applied.pending,
        remark=applied.remark.chinese,
        remark_en=applied.remark.english,
    )


def _base(rule: Base, unit: str) -> ScoreItem:
    points, floor = printed(rule.points), printed(rule.floor)
    said = Said(
        f"基础分 {points} 分，扣分后不低于 {floor} 分",
        f"{points_in_english(rule.points)} to start with; deductions stop at {floor}",
    )
    return ScoreItem(
        id="base",
        kind="base",
        label=rule.label,
        label_en=rule.label_en,
        rule=said.chinese,
        rule_en=said.english,
        count=1,
        points=tidy(rule.points),
        assumed=rule.assumed,
        source=rule.source,
        unit=unit,
    )


def _grade(rules: Scoring, total: Decimal) -> Grade | None:
    return next((grade for grade in rules.grades if total >= grade.at_least), None)


def _calendar(rulebook: Rulebook, year: int) -> tuple[CalendarDay, ...]:
    return tuple(
        CalendarDay(
            label=step.label,
            label_en=step.label_en,
            opens_on=day_of(year, step.opens) if step.opens else None,
            closes_on=day_of(year, step.closes),
            assumed=step.assumed,
            source=step.source,
        )
        for step in rulebook.calendar
    )
