"""What a run of faults came to: a row for each fault, kept in a file, and the page made of them."""

import json
import os
import platform
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from tests.faults.wording import CAPTION, FAULTS, HEADINGS, NOT_COVERED, PROMISES

ROOT = Path(__file__).parents[2]
FIGURES = ROOT / "docs" / "reliability.json"
PAGE = ROOT / "docs" / "reliability.md"
UNKNOWN = "—"


@dataclass(frozen=True)
class Row:
    """The figures of one fault. Times in seconds; what does not apply is None."""

    fault: str
    cycles: int
    fired: int
    acknowledged: int
    lost: int
    doubled: int
    control: str
    is_replay_equal: bool | None = None
    p50: float | None = None
    p99: float | None = None
    note: str = ""


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so large a share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def keep(row: Row, seed: int, began_at: float) -> None:
    """Keep a row for the page; a later run of the same fault replaces it."""
    known = asdict(row) | {
        "seed": seed,
        "commit": _commit(),
        "minutes": round((time.monotonic() - began_at) / 60, 1),
        "on": time.strftime("%Y-%m-%d", time.gmtime()),
        "machine": _machine(),
        "load": round(os.getloadavg()[1] / (os.cpu_count() or 1), 1),
    }
    figures = _figures() | {row.fault: known}
    told = json.dumps(figures, ensure_ascii=False, indent=1, sort_keys=True)
    FIGURES.write_text(told + "\n", encoding="utf-8")


def write_page() -> None:
    rows = _figures()
    in_order = [rows[fault] for fault in FAULTS if fault in rows]
    PAGE.write_text(_page(in_order), encoding="utf-8")


def _figures() -> dict[str, dict[str, object]]:
    """The newest figures of each fault, whichever run they come from."""
    if not FIGURES.exists():
        return {}
    found: dict[str, dict[str, object]] = json.loads(FIGURES.read_text(encoding="utf-8"))
    return found


def _page(rows: Sequence[Mapping[str, object]]) -> str:
    machines = sorted({str(row["machine"]) for row in rows})
    return "\n".join(
        [
            *CAPTION,
            "",
            "| " + " | ".join(HEADINGS) + " |",
            "|" + "---|" * len(HEADINGS),
            *(_line(row) for row in rows),
            "",
            *(f"- 机器 machine: {each}" for each in machines),
            "",
            *_notes(rows),
            *PROMISES,
            "",
            *NOT_COVERED,
            "",
        ]
    )


def _line(row: Mapping[str, object]) -> str:
    cells = [
        FAULTS[str(row["fault"])],
        *(f"{row[name]:,}" for name in ("cycles", "fired", "acknowledged", "lost", "doubled")),
        {True: "是 yes", False: "**否 no**", None: UNKNOWN}[row["is_replay_equal"]],  # type: ignore[index]
        " / ".join(_seconds(row[name]) for name in ("p50", "p99")),
        str(row["control"]),
        f"{row['seed']} · {row['commit']} · {row['minutes']} min · {row.get('load', UNKNOWN)}",
    ]
    return "| " + " | ".join(cells) + " |"


def _notes(rows: Sequence[Mapping[str, object]]) -> list[str]:
    notes = [
        f"- {FAULTS[str(row['fault'])].partition('<br>')[0]}: {row['note']}"
        for row in rows
        if row["note"]
    ]
    return [*notes, ""] if notes else []


def _seconds(value: object) -> str:
    return UNKNOWN if value is None else f"{value:.2f} s"


def _commit() -> str:
    asked = ["git", "rev-parse", "--short", "HEAD"]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    return told.stdout.strip() or UNKNOWN


def _machine() -> str:
    memory = round(psutil.virtual_memory().total / 2**30)
    return (
        f"{os.cpu_count()} CPU, {memory} GiB, {platform.system()} {platform.release()},"
        f" Python {platform.python_version()}"
    )
