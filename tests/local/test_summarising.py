"""`tian summary` as somebody types it, against a server that answers the fields of a year."""

import subprocess
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import docx
import pytest

from annual_summary import Summary, read_docx, write_docx
from contracts.identity import new_key
from tests.annual_summary.building import summary_of, the_sample_summary, with_prose
from tests.evaluation.building import an_assignment, the_sample_year
from tian.services import SERVICES

TIAN = Path(sysconfig.get_path("scripts")) / "tian"


@dataclass
class Place:
    """An address where the services would be, and what evaluation says there."""

    folder: Path
    url: str = ""
    summary: Summary = field(default_factory=the_sample_summary)
    asked: list[str] = field(default_factory=list)
    key: str = field(default_factory=new_key)

    def tian(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        urls = {f"{name.upper()}_URL": self.url for name in SERVICES}
        return subprocess.run(
            [TIAN, "summary", "--district", "longgang", "--year", "2024", *arguments],
            env={"TIAN_HOME": str(self.folder), "TIAN_PRIVATE_KEY": self.key, "PATH": ""}
            | urls
            | environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    found = Place(tmp_path)

    class Evaluation(BaseHTTPRequestHandler):
        """Answers every question with the fields of the year."""

        def do_GET(self) -> None:
            found.asked.append(self.path)
            content = found.summary.model_dump_json().encode()
            self.send_response(200)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Evaluation) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        found.url = f"http://127.0.0.1:{server.server_port}"
        yield found
        server.shutdown()


def test_the_summary_is_written_under_its_title_and_what_is_left_to_do_is_listed(
    place: Place,
) -> None:
    answer = place.tian("--date", "2024-11-20")
    assert answer.returncode == 0, answer.stderr
    assert place.asked == ["/districts/longgang/years/2024/summary.json?signed_on=2024-11-20"]
    file = place.folder / "深圳市龙岗区人民政府2024年政协提案办理工作总结.docx"
    assert file.read_bytes() == write_docx(place.summary, place.url)
    assert "还没有填写" in answer.stdout
    assert "主要做法" in answer.stdout
    assert "加分：自报 10，按日志计算 5" in answer.stdout


def test_a_file_that_is_there_is_never_touched(place: Place) -> None:
    file = place.folder / "总结.docx"
    file.write_text("people's work", encoding="utf-8")
    answer = place.tian("--out", str(file))
    assert answer.returncode == 1
    assert "已经存在，没有覆盖" in answer.stderr
    assert file.read_text(encoding="utf-8") == "people's work"


def test_what_people_wrote_is_kept_and_what_has_to_be_looked_at_is_said(place: Place) -> None:
    edited = with_prose(place.summary, "practice", "对33件提案逐件督办。")
    (place.folder / "edited.docx").write_bytes(write_docx(edited))
    place.summary = summary_of([*the_sample_year(), an_assignment("20249999")])

    answer = place.tian("--from", "edited.docx", "--out", "new.docx")

    assert answer.returncode == 1
    assert "办理总件数：33 → 34" in answer.stdout
    assert "“主要做法”一段里有“33”" in answer.stdout.replace("\n", "")
    kept = read_docx((place.folder / "new.docx").read_bytes())
    assert kept.prose == {"practice": ("对33件提案逐件督办。",)}
    words = "".join(each.text for each in docx.Document(str(place.folder / "new.docx")).paragraphs)
    assert "共办理政协提案34件" in words


def test_english_is_spoken_where_it_is_asked_for(place: Place) -> None:
    answer = place.tian("--out", "a.docx", TIAN_LANG="en")
    assert "The summary has been written to a.docx." in answer.stdout
    assert "Still to be filled in" in answer.stdout
    assert "claimed 10, computed 5" in answer.stdout


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("没有.docx", None, "找不到文件 没有.docx。"),
        ("别的.docx", b"not a document", "不是本系统生成的办理工作总结"),
    ],
    ids=["missing", "something else"],
)
def test_an_edited_file_that_is_none_is_named_before_anything_is_asked(
    place: Place, name: str, content: bytes | None, sentence: str
) -> None:
    if content is not None:
        (place.folder / name).write_bytes(content)
    answer = place.tian("--from", name)
    assert answer.returncode == 1
    assert sentence in answer.stderr
    assert place.asked == []


def test_without_an_office_the_document_is_there_and_the_pdf_is_not(place: Place) -> None:
    answer = place.tian("--out", "a.docx", "--pdf")
    assert answer.returncode == 1
    assert "没有 LibreOffice" in answer.stderr
    assert (place.folder / "a.docx").is_file()
    assert not (place.folder / "a.pdf").exists()


def test_an_office_that_makes_nothing_is_quoted(place: Place) -> None:
    office = place.folder / "soffice"
    office.write_text("#!/bin/sh\necho 'source file could not be loaded' >&2\n", encoding="utf-8")
    office.chmod(0o755)
    answer = place.tian("--out", "a.docx", "--pdf", PATH=str(place.folder))
    assert answer.returncode == 1
    assert "source file could not be loaded" in answer.stderr
    assert (place.folder / "a.docx").is_file()
