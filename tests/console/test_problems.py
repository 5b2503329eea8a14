"""What a visitor sees when something goes wrong."""

import httpx
import pytest
from fastapi import FastAPI

from tests.console.stand_ins import YEAR, Services, problem
from tests.console.visiting import CASE, CASES, OVERVIEW, sign_in, visitor_of, words


@pytest.mark.parametrize(
    ("service", "path", "named"),
    [
        ("intake", "/", "收案服务（intake）"),
        ("assignment", CASES, "交办服务（assignment）"),
        ("evaluation", OVERVIEW, "评价服务（evaluation）"),
        ("evaluation", CASE, "评价服务（evaluation）"),
    ],
)
async def test_a_service_that_is_down_is_named(
    clerk: httpx.AsyncClient, services: Services, service: str, path: str, named: str
) -> None:
    getattr(services, service).is_down = True
    answer = await clerk.get(path)
    assert answer.status_code == 503
    assert "服务暂时不可用" in words(answer)
    assert f"{named}暂时不可用" in words(answer)


async def test_a_service_that_says_it_is_unavailable_counts_as_down(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    services.intake.refusal = problem(503, "日志不可用。", "The log is not available.")
    answer = await clerk.get("/")
    assert answer.status_code == 503
    assert "收案服务（intake）暂时不可用" in words(answer)


async def test_a_refusal_is_told_in_the_words_of_the_service(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    services.intake.refusal = problem(403, "只能查看本区。", "You may see your district only.")
    answer = await clerk.get("/")
    assert answer.status_code == 403
    assert "只能查看本区。 怎么办： 请换用有权限的账号登录，或联系督查室。" in words(answer)

    await clerk.get("/language/en")
    assert "You may see your district only." in words(await clerk.get("/"))


async def test_a_token_that_a_service_refuses_leads_to_signing_in(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    services.intake.refusal = problem(401, "请先登录。", "Sign in first.")
    answer = await clerk.get(OVERVIEW)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")

    part = await clerk.get(CASES, headers={"HX-Request": "true"})
    assert part.status_code == 204
    assert part.headers["HX-Redirect"].startswith("/sign-in")


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500, text="Traceback (most recent call last)"),
        httpx.Response(200, text='{"unexpected": true}'),
        httpx.Response(404, text="not ours"),
    ],
)
async def test_an_answer_that_makes_no_sense_is_not_passed_on(
    clerk: httpx.AsyncClient, services: Services, answer: httpx.Response
) -> None:
    services.evaluation.answers[f"{YEAR}/figures"] = answer
    page = await clerk.get(OVERVIEW)
    assert page.status_code == 502
    assert "评价服务（evaluation）未能正常答复。" in words(page)
    assert "Traceback" not in page.text


async def test_an_unknown_page_says_where_to_start(clerk: httpx.AsyncClient) -> None:
    answer = await clerk.get("/no-such-page")
    assert answer.status_code == 404
    assert "这个网址没有对应的页面。" in words(answer)


async def test_a_district_that_is_not_listed_is_not_found(clerk: httpx.AsyncClient) -> None:
    answer = await clerk.get("/districts/nowhere")
    assert answer.status_code == 404
    assert "这个网址没有对应的页面。" in words(answer)


@pytest.mark.parametrize(
    ("path", "sentence", "english"),
    [
        ("/years/soon", "年度请写四位数字，例如 2026。", "Year: write four digits, such as 2026."),
        ("/years/99999", "年度不能大于 2100。", "Year: it cannot be greater than 2100."),
        ("/years/2024/cases?page=-1", "页码不能小于 1。", "Page: it cannot be less than 1."),
    ],
)
async def test_an_address_that_is_not_right_says_which_part_of_it(
    clerk: httpx.AsyncClient, path: str, sentence: str, english: str
) -> None:
    answer = await clerk.get(f"/districts/longgang{path}")
    assert answer.status_code == 422
    assert f"网址有误 {sentence}" in words(answer)

    await clerk.get("/language/en")
    assert english in words(await clerk.get(f"/districts/longgang{path}"))


async def test_a_fault_of_the_console_shows_no_traceback(app: FastAPI, services: Services) -> None:
    def break_down(_: httpx.Request) -> None:
        raise ZeroDivisionError("inside")

    services.intake.answers["/districts"] = break_down
    async with visitor_of(app) as client:
        await sign_in(client, "liu")
        answer = await client.get("/")
    assert answer.status_code == 500
    assert "页面出错，操作可能没有完成。" in words(answer)
    assert "ZeroDivision" not in answer.text
    assert "content-security-policy" in answer.headers


async def test_the_console_is_ready_only_when_it_reaches_every_service(
    visitor: httpx.AsyncClient, services: Services
) -> None:
    assert (await visitor.get("/livez")).status_code == 200
    assert (await visitor.get("/readyz")).status_code == 200

    services.assignment.is_down = True
    answer = await visitor.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["assignment"] is False
    assert (await visitor.get("/livez")).status_code == 200
