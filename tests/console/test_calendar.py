"""The calendar of a year as a picture, a notice tried before it is adopted, and who adopted what."""

import json
from typing import Any

import httpx
import pytest

from tests.console import sample_answers as sample
from tests.console.stand_ins import Services, problem
from tests.console.visiting import CASES, OVERVIEW, joined, send_form, words

HERE = f"{OVERVIEW}/calendar"
PLACE = "/districts/longgang/calendar"
OF_2024: dict[str, Any] = {
    "year": 2024,
    "source": "国务院办公厅关于2024年部分节假日安排的通知",
    "adopted": False,
    "holidays": [{"name": "劳动节", "first": "2024-05-01", "last": "2024-05-05"}],
    "worked": ["2024-04-28", "2024-05-11"],
}
ADOPTED = {
    "position": 77,
    "event_id": "1",
    "type": "tian.assignment.holiday_notice_adopted.v1",
    "service": "assignment",
    "stream": "calendar",
    "version": 1,
    "happened_at": "2024-01-02T01:00:00Z",
    "recorded_at": "2024-01-02T01:00:00Z",
    "actor": {"subject": "wang", "name": "王科长", "role": "supervision"},
    "imported": False,
    "attested_by": None,
    "trace_id": None,
    "data": {"year": 2024, "version": 2, "source": "关于2024年的通知"},
}
MOVE = {
    "proposal_id": "20240104",
    "number": "20240104",
    "title": "关于步道的建议",
    "unit": "区城市管理局",
    "was_due_on": "2024-05-06",
    "due_on": "2024-05-10",
    "was_provisional": True,
    "provisional": False,
}
EARLY_MOVE = {
    "proposal_id": "20240105",
    "number": "20240105",
    "title": "关于路灯的建议",
    "unit": "区教育局",
    "was_sign_by": "2024-05-02",
    "sign_by": "2024-05-07",
    "was_return_until": "2024-05-09",
    "return_until": "2024-05-09",
}


@pytest.fixture
def town(services: Services) -> Services:
    later = OF_2024 | {"worked": ["2024-04-28"]}
    services.assignment.answers |= {
        PLACE: {"version": 2, "years": [2023, 2024], "adopted": [2024]},
        f"{PLACE}/years/2024": OF_2024,
        f"{PLACE}/events": {"events": [ADOPTED]},
        f"{PLACE}/read": later,
        f"{PLACE}/foresee": {"version": 3, "moves": [MOVE], "early_moves": [EARLY_MOVE]},
        "/districts/longgang/commands/adopt-holiday-notice": {"recorded": 1, "position": 90},
    }
    return services


async def test_twelve_months_show_days_off_and_weekend_days_worked(
    town: Services, leader: httpx.AsyncClient
) -> None:
    answer = await leader.get(HERE)
    assert answer.text.count('<table class="month">') == 12
    assert answer.text.count('class="off"') == 5
    assert answer.text.count('class="worked"') == 2
    assert 'title="劳动节"' in answer.text
    assert "录入新的通知" not in answer.text
    assert "王科长（督查室）" in joined(answer)
    assert "日志第77条" in joined(answer)


async def test_a_year_that_is_not_published_says_that_its_limits_are_provisional(
    town: Services, clerk: httpx.AsyncClient
) -> None:
    del town.assignment.answers[f"{PLACE}/years/2024"]
    answer = await clerk.get(HERE)
    assert "本年度的节假日安排还没有公布。" in words(answer)
    assert 'class="off"' not in answer.text
    assert "录入新的通知" in words(answer)


async def test_a_notice_is_tried_before_it_is_adopted_and_adopted_as_it_was_seen(
    town: Services, clerk: httpx.AsyncClient
) -> None:
    notice = {"source": "国办发明电〔2024〕12号", "text": "四、劳动节：5月1日至5日放假。"}
    tried = await send_form(clerk, f"{HERE}/check", notice)
    said = joined(tried)
    assert "1个期限有变化" in said
    assert "2024-05-06暂定" in said
    assert "2024-05-10" in said
    assert "1件的签收、退回期限有变化" in said
    assert "区教育局2024-05-02→2024-05-072024-05-09" in said
    assert 'class="weekend new"' in tried.text
    asked = [request.url.path.rpartition("/")[2] for request in town.assignment.requests]
    assert "adopt-holiday-notice" not in asked

    done = await send_form(clerk, HERE, notice | {"version": "3", "key": "k-1"})
    assert (done.status_code, done.headers["location"]) == (303, f"{HERE}?adopted=true")
    given = town.assignment.last
    assert given.url.path.endswith("/commands/adopt-holiday-notice")
    assert given.headers["idempotency-key"] == "k-1"
    body = json.loads(given.content)
    assert (body["year"], body["version"], body["worked"]) == (2024, 3, ["2024-04-28"])


async def test_a_notice_that_is_not_right_stays_in_the_form_with_what_is_wrong(
    town: Services, clerk: httpx.AsyncClient
) -> None:
    town.assignment.answers[f"{PLACE}/read"] = problem(409, "2025-01-01是周三，不是周四", "…")
    text = "一、元旦：1月1日（周四）放假。"
    answer = await send_form(clerk, f"{HERE}/check", {"source": "通知", "text": text})
    assert answer.status_code == 409
    assert "是周三，不是周四" in words(answer)
    assert text in answer.text
    assert "确认采用" not in answer.text


async def test_a_provisional_deadline_is_marked_in_the_list(
    services: Services, leader: httpx.AsyncClient
) -> None:
    assert "暂定" not in words(await leader.get(CASES))
    first = sample.CASES[0] | {"provisional": True}
    answer = {"cases": [first], "total": 1}
    services.assignment.answers[CASES] = answer
    assert "暂定" in words(await leader.get(CASES))
