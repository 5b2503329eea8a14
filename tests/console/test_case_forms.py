"""The forms on the page of a case: which are shown, what they send, and what stays when refused."""

import json
from datetime import timedelta
from html import unescape
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from console.endpoints.case_forms import CASE_ACTS
from console.endpoints.visits import SESSION_COOKIE
from contracts.identity import Actor, issue_token
from contracts.vocabulary import ActorRole
from hosting.clock import system_clock
from tests.console import sample_answers as sample
from tests.console.stand_ins import CASE as PLACE
from tests.console.stand_ins import Services, problem
from tests.console.visiting import CASE, send_form, visitor_of, words

UNIT, CO = "区教育局", "市交通局"
LETTER = {"unit": UNIT, "version": 2}
PROMISE = {"unit": UNIT, "commitment": 1}
ABOUT: dict[str, dict[str, Any]] = {
    "dispatch-case": {},
    "list-suggestions": {},
    "accept-co-opinion": {"unit": UNIT, "co_unit": CO},
    "send-back-co-opinion": {"unit": UNIT, "co_unit": CO},
    "add-co-unit": {"unit": UNIT, "co_unit": CO},
    "decline-co-unit": {"unit": UNIT, "co_unit": CO},
    "sign-reply": LETTER,
    "pass-draft": LETTER,
    "send-back-draft": LETTER,
    "make-commitment": PROMISE,
    "advance-commitment": PROMISE,
    "fulfil-commitment": PROMISE,
    "slip-commitment": PROMISE,
    "carry-commitment-over": PROMISE,
    "give-up-commitment": PROMISE,
    "deliver-reply": {"unit": UNIT, "proposer": "委员甲"},
}
SEEN = {"position": 12, "behind": 0, "is_past": False}
OF_ASSIGNMENT = [name for name, act in CASE_ACTS.items() if act.service == "assignment"]


def about(command: str) -> dict[str, Any]:
    return ABOUT.get(command, {"unit": UNIT})


@pytest.fixture
def open_to(services: Services) -> Any:
    """Let assignment offer these commands, in a case shown up to position 12."""

    def offer(*commands: str) -> None:
        lead = sample.CASE["assignments"][0] | {"state": "handling", "replied_on": None}  # type: ignore[index]
        answers = services.assignment.answers
        answers[PLACE] = sample.CASE | {
            "shown": SEEN,
            "assignments": [lead, sample.OUTSIDE_PART],
            "suggestions": [{"number": 1, "text": "增设学位"}],
        }
        answers[f"{PLACE}/openings"] = {
            "openings": [{"command": name, "about": about(name)} for name in commands],
            "result_classes": [{"code": "A", "label": "已经解决", "label_en": "solved"}],
        }

    return offer


def accepts(services: Services, command: str) -> None:
    path = f"/districts/longgang/commands/{command}"
    services.assignment.answers[path] = {"recorded": 1, "position": 12}


def given(services: Services) -> httpx.Request:
    (request,) = [each for each in services.assignment.requests if each.method == "POST"]
    return request


@pytest.mark.parametrize("command", OF_ASSIGNMENT)
async def test_each_form_says_what_it_is_about_and_how_far_its_page_has_seen(
    clerk: httpx.AsyncClient, services: Services, open_to: Any, command: str
) -> None:
    open_to(command)
    accepts(services, command)
    page = await clerk.get(CASE, params={"act": command, **about(command)})
    assert f'action="{CASE}/{command}"' in page.text
    form = page.text.partition(f'action="{CASE}/{command}"')[2].partition("</form>")[0]
    assert 'name="seen" value="12"' in form
    hidden = {name: str(value) for name, value in about(command).items()}
    for name, value in hidden.items():
        assert f'name="{name}" value="{value}"' in unescape(form), name
    day = {CASE_ACTS[command].foresees: "2024-09-01"} if CASE_ACTS[command].foresees else {}
    confirmed = {"confirmed": "2024-09-01"} if day else {}
    typed = {"seen": "12", "key": "k-1", **hidden, **day, **confirmed}
    answer = await send_form(clerk, f"{CASE}/{command}", typed)
    assert (answer.status_code, answer.headers.get("location")) == (303, f"{CASE}?done=12")
    sent = given(services)
    assert (sent.headers["seen-position"], sent.headers["idempotency-key"]) == ("12", "k-1")
    fields = json.loads(sent.content)
    assert fields["proposal_id"] == "20240104"
    assert {name: fields[name] for name in hidden} == hidden


async def test_only_what_the_rules_would_take_is_on_the_page(
    clerk: httpx.AsyncClient, open_to: Any
) -> None:
    open_to("grant-extension", "suspend-handling")
    page = await clerk.get(CASE)
    assert f'action="{CASE}/grant-extension"' in page.text
    assert "act=suspend-handling" in page.text
    offered = {name for name in CASE_ACTS if f"act={name}&" in page.text or f"/{name}" in page.text}
    assert offered == {"grant-extension", "suspend-handling"}


async def test_an_address_that_names_what_cannot_be_done_opens_no_form(
    clerk: httpx.AsyncClient, open_to: Any
) -> None:
    open_to("chase-unit")
    page = await clerk.get(CASE, params={"act": "suspend-handling", "unit": UNIT})
    assert page.status_code == 200
    assert "suspend-handling" not in page.text.partition("<main")[2]


async def test_a_past_state_has_no_forms(
    clerk: httpx.AsyncClient, services: Services, open_to: Any
) -> None:
    open_to("grant-extension")
    page = await clerk.get(CASE, params={"as_of": "2024-05-01"})
    assert "grant-extension" not in page.text
    asked = [each.url.path for each in services.assignment.requests]
    assert f"{PLACE}/openings" not in asked


async def test_who_is_done_is_offered_a_return_visit_and_who_is_not_any_manner(
    clerk: httpx.AsyncClient, services: Services, open_to: Any
) -> None:
    open_to("chase-unit")
    form = {"act": "chase-unit", "unit": UNIT}
    chosen = '<option value="return_visit" selected>'
    assert chosen not in (await clerk.get(CASE, params=form)).text
    shown = services.assignment.answers[PLACE]
    lead, *others = shown["assignments"]
    done = [lead | {"state": "closed", "completed_on": "2024-05-20"}, *others]
    services.assignment.answers[PLACE] = shown | {"assignments": done}
    assert chosen in (await clerk.get(CASE, params=form)).text


async def test_a_refused_form_keeps_what_was_typed_and_says_why(
    clerk: httpx.AsyncClient, services: Services, open_to: Any
) -> None:
    open_to("chase-unit")
    path = "/districts/longgang/commands/chase-unit"
    services.assignment.answers[path] = problem(409, "催办日期有误。", "The day is wrong.")
    typed = {"seen": "12", "unit": UNIT, "manner": "phone", "note": "请<抓紧>"}
    page = await send_form(clerk, f"{CASE}/chase-unit", typed)
    assert page.status_code == 409
    assert "没有办理： 催办日期有误。" in words(page)
    tried = page.text.partition('id="chosen"')[2].partition("</form>")[0]
    assert "请&lt;抓紧&gt;</textarea>" in tried
    assert '<option value="phone" selected>' in tried


async def test_who_was_overtaken_reads_what_changed_and_keeps_what_was_typed(
    clerk: httpx.AsyncClient, services: Services, open_to: Any
) -> None:
    open_to("chase-unit")
    late = problem(409, "刘科员已先办理。", "Somebody was faster.", title="Overtaken")
    services.assignment.answers["/districts/longgang/commands/chase-unit"] = late
    changed = sample.an_event(13, "tian.assignment.assignment_signed.v1", {"unit": UNIT})
    services.assignment.answers[f"{PLACE}/events"] = {
        "events": [*sample.ASSIGNMENT_EVENTS, changed]
    }
    typed = {"seen": "12", "unit": UNIT, "manner": "phone", "note": "请抓紧"}
    page = await send_form(clerk, f"{CASE}/chase-unit", typed)
    assert "没有提交：此件刚刚有了变化" in words(page)
    changes = page.text.partition("changes")[2].partition("</ol>")[0]
    assert changes.count("<li") == 1
    assert "区教育局签收。" in changes
    assert "请抓紧</textarea>" in page.text


async def test_a_new_limit_is_shown_before_it_is_confirmed(
    clerk: httpx.AsyncClient, services: Services, open_to: Any
) -> None:
    open_to("grant-extension")
    accepts(services, "grant-extension")
    services.assignment.answers[f"{PLACE}/moved-limit"] = {
        "unit": UNIT,
        "was_due_on": "2024-07-31",
        "due_on": "2024-08-31",
        "days": 31,
        "working_days": 23,
        "is_working_day": False,
    }
    typed = {"seen": "12", "unit": UNIT, "due_on": "2024-08-31", "granted_on": "2024-07-01"}
    page = await send_form(clerk, f"{CASE}/grant-extension", typed)
    seen = words(page)
    assert "现在的期限 2024年7月31日 → 新的期限 2024年8月31日" in seen
    assert "共 31 天，其中工作日 23 个" in seen
    assert "新的期限不是工作日。" in seen
    assert not [each for each in services.assignment.requests if each.method == "POST"]
    other = typed | {"confirmed": "2024-08-30"}
    await send_form(clerk, f"{CASE}/grant-extension", other)
    assert not [each for each in services.assignment.requests if each.method == "POST"]
    answer = await send_form(clerk, f"{CASE}/grant-extension", typed | {"confirmed": "2024-08-31"})
    assert answer.status_code == 303
    assert json.loads(given(services).content)["due_on"] == "2024-08-31"


async def test_a_limit_that_the_rules_refuse_is_not_confirmed(
    clerk: httpx.AsyncClient, services: Services, open_to: Any
) -> None:
    open_to("request-extension")
    no = problem(409, "2024-06-30不晚于现在的期限。", "It is not later.")
    services.assignment.answers[f"{PLACE}/moved-limit"] = no
    typed = {"seen": "12", "unit": UNIT, "until": "2024-06-30", "reason": "须论证"}
    page = await send_form(clerk, f"{CASE}/request-extension", typed)
    assert page.status_code == 409
    assert "不晚于现在的期限" in words(page)
    assert "须论证</textarea>" in page.text


async def test_a_limit_that_is_no_day_is_called_as_its_label_calls_it(
    clerk: httpx.AsyncClient, services: Services, open_to: Any
) -> None:
    open_to("request-extension")
    wrong: Any = [{"field": "query.day", "rule": "date_from_datetime_parsing"}]
    no = problem(422, "日期有误。", "The day is wrong.", errors=wrong)
    services.assignment.answers[f"{PLACE}/moved-limit"] = no
    typed = {"seen": "12", "unit": UNIT, "until": "六月底", "reason": "须论证"}
    page = await send_form(clerk, f"{CASE}/request-extension", typed)
    assert "拟延至请写成年-月-日，例如 2024-03-05。" in words(page)


async def test_a_letter_is_sent_with_an_answer_to_each_suggestion(
    clerk: httpx.AsyncClient, services: Services, open_to: Any
) -> None:
    open_to("draft-reply")
    accepts(services, "draft-reply")
    page = await clerk.get(CASE, params={"act": "draft-reply", "unit": UNIT})
    assert "对第 1 条建议的答复" in words(page)
    assert '<option value="A">A 已经解决</option>' in page.text
    typed = {"unit": UNIT, "point-1": "已增设", "addressees": "委员甲、委员乙"}
    await send_form(clerk, f"{CASE}/draft-reply", typed)
    fields = json.loads(given(services).content)
    assert fields["points"] == [{"number": 1, "answer": "已增设"}]
    assert fields["addressees"] == ["委员甲", "委员乙"]


async def test_a_dispatch_names_each_unit_with_its_role(
    clerk: httpx.AsyncClient, services: Services, open_to: Any
) -> None:
    open_to("dispatch-case")
    accepts(services, "dispatch-case")
    typed = {"answering": UNIT, "answering_role": "lead", "co_units": "区财政局、区住建局"}
    typed |= {"dispatched_on": "2024-03-01", "due_on": "2024-06-01"}
    await send_form(clerk, f"{CASE}/dispatch-case", typed)
    assert json.loads(given(services).content)["assignments"] == [
        {"unit": UNIT, "role": "lead", "due_on": "2024-06-01"},
        {"unit": "区财政局", "role": "co"},
        {"unit": "区住建局", "role": "co"},
    ]


async def test_who_rules_on_something_reads_it_beside_the_form(
    clerk: httpx.AsyncClient, services: Services, open_to: Any
) -> None:
    open_to("grant-extension", "decline-extension", "pass-draft")
    case = services.assignment.answers[PLACE]
    draft = {
        "version": 2,
        "drafted_on": "2024-05-01",
        "points": [{"number": 1, "answer": "已增设"}],
    }
    lead = case["assignments"][0] | {"extension_reason": "须现场论证", "drafts": [draft]}
    lead |= {"extension_until": "2024-08-31"}
    services.assignment.answers[PLACE] = case | {
        "assignments": [lead, sample.OUTSIDE_PART],
        "suggestions": [{"number": 1, "text": "增设托位"}],
    }
    page = await clerk.get(CASE, params={"act": "pass-draft", "unit": UNIT, "version": "2"})
    chosen, _, rest = page.text.partition('id="chosen"')[2].partition("</form>")
    assert "增设托位" in chosen.partition("已增设")[0]
    assert "已增设" in chosen
    granting = rest.partition("grant-extension")[0]
    assert "须现场论证" in granting


async def test_suggestions_are_numbered_in_their_order(
    clerk: httpx.AsyncClient, services: Services, open_to: Any
) -> None:
    open_to("list-suggestions")
    accepts(services, "list-suggestions")
    typed = {"suggestions": "1. 增设学位\n\n（2）加强巡查\n3年内建成"}
    await send_form(clerk, f"{CASE}/list-suggestions", typed)
    assert json.loads(given(services).content)["suggestions"] == [
        {"number": 1, "text": "增设学位"},
        {"number": 2, "text": "加强巡查"},
        {"number": 3, "text": "3年内建成"},
    ]


@pytest.mark.parametrize(
    ("role", "has_scan"), [(ActorRole.PROPOSER, False), (ActorRole.COMMITTEE, True)]
)
async def test_an_answer_is_rated_by_its_proposer_or_by_proxy_with_a_scan(
    app: FastAPI, services: Services, private_key: str, role: ActorRole, *, has_scan: bool
) -> None:
    services.evaluation.answers["/districts/longgang/commands/rate-reply"] = {
        "recorded": 1,
        "position": 0,
    }
    nobody = {"proposal_id": "20240104", "number": "", "title": "", "stretches": []}
    services.evaluation.answers[f"{PLACE}/holding"] = nobody | {"shown": SEEN}
    async with visitor_of(app) as rater:
        sign_in_as(rater, private_key, role)
        page = await rater.get(CASE, params={"act": "rate-reply", "unit": UNIT})
        form = page.text.partition(f'action="{CASE}/rate-reply"')[2].partition("</form>")[0]
        assert ('name="scan"' in form) == has_scan
        typed = {"unit": UNIT, "satisfaction": "satisfied", "rated_on": "2024-06-01"}
        typed |= {"scan": "意见表.pdf"} if has_scan else {}
        await send_form(rater, f"{CASE}/rate-reply", typed)
    (sent,) = [each for each in services.evaluation.requests if each.method == "POST"]
    assert json.loads(sent.content).get("by_proxy", False) == has_scan


async def test_an_answer_to_a_case_of_the_city_is_offered_to_be_rated_in_the_city_only(
    app: FastAPI, services: Services, private_key: str
) -> None:
    told = {"upper_name": "深圳市", "number": "57", "due_on": "2024-05-31"}
    for upper, is_offered in (("shenzhen", False), (None, True)):
        services.assignment.answers[PLACE] = sample.CASE | {"handed_down": told | {"upper": upper}}
        async with visitor_of(app) as rater:
            sign_in_as(rater, private_key, ActorRole.COMMITTEE)
            assert ("rate-reply" in (await rater.get(CASE)).text) == is_offered


async def test_a_published_answer_is_not_offered_to_be_rated_by_other_proposers(
    app: FastAPI, services: Services, private_key: str
) -> None:
    services.assignment.answers[PLACE] = sample.CASE | {"proposers": ["委员甲"]}
    async with visitor_of(app) as reader:
        sign_in_as(reader, private_key, ActorRole.PROPOSER)
        assert "rate-reply" not in (await reader.get(CASE)).text
    services.assignment.answers[PLACE] = sample.CASE | {"proposers": ["某人"]}
    async with visitor_of(app) as rater:
        sign_in_as(rater, private_key, ActorRole.PROPOSER)
        assert "rate-reply" in (await rater.get(CASE)).text


async def test_a_unit_is_not_offered_what_the_office_enters_for_it_under_that_heading(
    app: FastAPI, services: Services, private_key: str, open_to: Any
) -> None:
    open_to("record-contact", "request-return")
    async with visitor_of(app) as unit:
        sign_in_as(unit, private_key, ActorRole.UNIT, UNIT)
        assert "代承办单位登记" not in words(await unit.get(CASE))


async def test_what_the_office_enters_for_a_unit_is_told_apart(
    clerk: httpx.AsyncClient, open_to: Any
) -> None:
    open_to("record-contact", "suspend-handling")
    page = await clerk.get(CASE)
    own, _, others = page.text.partition("代承办单位登记")
    assert "act=suspend-handling" in own
    assert "act=record-contact" in others


def sign_in_as(
    client: httpx.AsyncClient, private_key: str, role: ActorRole, unit: str | None = None
) -> None:
    actor = Actor(subject="x", name="某人", role=role, district="longgang", unit=unit)
    token = issue_token(actor, private_key, at=system_clock(), valid=timedelta(hours=1))
    client.cookies.set(SESSION_COOKIE, token)
