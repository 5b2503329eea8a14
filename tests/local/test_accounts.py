"""The demo's accounts are such that each finds something to do in the sample year."""

import tomllib
from pathlib import Path

from tian.accounts import make_accounts


def test_the_unit_and_the_proposer_of_the_demo_are_of_the_sample_year(tmp_path: Path) -> None:
    make_accounts(tmp_path / "accounts.toml")
    text = (tmp_path / "accounts.toml").read_text(encoding="utf-8")
    accounts = {each["username"]: each for each in tomllib.loads(text)["accounts"]}
    assert accounts["unit"]["unit"] == "龙岗区科技创新局"
    assert accounts["proposer"]["name"] == "游宇"


def test_accounts_that_are_there_already_are_left_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "accounts.toml").write_text("# mine\n", encoding="utf-8")
    make_accounts(tmp_path / "accounts.toml")
    assert (tmp_path / "accounts.toml").read_text(encoding="utf-8") == "# mine\n"
