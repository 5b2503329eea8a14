"""What the terminal shows of a year under two rulebooks: figure beside figure, and both sheets."""

from decimal import Decimal

from rich.table import Table
from rich.text import Text

from contracts.figures import Figures, ScoreSheet, SideBySide
from tian.language import either
from tian.printing import NOTHING, out
from tian.printing_scores import plain, score_table


def print_both(both: SideBySide) -> None:
    console = out()
    console.print(_heads(both))
    for figures in (both.adopted, both.other):
        if figures.score:
            console.print(score_table(figures.score))


def _heads(both: SideBySide) -> Table:
    table = Table(
        title=either("两份规则的比较", "Under two rulebooks"),
        title_justify="left",
        caption=None if both.differences else either("没有差异。", "Nothing differs."),
        caption_justify="left",
    )
    table.add_column(either("指标", "figure"), overflow="fold")
    table.add_column(_named(both.adopted, either("采用的规则", "adopted")), justify="right")
    table.add_column(_named(both.other, either("另一份规则", "the other")), justify="right")
    table.add_column(either("差异", "difference"), justify="right")
    for each in both.differences:
        unit = "%" if each.id.endswith("_rate") else ""
        table.add_row(
            either(each.label, each.label_en),
            _shown(each.adopted, unit),
            _shown(each.other, unit),
            _difference(each.adopted, each.other, unit),
        )
    return table


def _named(figures: Figures, otherwise: str) -> str:
    """The column of a rulebook: its title, or that none is adopted."""
    score: ScoreSheet | None = figures.score
    if score is None:
        return either("没有采用规则", "no rulebook adopted")
    return f"{otherwise}\n{either(score.rulebook_title, score.rulebook_title_en)}"


def _shown(value: Decimal | None, unit: str) -> str:
    return NOTHING if value is None else plain(value) + unit


def _difference(adopted: Decimal | None, other: Decimal | None, unit: str) -> Text:
    if adopted is None or other is None:
        return Text(NOTHING)
    change = other - adopted
    sign = "+" if change > 0 else ""
    return Text(f"{sign}{plain(change)}{unit}", style="bold")
