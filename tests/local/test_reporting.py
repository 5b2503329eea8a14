"""`tian reports` as somebody types it, against a server that answers two reports."""

import subprocess
import sysconfig
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from contracts.figures import Figures
from contracts.identity import new_key
from contracts.reports import ReportEntry, ReportList
from tian.services import SERVICES

TIAN = Path(sysconfig.get_path("scripts")) / "tian"
LISTED = ReportList(
    reports=tuple(
        ReportEntry(id=name, title=title, title_en=name, rule="r", rule_en="r")
        for name, title in (("by-unit", "按承办单位统计表"), ("overdue", "逾期情况表"))
    )
)
EMPTY = Figures(
    district="longgang",
    year=0,
    position=7,
    total=0,
    by_role=(),
    rates=(),
    score=None,
    comparisons=(),
    rehandled=(),
)


class Evaluation(BaseHTTPRequestHandler):
    """Lists the reports, and answers each workbook with the address that was asked."""

    def do_GET(self) -> None:
        answers = {"/reports": LISTED.model_dump_json()}
        for year, total in (("2024", 3), ("1999", 0)):
            figures = EMPTY.model_copy(update={"year": int(year), "total": total})
            answers[f"/districts/longgang/years/{year}/figures"] = figures.model_dump_json()
        content = answers.get(self.path.partition("?")[0], self.path).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Evaluation) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def tian(url: str, tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [TIAN, *arguments],
        env={"TIAN_HOME": str(tmp_path), "TIAN_PRIVATE_KEY": new_key(), "PATH": ""}
        | {f"{name.upper()}_URL": url for name in SERVICES},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_every_report_of_the_year_is_written_into_the_folder(url: str, tmp_path: Path) -> None:
    wishes = ("longgang", "2024", "--out", "报表", "--as-of", "120")
    answer = tian(url, tmp_path, "reports", *wishes)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "2 张报表已写入 报表" in answer.stdout
    written = {file.name: file.read_text() for file in (tmp_path / "报表").iterdir()}
    assert set(written) == {
        "longgang-2024-by-unit-按承办单位统计表.xlsx",
        "longgang-2024-overdue-逾期情况表.xlsx",
    }
    asked = written["longgang-2024-overdue-逾期情况表.xlsx"]
    assert asked.startswith("/districts/longgang/years/2024/reports/overdue/workbook.xlsx?")
    assert "as_of=120" in asked


def test_of_a_year_without_records_and_rules_nothing_is_shown_or_written(
    url: str, tmp_path: Path
) -> None:
    reports = tian(url, tmp_path, "reports", "longgang", "1999", "--out", "报表")
    figures = tian(url, tmp_path, "figures", "--district", "longgang", "--year", "1999")
    for answer in (reports, figures):
        assert answer.returncode == 1
        assert answer.stdout == ""
        assert "longgang 1999 年没有交办记录，也没有采用规则手册" in answer.stderr
    assert not (tmp_path / "报表").exists()
    assert tian(url, tmp_path, "figures", "--district", "longgang", "--year", "2024").stdout
