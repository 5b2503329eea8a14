"""The commands that ask a running system: import, figures, status, token."""

from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from contracts.vocabulary import ActorRole
from tian.addresses import find_addresses
from tian.client import connected, read_ledger
from tian.failures import NotRunning, UnknownRole
from tian.home import Home
from tian.language import either
from tian.printing import out, print_figures, print_report, role_words
from tian.progress import Steps
from tian.run_record import running
from tian.services import SERVICES, answers, service_label

HAS_PROBLEMS = 1


@dataclass(frozen=True)
class ImportWishes:
    """What the caller of `tian import` asked for."""

    file: Path
    district: str
    year: int
    check: bool
    skip_bad: bool


async def import_ledger(wishes: ImportWishes) -> int:
    home = Home.from_environment()
    ledger = read_ledger(wishes.file)
    addresses = find_addresses(home)
    with Steps(1) as steps:
        async with connected(home, addresses, wishes.district, steps.say) as client:
            steps.begin(
                either(f"检查 {ledger.name}", f"Checking {ledger.name}")
                if wishes.check
                else either(f"导入 {ledger.name}", f"Importing {ledger.name}")
            )
            report = await client.import_ledger(
                ledger, wishes.year, check=wishes.check, skip_bad=wishes.skip_bad
            )
    print_report(report)
    return HAS_PROBLEMS if report.error_count else 0


async def show_figures(district: str, year: int, *, as_json: bool) -> int:
    home = Home.from_environment()
    with Steps(1) as steps:
        async with connected(home, find_addresses(home), district, steps.say) as client:
            figures = await client.figures(year)
    if as_json:
        print(figures.model_dump_json(indent=2))
    else:
        print_figures(figures)
    return 0


async def show_status() -> int:
    record = running(Home.from_environment())
    if record is None:
        raise NotRunning
    table = Table(title=either("运行情况", "What is running"), title_justify="left")
    for heading in either("部分 进程 状态 地址", "part process state address").split():
        table.add_column(heading)
    all_well = True
    for name, process in record.processes.items():
        url = record.urls.get(name, "")
        is_well = bool(process.find()) and (not url or await answers(url))
        all_well = all_well and is_well
        table.add_row(
            service_label(name) if name in SERVICES else name,
            str(process.pid),
            either("正常", "ready") if is_well else either("未就绪", "not ready"),
            url,
            style=None if is_well else "red",
        )
    out().print(table)
    return 0 if all_well else 1


def print_token(role: str, district: str, unit: str | None) -> int:
    try:
        actor_role = ActorRole(role)
    except ValueError as error:
        raise UnknownRole(role=role, roles=role_words()) from error
    print(find_addresses(Home.from_environment()).token(actor_role, district, unit))
    return 0
