"""The outbox of a district and the inbox of a visitor, as pages."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from contracts.sending import SendingState
from contracts.vocabulary import ActorRole
from tests.console.stand_ins import Services, problem
from tests.console.visiting import give_token, send_form, visitor_of, words

PLACE = "/districts/longgang"
OUTBOX, INBOX = f"{PLACE}/outbox", f"{PLACE}/inbox"
ID = "018f0f5e-9c00-8aaa-9aaa-0123456789ab"
MESSAGE: dict[str, Any] = {
    "message_id": ID,
    "position": 812,
    "matter": "yellow",
    "recipient_kind": "unit",
    "recipient": "龙岗区教育局",
    "channel": "text",
    "channel_kind": "sms",
    "proposal_id": "20240104",
    "subject": "黄牌：第20240104号提案，答复提案人已逾期3天",
    "body": "龙岗区教育局：\n请立即办理，并向督查室说明情况。",
    "written_at": "2024-06-11T01:00:00Z",
    "not_before": "2024-06-11T01:00:00Z",
    "state": "failed",
    "attempts": 6,
    "problem": "没有连上 / not reached: ConnectError",
}
STEP = {"taken_at": "2024-06-11T02:00:00Z", "step": "gave_up", "detail": "HTTP 503"}


@pytest.fixture
def told(services: Services) -> Services:
    services.assignment.answers |= {
        OUTBOX: {"messages": [MESSAGE], "by_state": {"failed": 1, "sent": 60}, "total": 61},
        f"{OUTBOX}/{ID}": {"message": MESSAGE, "steps": [STEP]},
        INBOX: {"owner": "督查室", "unread": 1, "messages": [MESSAGE | {"state": "sent"}]},
        f"{INBOX}/unread": {"unread": 3},
    }
    return services


def sees(services: Services, state: SendingState) -> None:
    one = {"message": MESSAGE | {"state": state.value}, "steps": []}
    services.assignment.answers[f"{OUTBOX}/{ID}"] = one


async def test_the_outbox_says_what_failed_and_why(
    told: Services, clerk: httpx.AsyncClient
) -> None:
    page = await clerk.get(OUTBOX, params={"state": "failed", "matter": "yellow", "q": " 教育 "})
    said = words(page)
    for expected in ("共 61 条", "其中发送失败 1 条", MESSAGE["subject"], "短信", "没有连上"):
        assert expected in said
    assert "not reached" not in said
    asked = dict(told.assignment.last.url.params)
    assert asked == {"state": "failed", "matter": "yellow", "q": "教育", "page": "1"}
    assert "共 61 条 1 2 下一页" in said
    assert "?state=failed&amp;matter=yellow&amp;q=%E6%95%99%E8%82%B2&amp;page=2" in page.text


async def test_a_page_that_is_gone_leads_to_the_last_one(
    told: Services, clerk: httpx.AsyncClient
) -> None:
    page = await clerk.get(OUTBOX, params={"state": "failed", "page": "7"})
    assert page.headers["location"] == f"{OUTBOX}?state=failed&page=2"


async def test_the_outbox_speaks_english(told: Services, clerk: httpx.AsyncClient) -> None:
    clerk.cookies.set("tian_language", "en")
    said = words(await clerk.get(OUTBOX))
    assert "Failed" in said
    assert "not reached: ConnectError" in said
    assert "没有连上" not in said


async def test_each_address_of_a_mail_is_shown_with_what_its_server_said(
    told: Services, clerk: httpx.AsyncClient
) -> None:
    said = {"answered_at": "2024-06-11T02:00:00Z", "shown": "b***@example.cn"}
    refused = said | {"outcome": "refused", "answer": "550 user unknown"}
    taken = said | {"outcome": "accepted", "answer": "250 OK", "shown": "j***@example.cn"}
    one = {"message": MESSAGE, "steps": [], "addresses": [refused, taken]}
    told.assignment.answers[f"{OUTBOX}/{ID}"] = one
    page = words(await clerk.get(f"{OUTBOX}/{ID}"))
    assert "b***@example.cn 被拒收 550 user unknown" in page
    assert "j***@example.cn 已接收 250 OK" in page
    assert "只发给还没有接收的地址" in page
    told.assignment.answers[f"{OUTBOX}/{ID}"] = {"message": MESSAGE, "steps": []}
    assert "各收件地址" not in words(await clerk.get(f"{OUTBOX}/{ID}"))


@pytest.mark.parametrize("state", SendingState)
@pytest.mark.parametrize("role", [ActorRole.SUPERVISION, ActorRole.LEADER])
async def test_only_the_office_is_offered_what_the_state_allows(
    app: FastAPI, told: Services, private_key: str, state: SendingState, role: ActorRole
) -> None:
    sees(told, state)
    async with visitor_of(app) as client:
        give_token(client, private_key, role)
        page = await client.get(f"{OUTBOX}/{ID}")
    offered = {act for act in ("retry", "hold") if f'action="{OUTBOX}/{ID}/{act}"' in page.text}
    wanted = {"failed": {"retry"}, "held": {"retry"}, "waiting": {"hold"}}.get(state, set())
    assert offered == (wanted if role is ActorRole.SUPERVISION else set())


async def test_a_message_is_sent_again_from_its_page(
    told: Services, clerk: httpx.AsyncClient
) -> None:
    told.assignment.answers[f"{OUTBOX}/{ID}/retry"] = MESSAGE | {"state": "waiting"}
    answer = await send_form(clerk, f"{OUTBOX}/{ID}/retry", {})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{OUTBOX}/{ID}")
    assert told.assignment.last.url.path == f"{OUTBOX}/{ID}/retry"


async def test_a_refusal_is_shown_with_the_message_as_it_is_now(
    told: Services, clerk: httpx.AsyncClient
) -> None:
    refusal = problem(409, "此消息的状态是“已发出”，不能暂缓。", "It is sent.", title="NotToBeHeld")
    told.assignment.answers[f"{OUTBOX}/{ID}/hold"] = refusal
    sees(told, SendingState.SENT)
    answer = await send_form(clerk, f"{OUTBOX}/{ID}/hold", {})
    assert answer.status_code == 409
    assert "此消息的状态是“已发出”，不能暂缓。" in words(answer)
    assert "正文" in words(answer)


async def test_a_form_from_elsewhere_sends_nothing(
    told: Services, clerk: httpx.AsyncClient
) -> None:
    for path in (
        f"{OUTBOX}/{ID}/retry",
        f"{OUTBOX}/failed/retry",
        f"{INBOX}/read",
        f"{INBOX}/{ID}/read",
    ):
        assert (await clerk.post(path, data={"form_mark": "forged"})).status_code == 403
    assert told.assignment.requests == []


async def test_the_inbox_shows_the_letter_and_marks_it_read(
    told: Services, clerk: httpx.AsyncClient
) -> None:
    said = words(await clerk.get(INBOX))
    for expected in (
        "督查室收件箱",
        "1 条未读",
        "请立即办理，并向督查室说明情况。",
        "全部标为已读",
    ):
        assert expected in said
    told.assignment.answers[f"{INBOX}/{ID}/read"] = {"unread": 0}
    answer = await send_form(clerk, f"{INBOX}/{ID}/read", {})
    assert (answer.status_code, answer.headers["location"]) == (303, INBOX)


async def test_the_inbox_of_the_office_is_called_so_in_english_too(
    told: Services, clerk: httpx.AsyncClient
) -> None:
    told.assignment.answers[INBOX] = {"owner": "督查室", "unread": 0, "messages": []}
    await clerk.get("/language/en")
    assert "<h1>Supervision office: inbox</h1>" in (await clerk.get(INBOX)).text


async def test_the_count_beside_the_link_is_never_in_the_way(
    told: Services, clerk: httpx.AsyncClient
) -> None:
    assert "3" in (await clerk.get(f"{INBOX}/unread")).text
    told.assignment.is_down = True
    answer = await clerk.get(f"{INBOX}/unread")
    assert (answer.status_code, answer.text.strip()) == (200, "")


@pytest.mark.parametrize(
    ("role", "links"),
    [
        (ActorRole.SUPERVISION, {"inbox", "outbox"}),
        (ActorRole.UNIT, {"inbox"}),
        (ActorRole.PROPOSER, {"inbox"}),
        (ActorRole.LEADER, {"outbox"}),
        (ActorRole.COMMITTEE, set()),
    ],
)
async def test_everybody_is_led_to_the_boxes_that_they_may_open(
    app: FastAPI, told: Services, private_key: str, role: ActorRole, links: set[str]
) -> None:
    async with visitor_of(app) as client:
        give_token(client, private_key, role)
        page = await client.get(f"{PLACE}/years/2024")
    assert {each for each in ("inbox", "outbox") if f'href="{PLACE}/{each}"' in page.text} == links


async def test_the_office_sends_everything_again_that_failed(
    told: Services, clerk: httpx.AsyncClient, leader: httpx.AsyncClient
) -> None:
    action = f'action="{OUTBOX}/failed/retry"'
    offered = [action in (await each.get(OUTBOX)).text for each in (clerk, leader)]
    assert offered == [True, False]
    told.assignment.answers[f"{OUTBOX}/failed/retry"] = {"messages": 1}
    answer = await send_form(clerk, f"{OUTBOX}/failed/retry", {})
    assert (answer.status_code, answer.headers["location"]) == (303, OUTBOX)
    told.assignment.answers[OUTBOX] = {"messages": [], "by_state": {"sent": 60}, "total": 60}
    assert action not in (await clerk.get(OUTBOX)).text


async def test_a_message_about_something_done_is_marked_and_asks_for_nothing(
    told: Services, clerk: httpx.AsyncClient
) -> None:
    said = MESSAGE | {"state": "sent", "matter": "chased", "overtaken": True}
    told.assignment.answers[INBOX] = {"owner": "督查室", "unread": 0, "messages": [said]}
    page = await clerk.get(INBOX)
    assert "催办通知 此事已了" in words(page)
    assert "is-unread" not in page.text
    assert "标为已读" not in words(page)
