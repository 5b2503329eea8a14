"""The score that a district gives itself (自评), rule by rule."""

from decimal import Decimal

from contracts.figures import CaseNote, ScoreItem, ScoreSheet
from contracts.rulebook import Base, Bonus, Deduction, Rulebook
from evaluation.decisions import wording
from evaluation.decisions.cases import Case
from evaluation.decisions.numbers import printed, tidy
from evaluation.decisions.wording import Said
from evaluation.state import ClueFact

NOTHING = Decimal(0)


def score_sheet(
    cases: tuple[Case, ...], clues: tuple[ClueFact, ...], rulebook: Rulebook
) -> ScoreSheet:
    """Apply every rule of the rulebook. Deductions and bonuses are both positive numbers."""
    rules = rulebook.score
    deductions = [_deduction(rule, _cases_against(rule, cases)) for rule in rules.deductions]
    bonuses = [_bonus(rule, _noted_for(rule, cases, clues)) for rule in rules.bonuses]
    deducted = sum((item.points for item in deductions), NOTHING)
    added = sum((item.points for item in bonuses), NOTHING)
    remaining = max(rules.base.floor, rules.base.points - deducted)
    return ScoreSheet(
        rulebook_id=rulebook.id,
        rulebook_version=rulebook.version,
        rulebook_title=rulebook.title,
        sample=rulebook.sample,
        base=tidy(rules.base.points),
        deductions=tidy(deducted),
        bonus=tidy(added),
        total=tidy(min(rules.ceiling, remaining + added)),
        ceiling=tidy(rules.ceiling),
        items=(_base(rules.base), *deductions, *bonuses),
    )


def _cases_against(rule: Deduction, cases: tuple[Case, ...]) -> tuple[CaseNote, ...]:
    match rule.counts:
        case "late_cases":
            late = (case for case in cases if case.overdue and not case.unfinished)
            return tuple(
                each.note(each.overdue, wording.overdue, "dispatched", "completed") for each in late
            )
        case "unanswered_cases":
            open_cases = (case for case in cases if case.unfinished)
            return tuple(
                each.note(each.unfinished, wording.unfinished, "dispatched") for each in open_cases
            )
        case "dissatisfied_cases":
            rated = (case for case in cases if case.dissatisfying)
            return tuple(
                each.note(each.dissatisfying, wording.rated, "completed", "rated") for each in rated
            )


def _noted_for(
    rule: Bonus, cases: tuple[Case, ...], clues: tuple[ClueFact, ...]
) -> tuple[CaseNote, ...]:
    match rule.counts:
        case "total_cases":
            return tuple(_completion(each) for each in cases)
        case "key_cases_answered":
            return tuple(_completion(each) for each in cases if each.is_answered_key_case)
        case "adopted_clues":
            ordered = sorted(clues, key=lambda clue: (clue.number, clue.position))
            return tuple(_adoption(clue) for clue in ordered)


def _completion(case: Case) -> CaseNote:
    return case.note(case.assignments, wording.completed, "dispatched", "completed")


def _adoption(clue: ClueFact) -> CaseNote:
    return CaseNote(
        proposal_id="",
        number=clue.number,
        title=clue.title,
        why="提案线索已被采用",
        why_en="clue adopted",
        positions=(clue.position,),
    )


def _base(rule: Base) -> ScoreItem:
    points, floor = printed(rule.points), printed(rule.floor)
    said = Said(
        f"基础分 {points} 分，扣分后不低于 {floor} 分",
        f"{_points_in_english(rule.points)} to start with; deductions stop at {floor}",
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
    )


def _deduction(rule: Deduction, notes: tuple[CaseNote, ...]) -> ScoreItem:
    return ScoreItem(
        id=rule.id,
        kind="deduction",
        label=rule.label,
        label_en=rule.label_en,
        rule=f"每件扣 {printed(rule.points)} 分",
        rule_en=f"{_points_in_english(rule.points)} off for each case",
        count=len(notes),
        points=tidy(rule.points * len(notes)),
        cases=notes,
        assumed=rule.assumed,
        source=rule.source,
    )


def _bonus(rule: Bonus, notes: tuple[CaseNote, ...]) -> ScoreItem:
    said = _said_of_bonus(rule)
    times = len(notes) if rule.at_least is None else int(len(notes) >= rule.at_least)
    return ScoreItem(
        id=rule.id,
        kind="bonus",
        label=rule.label,
        label_en=rule.label_en,
        rule=said.chinese,
        rule_en=said.english,
        count=len(notes),
        points=tidy(rule.points * times),
        cases=notes,
        assumed=rule.assumed,
        source=rule.source,
    )


def _said_of_bonus(rule: Bonus) -> Said:
    points, points_en = printed(rule.points), _points_in_english(rule.points)
    unit = "条" if rule.counts == "adopted_clues" else "件"
    if rule.at_least is None:
        return Said(f"每{unit}加 {points} 分", f"{points_en} for each")
    return Said(
        f"达到 {rule.at_least} {unit}，加 {points} 分",
        f"{points_en} when there are at least {rule.at_least}",
    )


def _points_in_english(points: Decimal) -> str:
    return f"{printed(points)} point" if points == 1 else f"{printed(points)} points"
