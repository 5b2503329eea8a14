"""Lists too long for a page, and what is left to say once bad rows were skipped."""

import hashlib
import html
import re
from typing import Any

import httpx
import pytest

from console.endpoints.paging import part_of
from tests.console import sample_answers as sample
from tests.console.stand_ins import YEAR, Services
from tests.console.visiting import CASES, IMPORT, send_form, words

CONTENT = b"the bytes of a ledger"
CONFIRMED = {
    "digest": hashlib.sha256(CONTENT).hexdigest(),
    "name": "台账.xlsx",
    "skip_bad": "true",
}
ERROR: dict[str, Any] = sample.CHECK_REPORT["problems"][0]
WARNING: dict[str, Any] = sample.CHECK_REPORT["problems"][1]


def with_report(services: Services, **more: Any) -> None:
    services.intake.answers[f"{YEAR}/ledger"] = sample.CHECK_REPORT | more


async def check(clerk: httpx.AsyncClient) -> httpx.Response:
    return await send_form(clerk, f"{IMPORT}/check", {}, files={"file": ("台账.xlsx", CONTENT)})


async def test_of_many_problems_the_first_two_hundred_are_shown_and_the_rest_counted(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    many = [ERROR | {"row": row, "message": f"第 {row} 种错。"} for row in range(1, 204)]
    with_report(services, problems=[WARNING, *many])
    page = await check(clerk)
    assert "第 200 种错。" in words(page)
    assert "第 201 种错。" not in words(page)
    assert "没有文号。" not in words(page)
    assert "另有 4 处问题，改正后再检查即可看到" in words(page)
    assert "错误 203 处，提醒 1 处。" in words(page)


async def test_the_same_problem_in_several_rows_takes_one_line(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    with_report(services, problems=[ERROR | {"row": row} for row in range(1, 31)])
    seen = words(await check(clerk))
    assert seen.count("目录中没有“区科创局”") == 1
    assert "1、2、3、" in seen
    assert "、20 等 30 行" in seen
    assert "另有" not in seen


async def test_one_cause_in_many_columns_takes_one_line_that_names_the_cells(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    cause = {"code": "date_other_year", "cause": "日期在2014年", "cause_en": "is in 2014"}
    cells = [
        WARNING
        | cause
        | {"row": row, "column": heading, "cell": f"{letter}{row}", "message": f"{letter}{row}"}
        for row in (3, 4)
        for letter, heading in (("J", "交办日期"), ("L", "签收日期"))
    ]
    with_report(services, problems=cells)
    seen = words(await check(clerk))
    assert "提醒 提案 3、4 交办日期、签收日期 J3、L3、J4、L4 日期在2014年" in seen
    assert "提醒 4 处" in seen


@pytest.fixture
def many_cases(services: Services) -> None:
    cases = [sample.a_case(f"{number}", "公交") for number in range(20240001, 20240901)]
    services.assignment.answers[f"{YEAR}/cases"] = {"cases": cases, "total": 900}


@pytest.mark.usefixtures("many_cases")
@pytest.mark.parametrize(
    ("number", "first", "last"),
    [(1, 1, 200), (3, 401, 600), (5, 801, 900), (99, 801, 900)],
)
async def test_of_many_cases_each_page_shows_its_own(
    clerk: httpx.AsyncClient, number: int, first: int, last: int
) -> None:
    page = await clerk.get(CASES, params={"page": number})

    shown = re.findall(r">2024(\d{4})</a>", page.text)
    assert [int(shown[0]), int(shown[-1]), len(shown)] == [first, last, last - first + 1]
    assert f"第 {first}–{last} 条，共 900 条" in words(page)
    assert "共 900 件" in words(page)


@pytest.mark.usefixtures("many_cases")
async def test_every_page_can_be_reached_and_keeps_what_was_looked_for(
    clerk: httpx.AsyncClient,
) -> None:
    """By following what leads on, from the first page to the last."""
    seen: list[str] = []
    at = f"{CASES}?q=公交"
    while at:
        page = await clerk.get(at)
        seen += re.findall(r">2024(\d{4})</a>", page.text)
        onward = re.search(r'rel="next" href="([^"]+)"', page.text)
        at = html.unescape(onward[1]) if onward else ""
        assert not at or "q=%E5%85%AC%E4%BA%A4" in at
    assert seen == [f"{number:04}" for number in range(1, 901)]


async def test_a_list_that_fits_has_one_page(clerk: httpx.AsyncClient) -> None:
    assert "下一页" not in words(await clerk.get(CASES))


def test_pages_far_away_are_offered_by_their_ends() -> None:
    assert part_of(range(10_000), 20, 200).offered == [1, None, 18, 19, 20, 21, 22, None, 50]
    assert part_of(range(500), 2, 200).offered == [1, 2, 3]
    assert part_of([], 1).offered == [1]


async def test_after_an_import_the_rows_that_were_skipped_are_counted(
    clerk: httpx.AsyncClient,
) -> None:
    assert "跳过 2 行" not in words(await check(clerk))
    assert "跳过 2 行" in words(await send_form(clerk, IMPORT, CONFIRMED))


async def test_who_has_skipped_the_bad_rows_is_not_told_to_skip_them(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    await check(clerk)
    nothing = {"checked_only": False, "new_rows": 0, "unchanged_rows": 32, "clues_new": 0}
    with_report(services, message="请更正后重新导入，或选择跳过有问题的行。", **nothing)
    seen = words(await send_form(clerk, IMPORT, CONFIRMED))
    assert "有问题的行已跳过，没有其他需要写入的行。" in seen
    assert "或选择跳过" not in seen
    assert "跳过 1 行" in seen
