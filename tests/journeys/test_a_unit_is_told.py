"""A unit is told of its part and of being chased, in its inbox; the office sees what was sent."""

from pathlib import Path

from contracts.vocabulary import ActorRole
from tests.journeys.conftest import Town
from tests.journeys.offices import office_of
from tests.journeys.test_a_supervisor_runs_a_case import CASE, CO, LEAD, dispatched


async def test_a_unit_reads_what_it_was_told_and_the_office_sees_that_it_was_sent(
    town: Town, tmp_path: Path, chromium: str | None
) -> None:
    await dispatched(town)
    chase = {
        "unit": LEAD,
        "manner": "phone",
        "chased_on": "2024-05-20",
        "note": "请于本周内报送进度。",
    }
    await town.done("assignment", "chase-unit", CASE | chase)
    async with office_of(town, tmp_path, chromium) as office:
        async with office.desk_of("unit", "李科员", ActorRole.UNIT, LEAD) as page:
            await page.goto("/districts/longgang/years/2024")
            link = page.get_by_role("link", name="收件箱")
            await link.locator(".count").wait_for()
            assert await link.locator(".count").inner_text() == "2"
            await link.click()
            letters = page.locator(".letters > li")
            assert await letters.count() == 2
            newest = letters.first
            assert "请于本周内报送进度。" in await newest.inner_text()
            await newest.get_by_role("button", name="标为已读").click()
            await page.get_by_text("1 条未读").first.wait_for()
            await page.get_by_role("button", name="全部标为已读").click()
            await page.get_by_text("没有未读的消息").wait_for()
        async with office.desk_of("office", "王科长", ActorRole.SUPERVISION) as page:
            await page.goto("/districts/longgang/outbox?matter=chased")
            await page.get_by_text("共 1 条").wait_for()
            await page.get_by_role("link", name="催办：").click()
            assert LEAD in await page.locator(".case-head").inner_text()
            await page.get_by_role("link", name="返回发件箱").click()
            await page.get_by_text("共 3 条").wait_for()
            rows = await page.locator("tbody tr").all_inner_texts()
            assert sum(CO in row for row in rows) == 1


async def test_an_inbox_is_opened_by_its_own_unit_and_the_outbox_by_no_unit(town: Town) -> None:
    await dispatched(town)
    place = f"/districts/{town.district}"
    for unit, found in ((LEAD, 1), (CO, 1), ("龙岗区水务局", 0)):
        answer = await town.assignment.get(
            f"{place}/inbox", headers=town.as_(ActorRole.UNIT, unit=unit)
        )
        assert (unit, len(answer.json()["messages"])) == (unit, found)
    as_unit = town.as_(ActorRole.UNIT, unit=LEAD)
    assert (await town.assignment.get(f"{place}/outbox", headers=as_unit)).status_code == 403
    as_leader = town.as_(ActorRole.LEADER)
    assert (await town.assignment.get(f"{place}/inbox", headers=as_leader)).status_code == 403
    listed = (await town.assignment.get(f"{place}/outbox", headers=as_leader)).json()
    one = f"{place}/outbox/{listed['messages'][0]['message_id']}"
    assert (await town.assignment.post(f"{one}/hold", headers=as_leader)).status_code == 403
    held = await town.assignment.post(f"{one}/hold", headers=town.as_())
    assert (held.status_code, held.json()["title"]) == (409, "NotToBeHeld")
    assert listed["by_state"] == {"sent": 2}
