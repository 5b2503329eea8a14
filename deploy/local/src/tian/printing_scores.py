"""Scores as tables on a terminal: items, deductions, units, and a yearly calendar."""

from decimal import ROUND_HALF_UP, Decimal

from rich.table import Table

from contracts.figures import ScoreItem, ScoreSheet, UnitScore
from tian.language import either
from tian.printing import NOTHING

HUNDREDTH = Decimal("0.01")


def score_table(score: ScoreSheet) -> Table:
    """The sheet, rule by rule, with its total."""
    sample = either("样例规则，不是正式标准。", "A sample rulebook, not an official standard.")
    table = Table(
        title=either("评分", "Score") + f" · {score.rulebook_title}",
        title_justify="left",
        caption=sample if score.sample else None,
        caption_justify="left",
        show_footer=True,
    )
    grade = f" · {either(score.grade, score.grade_en)}" if score.grade else ""
    table.add_column(either("项目", "item"), footer=either("得分", "score") + grade)
    table.add_column(
        either("规则", "rule"),
        overflow="fold",
        footer=either(f"满分 {score.ceiling}", f"at most {score.ceiling}"),
    )
    table.add_column(either("数量", "number"), justify="right")
    table.add_column(either("分值", "points"), justify="right", footer=plain(score.total))
    for item in score.items:
        rule = either(item.rule, item.rule_en)
        table.add_row(
            either(item.label, item.label_en),
            rule
            + (either("（假设）", " (assumed)") if item.assumed else "")
            + (f"\n{either(item.remark, item.remark_en)}" if item.remark else ""),
            _counted(item),
            plain(-item.points if item.kind == "deduction" else item.points),
        )
    return table


def _counted(item: ScoreItem) -> str:
    if item.kind == "base":
        return NOTHING
    return f"{item.count} {either(item.measure, item.measure_en)}"


def units_table(units: tuple[UnitScore, ...]) -> Table:
    table = Table(title=either("各承办单位得分", "Scores of the units"), title_justify="left")
    table.add_column(either("单位", "unit"), overflow="fold")
    for heading in either("件数 扣分 加分 得分", "cases deductions bonus score").split():
        table.add_column(heading, justify="right")
    table.add_column(either("等次", "grade"))
    for each in units:
        score = each.score
        points = (plain(-score.deductions), plain(score.bonus), plain(score.total))
        grade = either(score.grade, score.grade_en)
        table.add_row(each.unit, str(each.cases), *points, grade)
    return table


def calendar_table(score: ScoreSheet) -> Table:
    table = Table(title=either("考核日程", "Calendar of the assessment"), title_justify="left")
    for heading in either("开始 截止 事项", "from until step").split():
        table.add_column(heading, overflow="fold")
    for day in score.calendar:
        opens_on = str(day.opens_on) if day.opens_on else ""
        table.add_row(opens_on, str(day.closes_on), either(day.label, day.label_en))
    return table


def plain(number: Decimal) -> str:
    """A number to two places, without the zeros that say nothing, with a true minus sign."""
    text = f"{number.quantize(HUNDREDTH, rounding=ROUND_HALF_UP):f}".rstrip("0").rstrip(".")
    return "0" if text in {"0", "-0"} else text.replace("-", "−")
