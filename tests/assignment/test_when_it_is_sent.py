"""When a message goes out: by quiet hours and days off, not after it was overtaken, and only once."""

from datetime import timedelta

import asyncpg

from contracts.assignment import DueDateMoved
from contracts.evaluation import RatingOpened, ReplyRated
from contracts.vocabulary import Satisfaction
from eventlog.migrating import migrations_of
from tests.assignment.cases import DUE_ON, REPLIED_ON, dispatched, granted, on, replied
from tests.assignment.post_office import ABOUT, NOON, D, PostOffice, everything, filed, warning
from tests.assignment.receiving import HttpServer, MailServer


async def test_a_text_message_waits_over_a_long_weekend_and_a_mail_does_not(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    quiet = {"begin": "21:00", "end": "08:00", "days_off": True}
    # Friday evening; Saturday the 14th is worked, Sunday to Tuesday are off.
    office = PostOffice(
        pool, NOON.replace(day=14, hour=21, minute=30), everything(mail, web, **quiet)
    )
    await filed(office)
    await office.happens(warning())
    await office.sends()
    assert (len(mail.letters), web.to("/sms")) == (1, [])
    for day, hour in ((15, 10), (16, 9), (17, 20), (18, 7)):
        office.now = office.now.replace(day=day, hour=hour)
        assert await office.sends() == 0
    office.now = office.now.replace(day=18, hour=8, minute=0)
    assert await office.sends() == 1
    (row,) = await office.messages("text")
    assert (row["state"], row["attempts"], len(web.to("/sms"))) == ("sent", 1, 1)


async def test_a_message_that_comes_due_in_quiet_hours_is_put_off_without_an_attempt(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    quiet = {"begin": "21:00", "end": "08:00"}
    office = PostOffice(pool, NOON.replace(hour=20, minute=59), everything(mail, web, **quiet))
    await filed(office)
    await office.happens(warning())
    office.now = NOON.replace(hour=21, minute=5)
    assert await office.sends() == 5
    (row,) = await office.messages("text")
    assert (row["state"], row["attempts"]) == ("waiting", 0)
    assert row["not_before"] == NOON.replace(day=13, hour=8)


async def test_the_quiet_hours_of_the_rulebook_hold_for_every_channel_but_the_inbox(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    office = PostOffice(pool, NOON.replace(hour=20), everything(mail, web))
    await office.adopt("baoji.toml", 2024)
    await filed(office)
    await office.happens(warning())
    await office.sends()
    assert (mail.letters, web.posted) == ([], [])
    assert await office.states("inbox") == [("warning", "sent")]
    office.now = NOON.replace(day=13, hour=8, minute=29)
    assert await office.sends() == 0
    office.now = NOON.replace(day=13, hour=8, minute=30)
    assert await office.sends() == 5


async def test_a_deadline_that_moves_takes_back_the_warning_that_waits(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    quiet = {"begin": "00:00", "end": "23:00"}
    office = PostOffice(pool, NOON, everything(mail, web, **quiet))
    await filed(office)
    await office.happens(dispatched(), warning())
    moved = DueDateMoved(
        **ABOUT, due_on=on(6, 4), was_due_on=DUE_ON, provisional=False, calendar_version=2
    )
    await office.happens(moved)
    assert await office.states("text") == [
        ("dispatched", "waiting"),
        ("warning", "cancelled"),
        ("moved", "waiting"),
    ]
    office.now = NOON.replace(hour=23)
    while await office.sends():
        pass
    assert ["2024年6月4日" in text.body.decode() for text in web.to("/sms")] == [False, True]
    await office.happens(granted())
    assert (await office.states("text"))[1:3] == [("warning", "cancelled"), ("moved", "sent")]


async def test_a_form_is_asked_for_after_some_days_unless_it_has_come(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    office = PostOffice(pool, NOON, everything(mail, web))
    await filed(office)
    opened = RatingOpened(**ABOUT, handling_round=1, replied_on=REPLIED_ON)
    await office.happens(dispatched(proposers=("陈一", "林二")), replied(), opened)
    while await office.sends():
        pass
    mail.letters.clear()
    office.now += timedelta(days=14)
    assert await office.sends() == 0
    rated = ReplyRated(
        **ABOUT, handling_round=1, satisfaction=Satisfaction.SATISFIED, rated_on=on(6, 1)
    )
    again = RatingOpened(**ABOUT, handling_round=2, replied_on=REPLIED_ON)
    await office.happens(again)
    office.now += timedelta(days=1)
    while await office.sends():
        pass
    assert [letter["Subject"][:3] for letter in mail.letters] == ["请评价"]
    await office.happens(rated)
    office.now += timedelta(days=30)
    assert await office.sends() == 0
    forms = [state for matter, state in await office.states("inbox") if matter == "form_due"]
    assert sorted(forms) == ["cancelled", "cancelled", "sent", "sent"]


async def test_a_ledger_of_the_past_and_old_news_reach_nobody(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    office = PostOffice(pool, NOON, everything(mail, web))
    await filed(office)
    await office.happens(dispatched(), attested_by="ledger")
    assert await office.messages() == []
    await office.records(warning())
    office.now += timedelta(days=4)
    await office.follower.catch_up(D)
    assert await office.sends() == 0
    assert await office.states("mail") == [("warning", "held")]


async def test_reading_the_log_again_sends_nothing_again(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    office = PostOffice(pool, NOON, everything(mail, web))
    await filed(office)
    await office.happens(dispatched())
    await office.sends()
    before = await office.messages()
    office.now += timedelta(hours=1)
    await pool.execute("delete from log.checkpoint")
    await office.follower.catch_up(D)
    assert await office.sends() == 0
    assert await office.messages() == before
    assert len(mail.letters) == 1


async def test_a_district_that_has_a_history_is_told_of_what_happens_from_now_on(
    pool: asyncpg.Pool,
) -> None:
    office = PostOffice(pool, NOON)
    await office.records(dispatched(), warning())
    script = dict(migrations_of("assignment"))["0003_sending.sql"]
    await pool.execute(script[script.index("insert into log.checkpoint") :])
    await office.follower.catch_up(D)
    assert await office.messages() == []
    await office.happens(granted())
    assert await office.states("inbox") == [("released", "sent")]
