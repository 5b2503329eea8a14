"""`tian adopt` as somebody types it, against a server that remembers what was adopted."""

import json
import subprocess
import sysconfig
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from contracts.explained import ExplainedRulebook
from contracts.identity import new_key
from tian.services import SERVICES

TIAN = Path(sysconfig.get_path("scripts")) / "tian"
RULEBOOK = Path(__file__).parents[2] / "deploy" / "rulebooks" / "baoji.toml"


class Evaluation(BaseHTTPRequestHandler):
    """Adopts every text that it is sent, once; positions of the log go up by ten."""

    adopted: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        if not self.adopted:
            self._answer(404, "{}")
            return
        count = len(self.adopted)
        rulebook = ExplainedRulebook(
            id=f"rules-{count}",
            version=count,
            title=f"规则{count}",
            title_en=f"Rules {count}",
            sample=True,
            position=10 * count,
            lines=(),
            classes=(),
            levels=(),
        )
        self._answer(200, rulebook.model_dump_json())

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["content-length"])))["text"]
        is_new = sent not in self.adopted[-1:]
        if is_new:
            self.adopted.append(sent)
        self._answer(200, json.dumps({"recorded": int(is_new)}))

    def _answer(self, status: int, content: str) -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(content.encode())))
        self.end_headers()
        self.wfile.write(content.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    Evaluation.adopted.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Evaluation) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def adopted(url: str, home: Path, rulebook: Path) -> str:
    answer = subprocess.run(
        [TIAN, "adopt", rulebook, "--district", "longgang", "--year", "2024"],
        env={"TIAN_HOME": str(home), "TIAN_PRIVATE_KEY": new_key(), "PATH": ""}
        | {f"{name.upper()}_URL": url for name in SERVICES},
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    return answer.stdout


def test_an_adoption_says_what_it_replaces_and_from_when(url: str, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text("# another", encoding="utf-8")
    first = adopted(url, tmp_path, RULEBOOK)
    assert first == "longgang 2024 年已采用规则 baoji.toml：“规则1”（rules-1 第 1 版）。\n"
    second = adopted(url, tmp_path, other)
    assert "它取代了“规则1”（rules-1 第 1 版）。" in second
    assert "2024 年的全部指标和评分从现在起按新规则计算" in second
    assert "tian figures --as-of 19 " in second
    assert "没有变动" in adopted(url, tmp_path, other)
