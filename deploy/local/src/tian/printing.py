"""What the terminal shows: tables of problems, of accounts, and of what is running."""

from rich.console import Console
from rich.table import Table

from ledger import LedgerReport, ProblemGroup, Severity, grouped
from tian.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from tian.language import either, is_english
from tian.run_record import RunRecord
from tian.services import service_label

NOTHING = "—"
PROBLEMS_SHOWN = 50
ROWS_SHOWN = 4


def out() -> Console:
    return Console(highlight=False)


def aside() -> Console:
    """Standard error, for what must not stand among an answer in JSON."""
    return Console(stderr=True, highlight=False)


def print_report(report: LedgerReport) -> None:
    console = out()
    console.print(either(report.message, report.message_en) or report.ledger_name)
    counted = {
        either("总行数", "rows"): report.total_rows,
        either("新增", "new"): report.new_rows,
        either("补充", "continued"): report.continued_rows,
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
    if report.filled:
        console.print(either("补上：", "Filled in: ") + _filled(report))
    print_problems(report)


def _filled(report: LedgerReport) -> str:
    """For example: 答复日期 3 行、满意度 2 行."""
    return either(
        "、".join(f"{each.heading} {each.rows} 行" for each in report.filled),
        ", ".join(f"{each.heading_en} ({each.rows} rows)" for each in report.filled),
    )


def print_problems(report: LedgerReport, console: Console | None = None) -> None:
    """The problems, errors first and one line per cause; of a long list the beginning."""
    if not report.problems:
        return
    console = console or out()
    table = Table(title=either("问题", "Problems"), title_justify="left")
    for heading in ("", *either("工作表 行 列 说明", "sheet row column message").split()):
        table.add_column(heading, overflow="fold")
    shown = grouped(report.problems)[:PROBLEMS_SHOWN]
    for number, group in enumerate(shown, start=1):
        problem = group.first
        is_error = problem.severity is Severity.ERROR
        table.add_row(
            either("错误", "error") if is_error else either("提醒", "warning"),
            problem.sheet or NOTHING,
            _rows(group),
            either("、", ", ").join(group.columns) or NOTHING,
            _sentence(group),
            style="red" if is_error else "yellow",
            end_section=number < len(shown) and shown[number].first.code != problem.code,
        )
    console.print(table)
    if rest := len(report.problems) - sum(group.size for group in shown):
        console.print(either(f"另有 {rest} 处问题。", f"There are {rest} more problems."))


def _rows(group: ProblemGroup) -> str:
    """For example: 3、4、5 等 33 行."""
    if len(group.rows) <= ROWS_SHOWN:
        return either("、", ", ").join(str(row) for row in group.rows) or NOTHING
    named = either("、", ", ").join(str(row) for row in group.rows[:ROWS_SHOWN])
    count = len(group.rows)
    return either(f"{named} 等 {count} 行", f"{named} and others, {count} rows")


def _sentence(group: ProblemGroup) -> str:
    """One problem with its place in words; of several what they have in common."""
    first = group.first
    if group.size == 1 or not first.cause:
        return either(first.message, first.message_en)
    return either(first.cause, first.cause_en)


def print_addresses(record: RunRecord) -> None:
    table = Table(title=either("正在运行", "Running"), title_justify="left")
    table.add_column(either("服务", "service"))
    table.add_column(either("地址", "address"))
    for service, url in record.urls.items():
        table.add_row(service_label(service), url)
    out().print(table)


def print_accounts(console_url: str, console: Console | None = None) -> None:
    console = console or out()
    console.print(either(f"控制台：{console_url}", f"Console: {console_url}"), style="bold")
    # Not the title of the table, which is narrow and would break the line.
    console.print(
        either(
            f"演示账号，密码都是 {DEMO_PASSWORD}（仅供本机演示）：",
            f"Demo accounts, all with the password {DEMO_PASSWORD} (for this machine only):",
        ),
        soft_wrap=True,
    )
    table = Table()
    table.add_column(either("账号", "account"))
    table.add_column(either("岗位", "role"))
    for account in DEMO_ACCOUNTS:
        table.add_row(account.username, either(account.role.chinese, account.role.value))
    console.print(table)


def role_words() -> str:
    """The roles somebody may take, as they are typed."""
    separator = ", " if is_english() else "、"
    return separator.join(dict.fromkeys(account.role.value for account in DEMO_ACCOUNTS))
