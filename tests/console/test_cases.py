"""The list of cases, and one case."""

from typing import Any

import httpx

from contracts.vocabulary import ActorRole
from tests.console import sample_answers as sample
from tests.console.stand_ins import CASE as CASE_PATH
from tests.console.stand_ins import PROPOSAL, Services, problem
from tests.console.visiting import CASE, CASES, give_token, words


async def test_the_filter_goes_to_the_service_and_stands_in_the_form(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    page = await clerk.get(CASES, params={"role": "co", "q": " 托育 ", "state": "", "unit": ""})

    assert dict(services.assignment.last.url.params) == {"role": "co", "q": "托育"}
    assert '<option value="co" selected>会办</option>' in page.text
    assert "共 1 件（符合条件）" in words(page)
    assert "20240099" in words(page)
    assert "20240104" not in words(page)


async def test_the_address_of_a_filtered_list_has_no_empty_fields(
    clerk: httpx.AsyncClient,
) -> None:
    page = await clerk.get(CASES, params={"role": "co", "q": "", "state": "", "unit": ""})
    assert page.headers["HX-Push-Url"] == f"{CASES}?role=co"
    assert (await clerk.get(CASES)).headers["HX-Push-Url"] == CASES


async def test_a_late_case_is_marked_in_words(clerk: httpx.AsyncClient) -> None:
    seen = words(await clerk.get(CASES))
    assert "2024-05-03 逾期 3 天办结" in seen
    assert "已逾期 6 天" in seen
    assert "其中逾期 2 件" in seen
    assert "2024-04-12 按期" in seen


async def test_key_and_fabricated_cases_are_marked(clerk: httpx.AsyncClient) -> None:
    page = await clerk.get(CASES)
    key_row = page.text.partition(">20240104</a>")[2].partition("</tr>")[0]
    assert "重点提案" in key_row
    assert "虚构样例" not in key_row
    made_up_row = page.text.partition(">20240099</a>")[2].partition("</tr>")[0]
    assert "虚构样例" in made_up_row


async def test_a_co_handled_case_names_the_lead_unit_elsewhere(clerk: httpx.AsyncClient) -> None:
    page = await clerk.get(CASES)
    row = page.text.partition(">20240099</a>")[2].partition("</tr>")[0]
    assert "主办：市交通局" in row


async def test_a_filter_that_fits_nothing_says_what_to_do(clerk: httpx.AsyncClient) -> None:
    assert "没有符合条件的提案，请放宽条件。" in words(await clerk.get(CASES, params={"q": "无此"}))


async def test_units_named_by_record_or_by_name_can_be_chosen(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    assert "<option>区教育局</option>" in (await clerk.get(CASES)).text
    services.intake.answers["/districts/longgang"] = sample.DISTRICT | {"units": ["区住建局"]}
    assert "<option>区住建局</option>" in (await clerk.get(CASES)).text


async def test_the_timeline_merges_three_services_in_the_order_of_the_log(
    clerk: httpx.AsyncClient,
) -> None:
    page = await clerk.get(CASE)
    positions = [int(part.partition('"')[0]) for part in page.text.split('<li id="position-')[1:]]
    assert positions == [3, 4, 7, 9, 12]


async def test_an_event_is_told_as_a_sentence_with_who_when_and_on_whose_word(
    clerk: httpx.AsyncClient,
) -> None:
    seen = words(await clerk.get(CASE))
    assert "交区教育局办理（主办），期限2024年7月31日。 由台账导入" in seen
    assert "日志第 7 条 · 刘科员（督查室）" in seen
    assert "记录于 2024-11-20 10:00:05" in seen
    assert "凭据： 2024 年提案台账.xlsx" in seen
    assert "4bf92f3577b34da6a3ce929d0e0e4736" in seen


async def test_what_happened_on_line_is_not_marked_as_imported(clerk: httpx.AsyncClient) -> None:
    page = await clerk.get(CASE)
    rated = page.text.partition('id="position-9"')[2].partition("</li>")[0]
    assert "2024-03-10 09:30:00" in rated
    assert "由台账导入" not in rated


async def test_an_event_of_an_unknown_type_is_still_shown(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    stranger = sample.an_event(99, "tian.intake.something_new.v1", {"what": "<b>new</b>"})
    services.intake.answers[f"{PROPOSAL}/events"] = {"events": [stranger]}
    page = await clerk.get(CASE)
    assert "记录了事件 tian.intake.something_new.v1" in words(page)
    assert "<b>new</b>" not in page.text


async def test_the_id_by_which_an_event_is_proven_is_shown(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    kind, event_id = "tian.intake.something_new.v1", "01a2b3c4-5d6e-7f80-9a0b-1c2d3e4f5a6b"
    event = sample.an_event(99, kind, {}, event_id=event_id)
    services.intake.answers[f"{PROPOSAL}/events"] = {"events": [event]}
    page = await clerk.get(CASE)
    assert event_id in page.text.partition('id="position-99"')[2].partition("</li>")[0]


async def test_markup_in_the_data_of_an_event_stays_text(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    data = {"unit": "<script>alert(1)</script>", "reason": "x"}
    event = sample.an_event(5, "tian.assignment.return_declined.v1", data)
    services.assignment.answers[f"{CASE_PATH}/events"] = {"events": [event]}
    page = await clerk.get(CASE)
    assert "<script>alert" not in page.text
    assert "不同意&lt;script&gt;" in page.text


async def test_an_assignment_shows_what_is_done_and_what_is_open(clerk: httpx.AsyncClient) -> None:
    seen = words(await clerk.get(CASE))
    assert "办前见面 2024年3月20日（走访）" in seen
    assert "龙教函〔2024〕31号 办理结果 A 类 主动公开" in seen
    assert "签收 未签收" in seen
    assert "会办意见 未提交" in seen
    assert "区外单位" in seen


async def test_a_finished_part_without_a_signature_is_not_called_unsigned(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    finished = sample.OUTSIDE_PART | {"completed_on": "2024-04-03"}
    services.assignment.answers[CASE_PATH] = sample.CASE | {"assignments": [finished]}
    seen = words(await clerk.get(CASE))
    assert "签收 未记录" in seen
    assert "未签收" not in seen


async def test_a_proposal_that_is_not_dispatched_has_a_page_too(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    services.assignment.answers.clear()
    services.evaluation.answers.clear()
    page = await clerk.get(CASE)
    assert page.status_code == 200
    assert "本件尚未交办。" in words(page)


async def test_a_case_says_what_it_is_about(clerk: httpx.AsyncClient) -> None:
    assert "提案类别 生态文明建设" in words(await clerk.get(CASE))
    await clerk.get("/language/en")
    assert "Category Ecology" in words(await clerk.get(CASE))


async def test_a_case_that_ended_says_why(clerk: httpx.AsyncClient, services: Services) -> None:
    ended: dict[str, Any] = sample.CASE | {"ended_reason": "提案人撤案"}
    services.assignment.answers[CASE_PATH] = ended
    assert "本件已终止办理。 原因： 提案人撤案" in words(await clerk.get(CASE))


async def test_a_failure_of_one_service_is_not_taken_for_an_undispatched_case(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    services.assignment.refusal = problem(403, "不能查看。", "You may not see this.")
    answer = await clerk.get(CASE)
    assert answer.status_code == 403
    assert "不能查看。" in words(answer)


async def test_a_case_number_with_odd_characters_stays_one_part_of_the_path(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    await clerk.get("/districts/longgang/cases/a%20b%3Fc")
    asked = {request.url.raw_path for request in services.assignment.requests}
    assert b"/districts/longgang/cases/a%20b%3Fc" in asked


async def test_whose_the_case_is_is_not_told_that_only_what_was_published_is_shown(
    clerk: httpx.AsyncClient, services: Services, private_key: str
) -> None:
    give_token(clerk, private_key, ActorRole.PROPOSER)
    said = "您看到的是已经公开的答复"
    assert said not in words(await clerk.get(CASE))
    services.intake.answers[f"{PROPOSAL}/events"] = {"events": []}
    page = words(await clerk.get(CASE))
    assert said in page
    assert "未签收" not in page
