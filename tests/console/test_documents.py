"""Checking a document: what is sent on, and how findings are marked in the text."""

import httpx
import pytest

from console.endpoints.documents import lines_of
from contracts.checking import CheckedDocument
from document_check import check, read
from tests.console.stand_ins import Services, problem
from tests.console.visiting import OVERVIEW, send_form, words

DOCUMENTS = f"{OVERVIEW}/documents"
TEXT = """一、基本情况
本区共承办提案33件（主办件5件、会办件29件），满意率100%。
三、自评情况
基础分95分。<b>加分</b>项得10分（1.件数，加2分；2.重点，加1分）。
"""


def answer_to(text: str) -> CheckedDocument:
    document = read(text)
    return CheckedDocument(
        name="总结.docx",
        text=text,
        figures=len(document.quantities),
        findings=tuple(check(document)),
    )


@pytest.fixture(autouse=True)
def evaluation(services: Services) -> None:
    services.evaluation.answers["/check"] = answer_to(TEXT).model_dump(mode="json")


async def paste(client: httpx.AsyncClient, text: str) -> httpx.Response:
    return await send_form(client, f"{DOCUMENTS}/check", {"pasted": text})


async def test_a_file_is_passed_on_with_district_and_year(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    file = ("总结.docx", b"the bytes of a document")
    page = await send_form(clerk, f"{DOCUMENTS}/check", {}, files={"file": file})
    sent = services.evaluation.last
    assert dict(sent.url.params) == {"district": "longgang", "year": "2024"}
    assert b"the bytes of a document" in sent.content
    assert page.status_code == 200


async def test_pasted_text_is_passed_on_as_a_file(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    await paste(clerk, TEXT)
    assert "本区共承办提案33件".encode() in services.evaluation.last.content


async def test_each_finding_stands_beside_the_text_with_its_sum(clerk: httpx.AsyncClient) -> None:
    page = words(await paste(clerk, TEXT))
    assert "发现疑点 3 处" in page
    assert "5 + 29 = 34 ≠ 33" in page
    assert "序号由“一”跳到“三”，缺“二”。" in page
    assert "文中加分合计为 10 分，逐项相加为 2 + 1 = 3 分。" in page


async def test_the_contradictory_place_leads_to_its_finding(clerk: httpx.AsyncClient) -> None:
    page = (await paste(clerk, TEXT)).text
    assert '<a class="found certain first" href="#finding-1">33件<sup>1</sup></a>' in page
    assert '<a class="found certain" href="#finding-1">29件</a>' in page
    assert 'id="place-1"' in page


async def test_nothing_of_the_text_is_lost_and_none_of_it_is_markup(
    clerk: httpx.AsyncClient,
) -> None:
    page = await paste(clerk, TEXT)
    assert "&lt;b&gt;加分&lt;/b&gt;" in page.text
    shown = "".join(piece.text for line in lines_of(answer_to(TEXT)) for piece in line)
    assert shown == TEXT.replace("\n", "")


async def test_a_text_without_contradiction_is_said_to_have_none(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    honest = answer_to("本区共承办提案33件（主办件5件、会办件28件）。")
    services.evaluation.answers["/check"] = honest.model_dump(mode="json")
    page = words(await paste(clerk, "…"))
    assert "没有发现矛盾" in page
    assert "共读出 3 个数。" in page


async def test_an_empty_form_is_asked_for_a_document(clerk: httpx.AsyncClient) -> None:
    page = await paste(clerk, "  ")
    assert page.status_code == 422
    assert "请选择一个文件，或粘贴文字" in words(page)


async def test_the_reason_why_a_file_cannot_be_read_is_shown_and_the_text_kept(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    services.evaluation.answers["/check"] = problem(422, "这份文件设有密码。", "A password.")
    page = await paste(clerk, "留着")
    assert page.status_code == 422
    assert "没有检查这份文稿： 这份文件设有密码。" in words(page)
    assert "留着</textarea>" in page.text


async def test_the_page_speaks_english_too(clerk: httpx.AsyncClient) -> None:
    clerk.cookies.set("tian_language", "en")
    page = words(await paste(clerk, TEXT))
    assert "3 things to look at" in page
    assert "The text gives 33 in all; its parts add up to 5 + 29 = 34." in page


async def test_who_is_not_signed_in_sees_no_form(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get(DOCUMENTS)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")
