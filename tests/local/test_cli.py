"""What the command says when something is wrong: a sentence, a status, and never a traceback."""

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tian.cli import command_line

TIAN = Path(sysconfig.get_path("scripts")) / "tian"


def tian(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [TIAN, *arguments],
        env={"PATH": str(TIAN.parent), "TIAN_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("figures", "--district", "longgang", "--year", "2024"),
        ("summary", "--district", "longgang", "--year", "2024"),
        ("token", "--role", "supervision"),
        ("import", sys.executable, "--district", "longgang", "--year", "2024"),
        ("adopt", "--district", "yantian", "--year", "2025"),
        ("play",),
        ("dead-letters", "--district", "longgang"),
        (
            "dead-letters",
            "retry",
            "--district",
            "longgang",
            "--follower",
            "intake",
            "--position",
            "1",
        ),
    ],
    ids=lambda arguments: arguments[0],
)
def test_where_nothing_runs_the_answer_is_to_start_it(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    answer = tian(tmp_path, *arguments)
    assert answer.returncode == 2
    assert answer.stderr.strip() == "系统没有运行。请先在另一个终端执行 tian up。"
    assert answer.stdout == ""


def test_the_language_can_be_chosen_by_option_and_by_environment(tmp_path: Path) -> None:
    by_option = tian(tmp_path, "status", "--lang", "en")
    by_environment = tian(tmp_path, "status", TIAN_LANG="en_GB.UTF-8")
    assert by_option.stderr == by_environment.stderr
    assert "The system is not running" in by_option.stderr


def test_a_missing_ledger_is_named(tmp_path: Path) -> None:
    answer = tian(tmp_path, "import", "没有.xlsx", "--district", "longgang", "--year", "2024")
    assert answer.returncode == 1
    assert answer.stderr.strip() == "找不到文件 没有.xlsx。请检查路径。"


def test_a_missing_ledger_stops_a_demo_before_anything_starts(tmp_path: Path) -> None:
    answer = tian(tmp_path / "home", "demo", "--exit", "--ledger", "没有.xlsx")
    assert answer.returncode == 1
    assert "找不到文件" in answer.stderr
    assert not (tmp_path / "home").exists()


def test_an_unknown_role_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    answer = tian(tmp_path, "token", "--role", "king")
    assert answer.returncode == 1
    assert "没有“king”这个岗位" in answer.stderr
    assert "supervision、unit、committee" in answer.stderr


def test_a_token_for_a_unit_asks_which_unit(tmp_path: Path) -> None:
    answer = tian(tmp_path, "token", "--role", "unit", "--district", "longgang")
    assert answer.returncode == 1
    assert answer.stderr.startswith("承办单位的令牌要写明单位。请加上 --unit")


def test_a_token_for_an_unknown_district_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    answer = tian(tmp_path, "token", "--role", "supervision", "--district", "atlantis")
    assert answer.returncode == 1
    assert "没有代码为“atlantis”的区" in answer.stderr
    assert "longgang" in answer.stderr


def test_a_rulebook_that_is_no_text_is_refused_by_name(tmp_path: Path) -> None:
    binary = tmp_path / "rules.toml"
    binary.write_bytes(b"\xff\xfe")
    answer = tian(tmp_path, "adopt", str(binary), "--district", "longgang", "--year", "2025")
    assert answer.returncode == 1
    assert answer.stderr.strip() == f"文件 {binary} 不是 UTF-8 文本。请检查是否选错了文件。"


def test_a_port_that_cannot_exist_is_a_sentence_and_deletes_nothing(tmp_path: Path) -> None:
    (tmp_path / "kept").touch()
    answer = tian(tmp_path, "demo", "--fresh", "--console-port", "99999")
    assert answer.returncode == 1
    assert "没有端口 99999" in answer.stderr
    assert (tmp_path / "kept").exists()


def test_a_taken_port_is_named_with_the_way_out(tmp_path: Path, a_taken_port: int) -> None:
    answer = tian(tmp_path, "up", "--console-port", str(a_taken_port))
    assert answer.returncode == 1
    assert f"端口 {a_taken_port} 已被占用" in answer.stderr
    assert "--console-port" in answer.stderr


def test_a_command_that_does_not_exist_is_answered_with_those_that_do(tmp_path: Path) -> None:
    answer = tian(tmp_path, "dance")
    assert answer.returncode != 0
    assert "命令有误" in answer.stdout + answer.stderr
    assert "Traceback" not in answer.stderr


def test_the_help_names_every_command(tmp_path: Path) -> None:
    answer = tian(tmp_path, "--help")
    assert answer.returncode == 0
    for command in ("up", "demo", "play", "import", "adopt", "figures", "status", "token"):
        assert f" {command} " in answer.stdout


def test_a_bug_is_one_sentence_on_the_screen_and_a_traceback_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("not json", encoding="utf-8")
    answer = tian(tmp_path, "status")
    assert answer.returncode == 1
    assert "出现意外错误" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert "Traceback" in (tmp_path / "logs" / "tian.log").read_text(encoding="utf-8")


def test_a_document_is_checked_without_a_running_system(tmp_path: Path) -> None:
    document = tmp_path / "总结.txt"
    document.write_text("本区共承办提案33件（主办件5件、会办件29件）。", encoding="gb18030")
    answer = tian(tmp_path, "check", str(document))
    assert answer.returncode == 1
    assert "总结.txt：读出 3 个数，发现 1 处疑点。" in answer.stdout
    assert "5 + 29 = 34 ≠ 33" in answer.stdout


def test_a_document_that_agrees_ends_with_nothing_found(tmp_path: Path) -> None:
    document = tmp_path / "总结.txt"
    document.write_text("本区共承办提案33件（主办件5件、会办件28件）。", encoding="utf-8")
    answer = tian(tmp_path, "check", str(document), "--json")
    assert answer.returncode == 0
    assert '"findings": []' in answer.stdout


def test_a_file_that_cannot_be_checked_is_named_with_the_reason(tmp_path: Path) -> None:
    answer = tian(tmp_path, "check", sys.executable)
    assert answer.returncode == 2
    assert answer.stderr.startswith(f"没有检查 {sys.executable}：")


@pytest.mark.parametrize(
    "arguments",
    [
        ("verify",),
        ("prove", "00000000-0000-0000-0000-000000000000"),
        ("rebuild", "evaluation"),
        ("up",),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_database_out_of_reach_is_named_by_host_and_port(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    url = "postgresql://tian:a-secret@127.0.0.1:1/tian"
    answer = tian(tmp_path, *arguments, DATABASE_URL=url)
    assert answer.returncode == 2
    assert answer.stderr.splitlines()[-1].startswith("连不上数据库 127.0.0.1:1：")
    assert "请检查 DATABASE_URL" in answer.stderr
    assert "a-secret" not in answer.stderr


@pytest.mark.parametrize("url", ["nonsense", "postgresql://tian@127.0.0.1:port/tian"])
def test_what_is_no_address_of_a_database_is_answered_with_the_form_of_one(
    tmp_path: Path, url: str
) -> None:
    answer = tian(tmp_path, "verify", DATABASE_URL=url)
    assert answer.returncode == 2
    assert answer.stderr.startswith("DATABASE_URL 不是数据库的地址。应写成 postgresql://")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("dance", "没有“dance”这个命令。可用的有：up、demo、"),
        ("figure", "没有“figure”这个命令。是不是想写 figures？"),
        ("figures", "缺少 --year（年度）。"),
        ("figures --year", "--year 后面没有写内容，应为年度。"),
        ("figures --yaer 2024", "没有 --yaer 这个参数。是不是想写 --year？"),
        ("figures --year 20x4", "--year 请写整数，只用数字；“20x4”不能识别。"),
        ("figures --year 3024", "年度请写 1949 至 2100 之间的四位数字；3024 不在其中。"),
        ("figures --year 2024 --year 2025", "--year 写了不止一次，请只保留一个。"),
        ("summary --district a --year 2024 --date 2024-13-01", "--date 请写真实存在的日期"),
        ("prove", "缺少 EVENT_ID（事件编号）。"),
        ("verify --foo", "没有 --foo 这个参数。"),
        ("verify [a] b", "多出了“b”，请去掉"),
        ("rebuild intake --workers 0", "--workers 至少是 1；"),
        ("dead-letters foo", "没有“foo”这个命令。可用的有：retry、pass。"),
        ("dead-letters --district longgang retyr", "没有“retyr”这个命令。是不是想写 retry？"),
        ("dead-letters", "缺少 --district（"),
    ],
)
def test_what_is_mistyped_is_answered_in_chinese(
    typed: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        command_line()(typed.split())
    shown = capsys.readouterr().err.replace("\n", "")
    assert shown.startswith(f"命令有误：{said}")


def test_what_is_mistyped_is_answered_in_english_when_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIAN_LANG", "en")
    with pytest.raises(SystemExit):
        command_line()(["figures", "--year", "3024"])
    assert "Years are 1949 to 2100." in capsys.readouterr().err
    with pytest.raises(SystemExit):
        command_line()(["dead-letters", "foo"])
    assert 'tian dead-letters knows no "foo". There are: retry, pass.' in capsys.readouterr().err


def test_an_unknown_language_is_refused(tmp_path: Path) -> None:
    answer = tian(tmp_path, "status", "--lang", "fr")
    assert answer.returncode == 2
    assert answer.stderr.startswith("没有“fr”这种语言。--lang 请写 zh（中文）或 en（英文）。")


def test_what_is_no_id_of_an_event_is_answered_with_where_to_find_one(tmp_path: Path) -> None:
    answer = tian(tmp_path, "prove", "abc")
    assert answer.returncode == 2
    assert answer.stderr.startswith("“abc”不是事件编号。事件编号形如 ")
    assert "“原始数据”" in answer.stderr


def test_what_is_no_proof_is_said_to_be_what_it_is(tmp_path: Path) -> None:
    plain = tmp_path / "README.md"
    plain.write_text("# 说明\n\n— 一行\n", encoding="utf-8")
    answer = tian(tmp_path, "verify", str(plain))
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"{plain} 不能核验：它既不是事件的证明（由 tian prove 写出）")
    answer = tian(tmp_path, "verify", "--against", str(plain), DATABASE_URL="postgresql:///x")
    assert answer.returncode == 1
    assert answer.stderr.strip() == (
        f"{plain} 不是由可信公钥签名的检查点：其中没有格式正确的签名行。"
    )
    receipt = tmp_path / "receipt.json"
    receipt.write_text('{"format": "tian-receipt/1"}', encoding="utf-8")
    answer = tian(tmp_path, "verify", str(receipt))
    assert answer.returncode == 2
    assert answer.stderr.startswith(f"{receipt} 是指标的凭据，不是证明。请用 tian recompute")
    answer = tian(tmp_path, "verify", str(plain), TIAN_LANG="en")
    assert answer.stderr.startswith(
        f"{plain} cannot be verified: it is neither the proof of an event"
    )


def test_a_bundle_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    answer = tian(tmp_path, "figures", "--bundle", "没有.zip", "--year", "2024")
    assert answer.returncode == 1
    assert answer.stderr.strip() == "找不到文件 没有.zip。请检查路径。"


def test_a_witness_that_cannot_keep_its_key_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    key = tmp_path / "file" / "witness.pem"
    answer = tian(tmp_path, "witness", "http://127.0.0.1:1/log/a", "--key", str(key))
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"无法写入 {key}.lock：")
