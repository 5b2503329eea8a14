"""A clerk dispatches many cases at once: each for itself, with suggestions before and a notice after."""

import os
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.async_api import expect
from python_calamine import CalamineWorkbook

from contracts.vocabulary import ActorRole
from tests.journeys.conftest import SAMPLE, Town
from tests.journeys.offices import Office, look, office_of
from tian.document_failures import NoOffice
from tian.office import find_office

CULTURE, HOUSING = "龙岗区文化广电旅游体育局", "龙岗区住房和建设局"
DAY = "2024-03-12"


@pytest.fixture
async def office(town: Town, tmp_path: Path, chromium: str | None) -> AsyncIterator[Office]:
    async with office_of(town, tmp_path, chromium) as opened:
        yield opened


async def filed(town: Town, number: str, title: str) -> None:
    proposal = {"year": 2024, "title": title, "form": "individual", "proposers": ["委员甲"]}
    body = {"proposal_id": number}
    for command, more in (("receive-proposal", proposal), ("file-proposal", {"number": number})):
        answer = await town.give("intake", command, body | more)
        assert answer.status_code == 200, answer.text


async def a_year_and_three_more(town: Town) -> None:
    await town.adopt_rulebook()
    await town.import_ledger(SAMPLE.read_bytes())
    await filed(town, "20249901", "关于增设图书馆夜间自助还书点的建议")
    await filed(town, "20249902", "关于规范旧住宅加装电梯的建议")
    await filed(town, "20249903", "关于推广气排球运动的提案")
    await town.settle()


def row(number: str, unit: str, **more: Any) -> dict[str, Any]:
    shares = [{"unit": unit, "role": "sole"}]
    return {"proposal_id": number, "assignments": shares, "dispatched_on": DAY} | more


async def waiting(town: Town) -> dict[str, Any]:
    cases = (await town.ask("assignment", "/years/2024/awaiting-dispatch"))["cases"]
    return {case["number"]: case for case in cases}


async def give(town: Town, rows: list[dict[str, Any]], key: str) -> dict[str, Any]:
    headers = town.as_() | {"Idempotency-Key": key}
    answer = await town.give("assignment", "dispatch-cases", {"rows": rows}, headers)
    assert answer.status_code == 200, answer.text
    await town.settle()
    told: dict[str, Any] = answer.json()
    return told


async def test_each_row_is_dispatched_or_refused_for_itself_and_only_once(town: Town) -> None:
    await a_year_and_three_more(town)
    before = await waiting(town)
    assert list(before) == ["20249901", "20249902", "20249903"]
    first = before["20249901"]["co_units"][0]
    assert (first["unit"], first["because"][0]["number"]) == (CULTURE, "20249012")
    assert (before["20249903"]["leads"], before["20249903"]["co_units"]) == ([], [])

    rows = [
        row("20249901", CULTURE),
        row("20249902", "没有这个局"),
        row("20249903", CULTURE, dispatched_on="三月"),
        row("20240000", CULTURE),
    ]
    told = await give(town, rows, "k")
    assert [each["outcome"] for each in told["results"]] == [
        "dispatched",
        "refused",
        "refused",
        "refused",
    ]
    assert [each["title"] for each in told["results"][1:]] == [
        "UnknownUnit",
        "NotValid",
        "NotFound",
    ]
    assert told["results"][2]["detail"] == "交办日期请写成年-月-日，例如 2024-03-05。"
    assert list(await waiting(town)) == ["20249902", "20249903"]

    head = (await town.ask("assignment", "/log"))["head"]
    again = await give(town, [rows[0]], "k")
    assert (again["results"][0]["outcome"], again["position"]) == ("dispatched", told["position"])
    assert (await town.ask("assignment", "/log"))["head"] == head
    put_right = await give(town, [row("20249902", HOUSING)], "k")
    assert put_right["dispatched"] == 1


async def test_the_notice_and_its_list_say_what_the_log_says(town: Town, tmp_path: Path) -> None:
    await a_year_and_three_more(town)
    with_an_outsider = [
        {"unit": HOUSING, "role": "lead"},
        {"unit": "深圳市住房和建设局", "role": "co"},
    ]
    rows = [row("20249901", CULTURE), row("20249902", HOUSING, assignments=with_an_outsider)]
    assert (await give(town, rows, "k"))["dispatched"] == 2
    cases = (await town.ask("assignment", f"/years/2024/cases?unit={CULTURE}"))["cases"]
    expected = sorted(case["number"] for case in cases)

    notice = await fetched(town, f"dispatch-notice.docx?unit={CULTURE}&signed_on={DAY}")
    document = docx.Document(BytesIO(notice))
    listed = [[cell.text for cell in each.cells] for each in document.tables[0].rows][1:]
    assert [each[1] for each in listed] == expected
    assert any(
        f"政协提案{len(expected)}件交你单位办理" in each.text for each in document.paragraphs
    )
    for number, title in [(each[1], each[2]) for each in listed]:
        case = await town.ask("assignment", f"/cases/{number}")
        assert case["title"] in title
    assert await fetched(town, f"dispatch-notice.docx?unit={CULTURE}&signed_on={DAY}") == notice

    everybody = docx.Document(BytesIO(await fetched(town, "dispatch-notice.docx")))
    table = (
        CalamineWorkbook.from_filelike(BytesIO(await fetched(town, "dispatch-notice.xlsx")))
        .get_sheet_by_index(0)
        .to_python()
    )
    own = [
        (case["number"], part["unit"])
        for line in (await town.ask("assignment", "/years/2024/cases"))["cases"]
        for case in [await town.ask("assignment", f"/cases/{line['proposal_id']}")]
        for part in case["assignments"]
        if part["own"]
    ]
    head = table[0]
    assert sorted(own) == sorted(
        (str(each[head.index("案号")]), str(each[head.index("收件单位")])) for each in table[1:]
    )
    assert sum(each.cells[0].text.isdigit() for each in everybody.tables[0].rows) == len(own)
    outsider = town.as_(ActorRole.UNIT, unit=HOUSING)
    path = f"/districts/longgang/years/2024/dispatch-notice.docx?unit={CULTURE}"
    assert (await town.assignment.get(path, headers=outsider)).status_code == 403
    pictured(notice, tmp_path)


async def fetched(town: Town, name: str) -> bytes:
    path = f"/districts/longgang/years/2024/{name}"
    answer = await town.assignment.get(path, headers=town.as_())
    assert answer.status_code == 200, answer.text
    return answer.content


def pictured(notice: bytes, folder: Path) -> None:
    """Where there is LibreOffice, it lays the notice out; whoever wants to look gets the PDF."""
    try:
        office = find_office()
    except NoOffice:
        return
    file = folder / "notice.docx"
    file.write_bytes(notice)
    pdf = office.to_pdf(file)
    if pictures := os.environ.get("TIAN_PICTURES"):
        (Path(pictures) / "notice.pdf").write_bytes(pdf.read_bytes())


async def test_a_batch_goes_through_on_the_page_and_what_was_refused_stays_as_typed(
    town: Town, office: Office
) -> None:
    await a_year_and_three_more(town)
    async with office.desk_of("liu", "刘科员", ActorRole.SUPERVISION) as page:
        await page.goto("/districts/longgang/years/2024/dispatch")
        await expect(page.locator(".reasons").first).to_contain_text("与 2024 年第 20249012 号相似")
        await look(page, "dispatch")
        await page.locator("[name=dispatched_on]").fill(DAY)
        await page.locator("[name=lead-20249901]").fill(CULTURE)
        await page.locator("[name=lead-20249903]").fill("没有这个局")
        for number in ("20249901", "20249903"):
            await page.locator(f"[name=co-{number}]").fill("")
            await page.locator(f"[name=pick-{number}]").check()
        await page.get_by_role("button", name="交办所勾选的提案").click()
        await expect(page.get_by_role("alert").first).to_contain_text("已交办 1 件")
        refused = page.locator("tr.differs")
        await expect(refused).to_contain_text("“没有这个局”不在本区单位名录中")
        await expect(page.locator("[name=lead-20249903]")).to_have_value("没有这个局")
        await expect(page.locator("[name=pick-20249901]")).to_have_count(0)
        await look(page, "dispatched")
        await page.set_viewport_size({"width": 390, "height": 844})
        assert await page.evaluate("document.documentElement.scrollWidth") <= 390
        await look(page, "dispatch-on-a-telephone")
