"""What the terminal shows: tables of problems, of accounts, and of what is running."""

from rich.console import Console
from rich.table import Table

from ledger import LedgerReport
from ledger.problems import Problem, Severity
from tian.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from tian.language import either, is_english
from tian.run_record import RunRecord
from tian.services import service_label

NOTHING = "—"
PROBLEMS_SHOWN = 50


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
    """The problems, errors first and those of one kind together; of a long list the beginning."""
    if not report.problems:
        return
    console = console or out()
    table = Table(title=either("问题", "Problems"), title_justify="left")
    for heading in ("", *either("工作表 行 列 说明", "sheet row column message").split()):
        table.add_column(heading, overflow="fold")
    shown = grouped(report.problems)[:PROBLEMS_SHOWN]
    for number, problem in enumerate(shown, start=1):
        is_error = problem.severity is Severity.ERROR
        table.add_row(
            either("错误", "error") if is_error else either("提醒", "warning"),
            problem.sheet or NOTHING,
            str(problem.row or NOTHING),
            problem.column or NOTHING,
            either(problem.message, problem.message_en),
            style="red" if is_error else "yellow",
            end_section=number < len(shown) and shown[number].code != problem.code,
        )
    console.print(table)
    if rest := len(report.problems) - len(shown):
        console.print(either(f"另有 {rest} 处问题。", f"There are {rest} more problems."))


def grouped(problems: tuple[Problem, ...]) -> list[Problem]:
    """Errors before warnings, and problems of one kind beside each other."""
    kinds = list(dict.fromkeys(problem.code for problem in problems))
    return sorted(
        problems,
        key=lambda each: (each.severity is not Severity.ERROR, kinds.index(each.code)),
    )


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
