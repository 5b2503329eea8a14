"""When a case number is corrected, units are told, and what was not yet tried says the new one."""

from datetime import timedelta

import asyncpg

from assignment.subscribers.sending import TAKEN_FOR
from contracts.assignment import UnitChased
from contracts.numbering import CaseNumberCorrected
from contracts.vocabulary import ChasingManner
from tests.assignment.cases import CASE, EDUCATION, on
from tests.assignment.cases import dispatched as dispatched_to
from tests.assignment.post_office import (
    ABOUT,
    NOON,
    OFFICE,
    D,
    PostOffice,
    everything,
    filed,
    warning,
)
from tests.assignment.receiving import HttpServer, MailServer

RIGHT = "20240140"
OLD_NAME = f"第{CASE}号提案《关于“增设”托育点的建议》"
NEW_NAME = f"第{RIGHT}号提案《关于“增设”托育点的建议》"


def corrected(was: str = CASE, number: str = RIGHT) -> CaseNumberCorrected:
    return CaseNumberCorrected(
        proposal_id=CASE, year=2024, was=was, number=number, reason="末两位写颠倒"
    )


async def test_what_waits_says_the_new_number_and_what_was_tried_stays(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    office = PostOffice(pool, NOON, everything(mail, web, begin="00:00", end="23:00"))
    await filed(office)
    note = f"请与第{CASE}号提案一并研究。"
    chased = UnitChased(**ABOUT, manner=ChasingManner.PHONE, chased_on=on(5, 20), note=note)
    await office.happens(dispatched_to(), chased)
    web.answers = {"/oa": [(503, "later")] * 2}
    await office.sends()
    await office.happens(corrected())
    texts, hooks = await office.messages("text"), await office.messages("oa")
    assert [NEW_NAME in row["subject"] and NEW_NAME in row["body"] for row in texts] == [True] * 3
    assert note in texts[1]["body"]
    assert [await office.steps(row["message_id"]) for row in texts] == [
        ["renumbered"],
        ["renumbered"],
        [],
    ]
    assert [OLD_NAME in row["body"] for row in hooks] == [True, True, False]
    assert [each[0] for each in await office.states("inbox")][-1] == "renumbered"
    inbox = await office.messages("inbox")
    assert [OLD_NAME in row["subject"] for row in inbox] == [True, True, False]
    assert f"案号已由第{CASE}号更正为第{RIGHT}号" in inbox[-1]["body"]


async def test_what_may_have_reached_somebody_keeps_its_text(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    office = PostOffice(pool, NOON, everything(mail, web))
    await filed(office)
    await office.happens(dispatched_to())
    web.answers = {"/oa": [(404, "gone")]}
    await office.sends()
    await office.happens(warning())
    taken = await office.outbox.take_due([D], NOON, NOON + TAKEN_FOR, 10)
    await office.outbox.retry_failed(D, NOON, OFFICE)
    await office.happens(corrected())
    kept = [row for row in await office.messages("oa") if OLD_NAME in row["body"]]
    assert ([row["matter"] for row in kept], len(taken)) == (["dispatched", "warning"], 5)
    released, on_its_way = kept
    assert await office.steps(released["message_id"]) == ["gave_up", "released"]
    assert await office.steps(on_its_way["message_id"]) == []
    office.now += TAKEN_FOR
    while await office.sends():
        pass
    said = [each.body.decode() for each in web.to("/oa")]
    assert ([OLD_NAME in each for each in said].count(True), len(said)) == (3, 4)


async def test_following_the_log_again_changes_no_text_and_an_earlier_notice_stays_true(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    office = PostOffice(pool, NOON, everything(mail, web, begin="00:00", end="23:00"))
    await filed(office)
    await office.happens(dispatched_to(), corrected(), corrected(RIGHT, CASE), warning())
    before = await office.messages()
    dispatch, first, second, _ = await office.messages("text")
    assert OLD_NAME in dispatch["body"]
    assert f"{NEW_NAME}，案号已由第{CASE}号更正为第{RIGHT}号" in first["body"]
    assert f"由第{RIGHT}号更正为第{CASE}号" in second["body"]
    steps = await pool.fetchval("select count(*) from sending.step")
    office.now += timedelta(hours=1)
    await pool.execute("delete from log.checkpoint")
    await office.follower.catch_up(D)
    assert await office.messages() == before
    assert await pool.fetchval("select count(*) from sending.step") == steps
    assert {row["recipient"] for row in before} == {EDUCATION}
