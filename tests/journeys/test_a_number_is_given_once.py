"""A case number that is taken: who files is told by which proposal, and a ledger writes nothing."""

import pytest

from tests.journeys.conftest import SAMPLE, Town

HELD = "20240104"


@pytest.fixture
async def filed(town: Town) -> Town:
    """A proposal that was filed here under a number that the sample ledger has too."""
    await town.adopt_rulebook()
    for proposal_id, title in (("p-1", "关于整治飞线充电的建议"), ("p-2", "关于错峰放学的建议")):
        known = {"proposal_id": proposal_id, "year": 2024, "title": title}
        body = known | {"form": "individual", "proposers": ["委员甲"]}
        await town.done("intake", "receive-proposal", body)
    await town.done("intake", "file-proposal", {"proposal_id": "p-1", "number": HELD})
    return town


async def test_whoever_files_under_it_again_is_told_which_proposal_has_it(filed: Town) -> None:
    again = {"proposal_id": "p-2", "number": HELD}
    answer = await filed.give("intake", "file-proposal", again)
    assert (answer.status_code, answer.json()["title"]) == (409, "CaseNumberTaken")
    assert answer.json()["detail"].startswith(
        f"案号{HELD}在2024年度已用于《关于整治飞线充电的建议》"
    )


async def test_a_ledger_with_a_row_of_that_number_is_not_begun(filed: Town) -> None:
    before = await filed.ask("intake", "/log")
    checked = await filed.import_ledger(SAMPLE.read_bytes(), check=True)
    report = await filed.import_ledger(SAMPLE.read_bytes())
    for each in (checked, report):
        (error,) = [one for one in each["problems"] if one["severity"] == "error"]
        assert error["code"] == "number_taken"
        assert "已用于《关于整治飞线充电的建议》" in error["message"]
        assert (each["new_rows"], each["different_rows"], each["written"]) == (32, 1, False)
    assert (await filed.ask("intake", "/log"))["head"] == before["head"]

    skipping = await filed.import_ledger(SAMPLE.read_bytes(), skip_bad=True)
    assert (skipping["new_rows"], skipping["written"]) == (32, True)
