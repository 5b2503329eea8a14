"""What the terminal shows of a year: counts, rates, score, claims, and the cases behind them."""

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from contracts.figures import (
    CaseNote,
    Comparison,
    Figures,
    Rate,
    ScoreSheet,
)
from contracts.shown import Shown
from contracts.vocabulary import CHINA
from tian.districts import district_name
from tian.language import either
from tian.printing import NOTHING, out
from tian.printing_scores import calendar_table, plain, score_table, units_table


def print_figures(figures: Figures) -> None:
    console = out()
    name = district_name(figures.district)
    console.print(
        either(
            f"\n{name} {figures.year} 年（截至日志第 {figures.position} 条）",
            f"\n{name} {figures.year}, as of log position {figures.position}",
        ),
        style="bold",
    )
    if figures.shown:
        _print_shown(figures.shown)
    console.print(_roles(figures))
    console.print(_rates(figures.rates))
    missed = [(either(rate.label, rate.label_en), rate.misses) for rate in figures.rates]
    again = [(either("重新办理", "handled again"), figures.rehandled)]
    tables = [
        _cases(either("未达到的件", "Cases that fell short"), either("指标", "rate"), missed),
        _cases(either("重新办理", "Handled again"), "", again),
    ]
    if figures.score:
        tables += [
            score_table(figures.score),
            _deducted(figures.score),
            calendar_table(figures.score),
        ]
    if figures.units:
        tables.append(units_table(figures.units))
    if figures.comparisons:
        tables.append(_comparisons(figures.comparisons, {rate.id for rate in figures.rates}))
    for table in tables:
        if table.row_count:
            console.print(table)


def _print_shown(shown: Shown) -> None:
    """Which moment the figures are of, if not of now; and what they do not count yet."""
    console = out()
    if shown.is_past:
        recorded = shown.recorded_at and f"{shown.recorded_at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
        console.print(
            either(
                f"历史状态：第 {shown.position} 条及以前的记录"
                + (f"，该条记录于 {recorded}" if recorded else "，当时尚无记录"),
                f"A past state: what had been recorded up to position {shown.position}"
                + (f", which was recorded at {recorded}" if recorded else "; nothing had been"),
            ),
            style="yellow",
        )
    if shown.happened_by:
        moment = f"{shown.happened_by.astimezone(CHINA):%Y-%m-%d %H:%M}"
        console.print(
            either(
                f"只计 {moment} 以前发生的事（按记录里写明的日期）",
                f"Only what had happened by {moment}, by the dates that the records name",
            ),
            style="yellow",
        )
    if shown.behind:
        console.print(
            either(f"还有 {shown.behind} 条未计入", f"{shown.behind} events are not counted yet"),
            style="yellow",
        )


def _roles(figures: Figures) -> Table:
    table = Table(title=either("办理件数", "Cases"), title_justify="left")
    for role in figures.by_role:
        table.add_column(either(role.label, role.role), justify="right")
    table.add_column(either("合计", "total"), justify="right")
    table.add_row(*(str(role.count) for role in figures.by_role), str(figures.total))
    return table


def _rates(rates: tuple[Rate, ...]) -> Table:
    table = Table(title=either("三率", "Rates"), title_justify="left")
    table.add_column(either("指标", "rate"))
    table.add_column(either("结果", "result"), justify="right")
    table.add_column(either("分子/分母", "of"), justify="right")
    table.add_column(either("算法", "formula"), overflow="fold")
    for rate in rates:
        table.add_row(
            either(rate.label, rate.label_en),
            rate.display,
            f"{rate.numerator}/{rate.denominator}",
            either(rate.formula_text, rate.formula_text_en)
            + "".join(
                f"\n{line}" for line in (rate.formula, _margin(rate), _missing(rate)) if line
            ),
        )
    return table


def _margin(rate: Rate) -> str:
    if rate.margin is None:
        return ""
    days, case = rate.margin.days, _numbered(rate.margin.case)
    if not days:
        return either(f"最近一件在期限当天（{case}）", f"the closest on its last day ({case})")
    return either(f"最近一件提前 {days} 天（{case}）", f"the closest {days} days early ({case})")


def _missing(rate: Rate) -> str:
    return either(rate.missing, rate.missing_en)


def _cases(title: str, heading: str, groups: Iterable[tuple[str, tuple[CaseNote, ...]]]) -> Table:
    """The cases by number, title and reason, under the heading of what they are cases of."""
    table = Table(title=title, title_justify="left")
    if heading:
        table.add_column(heading)
    table.add_column(either("案号", "number"), no_wrap=True)
    table.add_column(either("案由", "title"), overflow="fold")
    table.add_column(either("情况", "why"), overflow="fold")
    for label, notes in groups:
        for note in notes:
            case = (_numbered(note), note.title, either(note.why, note.why_en))
            table.add_row(*((label,) if heading else ()), *case)
    return table


def _numbered(note: CaseNote) -> str:
    return either(f"第{note.number}号", f"No. {note.number}") if note.number else NOTHING


def _deducted(score: ScoreSheet) -> Table:
    groups = [
        (either(item.label, item.label_en), item.cases)
        for item in score.items
        if item.kind == "deduction"
    ]
    return _cases(either("扣分的件", "Cases behind the deductions"), either("项目", "item"), groups)


def _comparisons(comparisons: tuple[Comparison, ...], rates: set[str]) -> Table:
    table = Table(title=either("自报与计算", "Claimed and computed"), title_justify="left")
    table.add_column(either("项目", "figure"))
    for heading in either("自报 计算 差异", "claimed computed difference").split():
        table.add_column(heading, justify="right")
    table.add_column(either("来源", "source"), overflow="fold")
    for each in comparisons:
        unit = "%" if each.figure in rates else ""
        table.add_row(
            either(each.label, each.label_en),
            plain(each.claimed) + unit,
            NOTHING if each.computed is None else plain(each.computed) + unit,
            _difference(each, unit),
            each.source,
            style="bold red" if each.differs else None,
        )
    return table


def _difference(comparison: Comparison, unit: str) -> Text:
    if not comparison.differs:
        return Text(either("一致", "none"), style="green")
    if comparison.computed is None:
        return Text(either("无从计算", "cannot be computed"))
    difference = comparison.claimed - comparison.computed
    amount = plain(abs(difference)) + unit
    if difference > 0:
        return Text(either(f"多报 {amount}", f"{amount} too much"))
    return Text(either(f"少报 {amount}", f"{amount} too little"))
