"""`tian reports` as somebody types it, against a server that answers two reports."""

import subprocess
import sysconfig
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

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


class Evaluation(BaseHTTPRequestHandler):
    """Lists the reports, and answers each workbook with the address that was asked."""

    def do_GET(self) -> None:
        listed = self.path == "/reports"
        content = (LISTED.model_dump_json() if listed else self.path).encode()
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


def test_every_report_of_the_year_is_written_into_the_folder(url: str, tmp_path: Path) -> None:
    answer = subprocess.run(
        [TIAN, "reports", "longgang", "2024", "--out", "报表", "--as-of", "120"],
        env={"TIAN_HOME": str(tmp_path), "TIAN_PRIVATE_KEY": new_key(), "PATH": ""}
        | {f"{name.upper()}_URL": url for name in SERVICES},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
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
