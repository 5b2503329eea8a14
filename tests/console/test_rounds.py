"""One case in its second round, past its limit, and with what its ledger says of it."""

from typing import Any

import httpx
import pytest

from contracts.evaluation import ReplyRated
from contracts.importing import LedgerRowRecorded
from tests.console import sample_answers as sample
from tests.console.stand_ins import CASE as CASE_PATH
from tests.console.stand_ins import PROPOSAL, YEAR, Services
from tests.console.visiting import CASE, CASES, words

LEAD: dict[str, Any] = sample.CASE["assignments"][0]  # type: ignore[index]  # JSON
AGAIN = LEAD | {
    "state": "rehandling",
    "handling_round": 2,
    "satisfaction": "dissatisfied",
    "completed_on": "2024-05-20",
}


def rated(position: int, handling_round: int, satisfaction: str) -> dict[str, Any]:
    told = {"handling_round": handling_round, "satisfaction": satisfaction}
    return sample.an_event(position, ReplyRated.type, {"unit": LEAD["unit"]} | told)


def with_parts(services: Services, *parts: dict[str, Any]) -> None:
    services.assignment.answers[CASE_PATH] = sample.CASE | {"assignments": list(parts)}


def with_ratings(services: Services, *ratings: dict[str, Any]) -> None:
    services.evaluation.answers[f"{CASE_PATH}/events"] = {"events": list(ratings)}


@pytest.mark.parametrize(
    ("state", "awaited"),
    [("rehandling", "重新办理中，待答复"), ("replied", "重新办理中，待评价")],
)
async def test_a_second_round_shows_the_first_rating_and_what_is_awaited(
    clerk: httpx.AsyncClient, services: Services, state: str, awaited: str
) -> None:
    with_parts(services, AGAIN | {"state": state})
    with_ratings(services, rated(9, 1, "dissatisfied"))
    seen = words(await clerk.get(CASE))
    assert "第 1 轮评价 不满意" in seen
    assert f"第 2 轮 ： {awaited}".replace(" ", "") in seen.replace(" ", "")
    assert "（交办时所用的规则）第1轮" in seen.replace(" ", "")


async def test_a_second_round_that_was_rated_shows_both_ratings(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    with_parts(services, AGAIN | {"state": "closed", "satisfaction": "satisfied"})
    with_ratings(services, rated(9, 1, "dissatisfied"), rated(15, 2, "satisfied"))
    seen = words(await clerk.get(CASE))
    assert "第 1 轮评价 不满意 第 2 轮评价 满意" in seen
    assert "重新办理中" not in seen


async def test_in_the_list_a_first_answer_is_not_called_complete(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    again = sample.a_case("20240105", "公交", state="rehandling", completed_on="2024-05-24")
    services.assignment.answers[f"{YEAR}/cases"] = {"cases": [again], "total": 1}
    seen = words(await clerk.get(CASES))
    assert "首次答复 2024-05-24" in seen
    assert "按期" not in seen


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"completed_on": "2024-08-03"}, "逾期 3 天办结"),
        ({"state": "handling", "due_on": "2020-01-01"}, "已逾期"),
    ],
)
async def test_an_assignment_past_its_limit_says_so(
    clerk: httpx.AsyncClient, services: Services, more: dict[str, Any], told: str
) -> None:
    with_parts(services, LEAD | more)
    assert told in words(await clerk.get(CASE))


@pytest.mark.parametrize(
    "more", [{"completed_on": "2024-07-31"}, {"state": "returned", "due_on": "2020-01-01"}]
)
async def test_an_assignment_in_time_or_released_is_not_called_late(
    clerk: httpx.AsyncClient, services: Services, more: dict[str, Any]
) -> None:
    with_parts(services, LEAD | more)
    assert "逾期" not in words(await clerk.get(CASE))


async def test_the_remark_of_the_ledger_stands_in_the_head(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    event = sample.an_event(5, LedgerRowRecorded.type, {"row": {"remark": "主席督办"}})
    services.intake.answers[f"{PROPOSAL}/events"] = {"events": [event]}
    assert "备注 主席督办" in words(await clerk.get(CASE))


async def test_a_co_unit_is_shown_with_the_unit_that_leads(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    with_parts(services, sample.OUTSIDE_PART | {"lead_unit": "市生态环境局"})
    assert "主办单位 市生态环境局" in words(await clerk.get(CASE))


async def test_a_contact_whose_manner_nobody_stated_says_so(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    met = {"stage": "before", "manner": "not_stated", "contacted_on": "2024-03-20", "note": ""}
    with_parts(services, LEAD | {"contacts": [met]})
    event = sample.an_event(8, "tian.assignment.contact_recorded.v1", met | {"unit": LEAD["unit"]})
    services.assignment.answers[f"{CASE_PATH}/events"] = {"events": [event]}
    seen = words(await clerk.get(CASE))
    assert "办前见面 2024年3月20日（方式未注明）" in seen
    assert "办前见面：区教育局与提案人联系，方式未注明。" in seen

    await clerk.get("/language/en")
    seen = words(await clerk.get(CASE))
    assert "(manner not stated)" in seen
    assert "Manner not stated." in seen
