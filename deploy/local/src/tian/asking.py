"""The commands that ask a running system: adopt, import, figures, status, token."""

from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from contracts.explained import ExplainedRulebook
from contracts.identity import ALL_DISTRICTS
from contracts.vocabulary import ActorRole
from tian.accounts import DEMO_UNIT
from tian.addresses import find_addresses
from tian.client import connected, read_ledger
from tian.districts import known_districts
from tian.empty_years import with_something_in_it
from tian.failures import NotRunning, UnitMissing, UnknownDistrict, UnknownRole
from tian.home import Home
from tian.language import either
from tian.printing import out, print_report, role_words
from tian.printing_both import print_both
from tian.printing_city import print_ranking
from tian.printing_figures import print_figures
from tian.progress import Steps
from tian.run_record import running
from tian.sample_year import read_rulebook_text, sample_rulebook
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
    from_above: bool = False


async def adopt_rulebook(rulebook: Path | None, district: str, year: int) -> int:
    """Adopt a rulebook for a district's year, the given or the shipped one, and say what it replaces."""
    home = Home.from_environment()
    file = rulebook or sample_rulebook()
    text = read_rulebook_text(file)
    addresses = find_addresses(home)
    with Steps(1) as steps:
        async with connected(home, addresses, district, steps.say) as client:
            before = await client.adopted_rulebook(year)
            receipt = await client.adopt_rulebook(year, text)
            after = await client.adopted_rulebook(year)
    place = f"{district} {year} "
    if not receipt.recorded or after is None:
        print(
            either(
                f"{place}年早已采用这份规则，没有变动。",
                f"{district} had adopted this rulebook for {year} already; nothing was changed.",
            )
        )
        return 0
    print(
        either(
            f"{place}年已采用规则 {file.name}：{in_short(after)}。",
            f"{district} has adopted the rulebook {file.name} for {year}: {in_short(after)}.",
        )
    )
    if before is not None:
        print(what_is_replaced(year, before, after))
    return 0


def in_short(rulebook: ExplainedRulebook) -> str:
    """Its title, and which version of which rulebook it is."""
    return either(
        f"“{rulebook.title}”（{rulebook.id} 第 {rulebook.version} 版）",
        f"“{rulebook.title_en or rulebook.title}” ({rulebook.id}, version {rulebook.version})",
    )


def what_is_replaced(year: int, before: ExplainedRulebook, after: ExplainedRulebook) -> str:
    """That an adoption changes figures of a year which may be over, and how to see those of before."""
    last = (after.position or 1) - 1
    return either(
        f"它取代了{in_short(before)}。{year} 年的全部指标和评分从现在起按新规则计算；"
        f"按原规则的结果可用 tian figures --as-of {last} 查看。\n"
        "如属误操作，请再次采用原来的规则文件。",
        f"It replaces {in_short(before)}. All figures and scores of {year} are computed by the new "
        f"rules from now on; those by the old ones are shown by tian figures --as-of {last}.\n"
        "If this was a mistake, adopt the earlier file again.",
    )


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
                ledger,
                wishes.year,
                check=wishes.check,
                skip_bad=wishes.skip_bad,
                from_above=wishes.from_above,
            )
    print_report(report)
    return HAS_PROBLEMS if report.error_count else 0


@dataclass(frozen=True)
class FiguresWishes:
    """What the caller of `tian figures` asked for."""

    district: str
    year: int
    as_of: str = ""
    happened_by: str = ""
    rulebook: str | None = None


async def show_figures(wishes: FiguresWishes, *, as_json: bool) -> int:
    """Show a year's figures; with a rulebook, a file or the id of a shipped one, beside those.

    Raises EmptyYear.
    """
    if wishes.rulebook is not None:
        return await _show_both(wishes.district, wishes.year, wishes.rulebook, as_json=as_json)
    home = Home.from_environment()
    with Steps(1) as steps:
        async with connected(home, find_addresses(home), wishes.district, steps.say) as client:
            figures = await client.figures(
                wishes.year, as_of=wishes.as_of, happened_by=wishes.happened_by
            )
    with_something_in_it(figures)
    if as_json:
        print(figures.model_dump_json(indent=2))
    else:
        print_figures(figures)
    return 0


async def _show_both(district: str, year: int, rulebook: str, *, as_json: bool) -> int:
    home, file = Home.from_environment(), Path(rulebook)
    is_file = names_a_file(rulebook)
    text = read_rulebook_text(file) if is_file else ""
    with Steps(1) as steps:
        async with connected(home, find_addresses(home), district, steps.say) as client:
            if is_file:
                both = await client.figures_under_text(year, text)
            else:
                both = await client.figures_under(year, rulebook)
    with_something_in_it(both.adopted)
    if as_json:
        print(both.model_dump_json(indent=2))
    else:
        print_both(both)
    return 0


def names_a_file(rulebook: str) -> bool:
    """Whether a rulebook is given as a file rather than by its id."""
    file = Path(rulebook)
    return bool(file.suffix) or len(file.parts) > 1


async def show_city(year: int, figure: str, *, as_json: bool) -> int:
    """Rank all districts by one rate, or by the score."""
    home = Home.from_environment()
    with Steps(1) as steps:
        async with connected(home, find_addresses(home), ALL_DISTRICTS, steps.say) as client:
            ranking = await client.ranking(year, figure)
    if as_json:
        print(ranking.model_dump_json(indent=2))
    else:
        print_ranking(ranking)
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
    known = known_districts()
    if known and district not in {ALL_DISTRICTS, *known}:
        raise UnknownDistrict(district=district, districts=", ".join(known))
    if actor_role is ActorRole.UNIT and not unit:
        raise UnitMissing(example=DEMO_UNIT)
    print(find_addresses(Home.from_environment()).token(actor_role, district, unit))
    return 0
