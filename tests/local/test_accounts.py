"""The demo's accounts are such that each finds something to do in the sample year."""

import os
import tomllib
from pathlib import Path

import pytest

from tian.accounts import make_accounts
from tian.trusting import shipped_districts
from tian.upkeep_commands import keys


def test_the_unit_and_the_proposer_of_the_demo_are_of_the_sample_year(tmp_path: Path) -> None:
    make_accounts(tmp_path / "accounts.toml")
    text = (tmp_path / "accounts.toml").read_text(encoding="utf-8")
    accounts = {each["username"]: each for each in tomllib.loads(text)["accounts"]}
    assert accounts["unit"]["unit"] == "龙岗区科技创新局"
    assert accounts["proposer"]["name"] == "游宇"


def test_one_leader_of_the_demo_sees_all_districts(tmp_path: Path) -> None:
    make_accounts(tmp_path / "accounts.toml")
    text = (tmp_path / "accounts.toml").read_text(encoding="utf-8")
    accounts = {each["username"]: each for each in tomllib.loads(text)["accounts"]}
    assert (accounts["city"]["role"], accounts["city"]["district"]) == ("leader", "*")
    assert accounts["leader"]["district"] == "longgang"


def test_accounts_that_are_there_already_are_left_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "accounts.toml").write_text("# mine\n", encoding="utf-8")
    make_accounts(tmp_path / "accounts.toml")
    assert (tmp_path / "accounts.toml").read_text(encoding="utf-8") == "# mine\n"


def test_the_key_of_the_log_is_made_once_and_its_public_part_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        keys(public=tmp_path, signing=tmp_path, log=tmp_path, owner=os.getuid())
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 * len(shipped_districts())
    assert set(lines[: len(lines) // 2]) == set(lines[len(lines) // 2 :])
    assert any("tian.local/log/longgang+" in line for line in lines)
    assert (tmp_path / "log.pem").stat().st_mode & 0o077 == 0
