"""The outcome for people: a table on the terminal, a picture, and docs/benchmarks.md."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks.measuring import Result
from tests.benchmarks.readings import Reading
from tests.benchmarks.running import Plan
from tian.language import either

PICTURE = "pictures/benchmarks.svg"
OURS = "tian-"
ROW_HEIGHT, LABELS, BARS = 30, 250, 430


@dataclass(frozen=True)
class Demand:
    """What has to come out: one figure as a multiple of another."""

    text: str
    text_en: str
    least: float
    ratio: float | None

    @property
    def verdict(self) -> str:
        if self.ratio is None:
            return "—"
        return "✓" if self.ratio >= self.least else "✗"


@dataclass(frozen=True)
class Report:
    """The results of one run, with what is needed to repeat it."""

    results: Sequence[Result]
    absent: Mapping[str, str]
    plan: Plan
    events: int
    server: str
    settings: Mapping[str, str]
    day: str
    load: float
    readings: Sequence[Reading] = ()

    @property
    def best(self) -> dict[str, Result]:
        """The fastest number of clients of each contestant."""
        best: dict[str, Result] = {}
        for result in self.results:
            held = best.get(result.contestant.key)
            if held is None or result.rate > held.rate:
                best[result.contestant.key] = result
        return best

    @property
    def demands(self) -> list[Demand]:
        best = self.best
        peers = [key for key in best if key != "raw" and not key.startswith(OURS)]
        peer = max(peers, key=lambda key: best[key].rate, default=None)

        def ratio(one: str, other: str | None) -> float | None:
            if one not in best or other is None or other not in best:
                return None
            return best[one].rate / best[other].rate

        return [
            Demand("一个区 ÷ 最快的 pgbench", "one district ÷ fastest pgbench", 1.2, ratio("tian-one", "raw")),
            Demand("一个区 ÷ 最快的同类", "one district ÷ fastest peer", 6.0, ratio("tian-one", peer)),
            Demand("一千个区 ÷ 一个区", "1,000 districts ÷ one", 1.0, ratio("tian-many", "tian-one")),
            Demand("已满 ÷ 空日志", "full log ÷ empty log", 0.9, ratio("tian-full", "tian-one")),
        ]  # fmt: skip


def print_report(report: Report) -> None:
    console = Console(highlight=False)
    table = Table(title=either("每秒追加的事件", "Events appended per second"))
    for heading in _headings():
        table.add_column(heading, justify="left" if heading == _headings()[0] else "right")
    for result in report.results:
        contestant = result.contestant
        table.add_row(either(contestant.name, contestant.name_en), *_cells(result, report))
    console.print(table)
    for demand in report.demands:
        measured = "—" if demand.ratio is None else f"{demand.ratio:.2f}"
        console.print(
            f"{demand.verdict} {either(demand.text, demand.text_en)}: {measured} (≥ {demand.least})"
        )
    for reading in report.readings:
        value, asked = reading.shown
        console.print(
            f"{reading.verdict} {either(reading.text, reading.text_en)}: {value} ({asked})"
        )
    for key, reason in report.absent.items():
        console.print(f"{key}: {reason}")


def write_report(report: Report, docs: Path) -> None:
    (docs / PICTURE).write_text(_picture(report), encoding="utf-8")
    (docs / "benchmarks.md").write_text(_page(report), encoding="utf-8")


def _headings() -> tuple[str, ...]:
    return (
        either("谁", "who"),
        either("客户端", "clients"),
        either("每秒", "per second"),
        "p50 ms",
        "p99 ms",
        either("CPU µs/个", "CPU µs each"),
        "÷ pgbench",
    )


def _cells(result: Result, report: Report) -> list[str]:
    raw = report.best.get("raw")
    return [
        str(result.clients),
        f"{result.rate:,.0f}",
        f"{result.p50_ms:.2f}",
        f"{result.p99_ms:.2f}",
        f"{result.cpu_us:.0f}",
        "—" if raw is None else f"{result.rate / raw.rate:.2f}",
    ]


def _picture(report: Report) -> str:
    """A bar for each contestant's best figure; readable on light and on dark."""
    bars = list(report.best.values())
    most = max(result.rate for result in bars)
    lines = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {ROW_HEIGHT * len(bars) + 40}"'
            ' font-family="sans-serif" font-size="13" role="img">'
        ),
        "<title>每秒追加的事件 / Events appended per second</title>",
        (
            "<style>text{fill:#24292f}rect{fill:#8c959f}.ours{fill:#b3261e}"
            "@media(prefers-color-scheme:dark){text{fill:#e6edf3}}</style>"
        ),
    ]
    for row, result in enumerate(bars):
        top = 10 + ROW_HEIGHT * row
        width = max(1, round(BARS * result.rate / most))
        ours = ' class="ours"' if result.contestant.key.startswith(OURS) else ""
        lines += [
            (
                f'<text x="{LABELS - 8}" y="{top + 15}" text-anchor="end">'
                f"{escape(result.contestant.name_en)}</text>"
            ),
            f'<rect{ours} x="{LABELS}" y="{top}" width="{width}" height="20" rx="2"/>',
            f'<text x="{LABELS + width + 6}" y="{top + 15}">{result.rate:,.0f}</text>',
        ]
    footing = f"每秒追加的事件，各取最快的客户端数 / events per second, best number of clients, {report.day}"
    lines += [
        f'<text x="{LABELS}" y="{ROW_HEIGHT * len(bars) + 28}" font-size="11">{escape(footing)}</text>',
        "</svg>",
        "",
    ]
    return "\n".join(lines)


def _page(report: Report) -> str:
    rows = [
        f"| {result.contestant.name} / {result.contestant.name_en} | "
        + " | ".join(_cells(result, report))
        + " |"
        for result in report.results
    ]
    demands = [
        f"| {demand.text} / {demand.text_en} | {'—' if demand.ratio is None else f'{demand.ratio:.2f}'}"
        f" | ≥ {demand.least} | {demand.verdict} |"
        for demand in report.demands
    ]
    demands += [
        f"| {reading.text} / {reading.text_en} | {' | '.join(reading.shown)} | {reading.verdict} |"
        for reading in report.readings
    ]
    absent = [f"- {key}: {reason}" for key, reason in report.absent.items()]
    template = Path(__file__).with_name("page.md").read_text(encoding="utf-8")
    return template.format(
        day=report.day,
        load=f"{report.load:.1f}",
        picture=PICTURE,
        table="\n".join(rows),
        demands="\n".join(demands),
        absent="\n".join(absent),
        rounds=report.plan.rounds,
        seconds=report.plan.seconds,
        events=f"{report.events:,}",
        cores=os.cpu_count(),
        machine=f"{platform.system()} {platform.release()} {platform.machine()}",
        python=platform.python_version(),
        server=report.server,
        settings=", ".join(f"{name} = {value}" for name, value in report.settings.items()),
    )
