"""What the terminal shows: tables of figures, of problems, and of what is running."""

from decimal import Decimal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from contracts.figures import Comparison, Figures, Rate, ScoreSheet
from ledger.problems import Severity
from tian.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from tian.client import LedgerReport
from tian.language import either, is_english
from tian.run_record import RunRecord
from tian.services import service_label

NOTHING_COUNTED = "—"


def out() -> Console:
    return Console(highlight=False)


def print_figures(figures: Figures) -> None:
    console = out()
    console.print(
        either(
            f"\n{figures.district} {figures.year} 年（截至日志第 {figures.position} 条）",
            f"\n{figures.district} {figures.year}, as of log position {figures.position}",
        ),
        style="bold",
    )
    console.print(_roles(figures))
    console.print(_rates(figures.rates))
    if figures.score:
        console.print(_score(figures.score))
    if figures.comparisons:
        console.print(_comparisons(figures.comparisons))


def print_report(report: LedgerReport) -> None:
    console = out()
    console.print(either(report.message, report.message_en) or report.ledger_name)
    counted = {
        either("总行数", "rows"): report.total_rows,
        either("新增", "new"): report.new_rows,
        either("已有", "unchanged"): report.unchanged_rows,
        either("不一致", "different"): report.different_rows,
        either("线索新增", "new clues"): report.clues_new,
        either("线索已有", "unchanged clues"): report.clues_unchanged,
    }
    counts = Table()
    for heading in counted:
        counts.add_column(heading, justify="right")
    counts.add_row(*(str(count) for count in counted.values()))
    console.print(counts)
    print_problems(report)


def print_problems(report: LedgerReport) -> None:
    if not report.problems:
        return
    table = Table(title=either("问题", "Problems"), title_justify="left")
    for heading in ("", *either("工作表 行 列 说明", "sheet row column message").split()):
        table.add_column(heading, overflow="fold")
    for problem in report.problems:
        is_error = problem.severity is Severity.ERROR
        table.add_row(
            either("错误", "error") if is_error else either("提醒", "warning"),
            problem.sheet or NOTHING_COUNTED,
            str(problem.row or NOTHING_COUNTED),
            problem.column or NOTHING_COUNTED,
            either(problem.message, problem.message_en),
            style="red" if is_error else "yellow",
        )
    out().print(table)


def print_addresses(record: RunRecord) -> None:
    table = Table(title=either("正在运行", "Running"), title_justify="left")
    table.add_column(either("服务", "service"))
    table.add_column(either("地址", "address"))
    for service, url in record.urls.items():
        table.add_row(service_label(service), url)
    out().print(table)


def print_accounts(console_url: str) -> None:
    console = out()
    console.print(either(f"控制台：{console_url}", f"Console: {console_url}"), style="bold")
    table = Table(
        title=either(
            f"演示账号，密码都是 {DEMO_PASSWORD}（仅供本机演示）",
            f"Demo accounts, all with the password {DEMO_PASSWORD} (for this machine only)",
        ),
        title_justify="left",
    )
    table.add_column(either("账号", "account"))
    table.add_column(either("岗位", "role"))
    for account in DEMO_ACCOUNTS:
        table.add_row(account.username, either(account.role.chinese, account.role.value))
    console.print(table)


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
            either(rate.formula_text, rate.formula_text_en) + f"\n{rate.formula}",
        )
    return table


def _score(score: ScoreSheet) -> Table:
    sample = either("样例规则，不是正式标准。", "A sample rulebook, not an official standard.")
    table = Table(
        title=either("评分", "Score") + f" · {score.rulebook_title}",
        title_justify="left",
        caption=sample if score.sample else None,
        caption_justify="left",
        show_footer=True,
    )
    table.add_column(either("项目", "item"), footer=either("得分", "score"))
    table.add_column(
        either("规则", "rule"),
        overflow="fold",
        footer=either(f"满分 {score.ceiling}", f"at most {score.ceiling}"),
    )
    table.add_column(either("次数", "count"), justify="right")
    table.add_column(either("分值", "points"), justify="right", footer=plain(score.total))
    for item in score.items:
        rule = either(item.rule, item.rule_en)
        table.add_row(
            either(item.label, item.label_en),
            rule + (either("（假定）", " (assumed)") if item.assumed else ""),
            str(item.count),
            plain(item.points),
        )
    return table


def _comparisons(comparisons: tuple[Comparison, ...]) -> Table:
    table = Table(title=either("自报与计算", "Claimed and computed"), title_justify="left")
    table.add_column(either("项目", "figure"))
    for heading in either("自报 计算 差异", "claimed computed difference").split():
        table.add_column(heading, justify="right")
    table.add_column(either("来源", "source"), overflow="fold")
    for each in comparisons:
        table.add_row(
            either(each.label, each.label_en),
            plain(each.claimed),
            NOTHING_COUNTED if each.computed is None else plain(each.computed),
            _difference(each),
            each.source,
            style="bold red" if each.differs else None,
        )
    return table


def _difference(comparison: Comparison) -> Text:
    if not comparison.differs:
        return Text(either("一致", "none"), style="green")
    if comparison.computed is None:
        return Text(either("无从计算", "cannot be computed"))
    return Text(f"{plain(comparison.claimed - comparison.computed, signed=True)} ≠")


def plain(number: Decimal, *, signed: bool = False) -> str:
    """A number without the zeros that say nothing."""
    text = f"{number:+f}" if signed else f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def role_words() -> str:
    """The roles somebody may take, as they are typed."""
    separator = ", " if is_english() else "、"
    return separator.join(account.role.value for account in DEMO_ACCOUNTS)
