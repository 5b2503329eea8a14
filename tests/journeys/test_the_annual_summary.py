"""The supervision office gets the year's summary; each of its figures is in the raw log."""

from io import BytesIO
from typing import Any

import asyncpg
import docx
import pytest

from annual_summary import Summary, read_docx
from tests.evaluation.counting_in_log import THE_SAMPLE_RULEBOOK, counted_in_log
from tests.journeys.conftest import SAMPLE, Town
from tests.journeys.ledgers import changed_ledger

YEAR = "/districts/longgang/years/2024"

A_WORSE_YEAR = {
    "20240104": {"答复日期": "2024-06-10", "评价日期": "2024-06-20"},
    "20240105": {"满意度": "不满意"},
    "20249002": {"满意度": "基本满意"},
    "20249004": {"会办意见日期": "2024-04-30"},
}


async def counted(connection: asyncpg.Connection) -> dict[str, str]:
    return await counted_in_log(connection, "longgang", 2024, THE_SAMPLE_RULEBOOK)


async def summary_in(town: Town, **wishes: str) -> Summary:
    await town.settle()
    answer = await town.evaluation.get(f"{YEAR}/summary.json", params=wishes, headers=town.as_())
    assert answer.status_code == 200, answer.text
    return Summary.model_validate_json(answer.content)


@pytest.mark.parametrize("changes", [{}, A_WORSE_YEAR], ids=["the sample year", "a worse year"])
async def test_every_figure_equals_a_count_made_by_sql_over_the_raw_log(
    town: Town, connection: asyncpg.Connection, changes: dict[str, dict[str, Any]]
) -> None:
    await town.adopt_rulebook()
    content = changed_ledger(SAMPLE, changes) if changes else SAMPLE.read_bytes()
    report = await town.import_ledger(content)
    assert report["written"]

    printed = {each.key: each.text for each in (await summary_in(town)).fields}
    by_sql = await counted(connection)

    assert {key: by_sql.get(key) for key in printed} == printed
    assert {"total", "score", "reply_rate", "opinions_mean_days"} <= set(printed)
    if changes:
        assert {"weak_late-case", "rehandled", "satisfaction_rate_misses"} <= set(printed)


async def test_the_document_is_handed_out_with_links_to_the_console(town: Town) -> None:
    await town.adopt_rulebook()
    await town.import_ledger(SAMPLE.read_bytes())
    await town.settle()
    wishes = {"signed_on": "2024-11-20", "console": "https://tian.example"}
    answer = await town.evaluation.get(f"{YEAR}/summary.docx", params=wishes, headers=town.as_())
    assert answer.status_code == 200
    assert answer.headers["content-type"].endswith("wordprocessingml.document")
    assert "filename*=UTF-8''" in answer.headers["content-disposition"]
    words = "\n".join(each.text for each in docx.Document(BytesIO(answer.content)).paragraphs)
    assert "2024年，本区共办理政协提案33件，其中主办4件、分办1件、会办28件。" in words
    assert "2024年11月20日" in words
    assert read_docx(answer.content).provenance.district == "longgang"
    relations = docx.Document(BytesIO(answer.content)).part.rels.values()
    targets = {each.target_ref for each in relations if each.is_external}
    assert f"https://tian.example{YEAR}/cases?role=lead" in targets


@pytest.mark.parametrize(
    "wish",
    [
        {"signed_on": "2024-11-31"},
        {"console": "javascript:alert(1)"},
        {"console": "http://a\x01b"},
        {"console": "http://[::"},
    ],
    ids=str,
)
async def test_a_wish_that_makes_no_sense_is_refused(town: Town, wish: dict[str, str]) -> None:
    answer = await town.evaluation.get(f"{YEAR}/summary.docx", params=wish, headers=town.as_())
    assert answer.status_code == 422


async def test_nobody_gets_a_summary_without_signing_in_or_of_a_district_that_is_not_there(
    town: Town,
) -> None:
    assert (await town.evaluation.get(f"{YEAR}/summary.docx")).status_code == 401
    elsewhere = "/districts/atlantis/years/2024/summary.docx"
    answer = await town.evaluation.get(elsewhere, headers=town.as_())
    assert answer.status_code in {403, 404}
