"""Messages go out over real servers, at the right time, and not again when the log is read again."""

import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import pytest

from assignment.projections.outbox import Mailbox
from assignment.subscribers import Sender
from assignment.subscribers.channels import Parcel, open_channels
from assignment.subscribers.sending import MOST_ATTEMPTS, TAKEN_FOR, Lines
from contracts.assignment import DueDateMoved, ReminderDue, WarningIssued
from contracts.channels import Channels
from contracts.evaluation import RatingOpened, ReplyRated
from contracts.identity import Actor
from contracts.intake import ProposalFiled, ProposalReceived
from contracts.vocabulary import CHINA, ActorRole, Duty, ProposalForm, Satisfaction
from tests.assignment.cases import (
    CASE,
    DUE_ON,
    EDUCATION,
    REPLIED_ON,
    dispatched,
    granted,
    on,
    replied,
)
from tests.assignment.post_office import OFFICE, D, PostOffice
from tests.assignment.receiving import HttpServer, MailServer, http_server, mail_server

NOON = datetime(2024, 9, 12, 12, tzinfo=CHINA)
ABOUT: dict[str, Any] = {"proposal_id": CASE, "unit": EDUCATION}
MEMBER = Actor(subject="chen", name="陈一", role=ActorRole.PROPOSER, district=D)


@pytest.fixture
async def pool(database: str) -> AsyncIterator[asyncpg.Pool]:
    async with asyncpg.create_pool(database, min_size=1, max_size=4) as opened:
        yield opened


@pytest.fixture(scope="module")
async def mail() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


@pytest.fixture(scope="module")
async def web() -> AsyncIterator[HttpServer]:
    async with http_server() as server:
        yield server


def everything(mail: MailServer, web: HttpServer, **quiet: Any) -> Channels:
    """Every kind of channel, all of them to one unit; `quiet` is that of the text messages."""
    mail.letters.clear()
    mail.recipients.clear()
    web.posted.clear()
    by: list[dict[str, Any]] = [
        {"channel": "mail", "to": ["jyj@example.cn", "bgs@example.cn"]},
        {"channel": "text", "to": ["13800005678"]},
        *({"channel": each} for each in ("oa", "wecom-group", "ding-group")),
    ]
    text = '{"mobile": "{to}", "content": "{text}", "key": "{secret}", "n": "{id}"}'
    return Channels.model_validate(
        {
            "form_after_days": 15,
            "smtp": {
                "mail": {
                    "host": "127.0.0.1",
                    "port": mail.port,
                    "security": "none",
                    "sender": "龙岗区督查室 <tian@longgang.example>",
                }
            },
            "sms": {
                "text": {
                    "url": f"{web.address}/sms",
                    "body": text,
                    "secret": "s3cret",
                    "accepted": '"code":0',
                    "quiet": quiet,
                }
            },
            "webhook": {"oa": {"url": f"{web.address}/oa", "secret": "hook"}},
            "wecom": {"wecom-group": {"url": f"{web.address}/wecom?key=k1"}},
            "dingtalk": {
                "ding-group": {"url": f"{web.address}/ding?access_token=t1", "secret": "SEC1"}
            },
            "recipients": [
                {"unit": EDUCATION, "by": by},
                {"proposer": "陈一", "by": [{"channel": "mail", "to": ["chen@example.cn"]}]},
            ],
        }
    )


async def filed(office: PostOffice) -> None:
    await office.happens(
        ProposalReceived(
            proposal_id=CASE,
            year=2024,
            title="关于“增设”托育点的建议",
            form=ProposalForm.JOINT,
            proposers=("陈一", "林二"),
        ),
        actor=MEMBER,
    )
    await office.happens(
        ProposalFiled(proposal_id=CASE, year=2024, number=CASE, title="关于“增设”托育点的建议")
    )


def warning(kind: Any = WarningIssued, due_on: Any = DUE_ON) -> Any:
    rule = "r/supervision.reply"
    return kind(**ABOUT, duty=Duty.REPLY, rule=rule, due_on=due_on, raised_on=on(5, 25))


async def test_a_dispatch_reaches_the_unit_over_every_channel(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    office = PostOffice(pool, NOON, everything(mail, web))
    await filed(office)
    await office.happens(dispatched())
    assert await office.sends() == 5
    assert {row["state"] for row in await office.messages()} == {"sent"}

    (letter,), (recipients,) = mail.letters, mail.recipients
    (kept,) = await office.messages("mail")
    assert recipients == ["jyj@example.cn", "bgs@example.cn"]
    assert letter["Message-ID"] == f"<{kept['message_id']}@longgang.example>"
    assert letter["Subject"] == kept["subject"]
    assert "关于“增设”托育点的建议" in letter.get_content()
    assert kept["sent_to"] == "j***@example.cn、b***@example.cn"

    (text,) = web.to("/sms")
    said = json.loads(text.body)
    assert (said["mobile"], said["content"]) == ("13800005678", kept["subject"])
    assert said["key"] == "s3cret"
    assert "138****5678" in {row["sent_to"] for row in await office.messages("text")}

    (hook,) = web.to("/oa")
    seconds = int(NOON.timestamp())
    signed = hmac.new(b"hook", f"{seconds}.".encode() + hook.body, hashlib.sha256).hexdigest()
    assert hook.headers["tian-signature"] == f"t={seconds},v1={signed}"
    assert hook.headers["idempotency-key"] == json.loads(hook.body)["id"]

    (wecom,), (ding,) = web.to("/wecom"), web.to("/ding")
    assert wecom.query == {"key": "k1"}
    assert json.loads(wecom.body)["msgtype"] == json.loads(ding.body)["msgtype"] == "text"
    stamp = ding.query["timestamp"]
    sign = hmac.new(b"SEC1", f"{stamp}\nSEC1".encode(), hashlib.sha256).digest()
    assert ding.query["sign"] == base64.b64encode(sign).decode()


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


async def test_a_message_that_was_sent_but_not_marked_goes_out_again_under_the_same_id(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    office = PostOffice(pool, NOON, everything(mail, web))
    await filed(office)
    await office.happens(dispatched())
    channels = office.channels

    class Dying:
        """Sends, and dies before anybody notes it."""

        async def send(self, parcel: Parcel, now: datetime) -> str:
            for name in ("mail", "oa"):
                await open_channels(channels)[name].send(replace(parcel, to=("a@b",)), now)
            raise KeyboardInterrupt

    dying = Lines(channels, dict.fromkeys(channels.by_name, Dying()))
    with pytest.raises(KeyboardInterrupt):
        await Sender(office.outbox, office.rules, {D: dying}, [D], office.clock).look()
    assert await office.sends() == 0
    office.now += TAKEN_FOR
    assert await office.sends() == 5
    first, *others = [each.headers["idempotency-key"] for each in web.to("/oa")]
    assert len(others) == 1
    ids = {letter["Message-ID"].split("@")[0].strip("<") for letter in mail.letters}
    assert first in ids
    assert {row["state"] for row in await office.messages()} == {"sent"}


async def test_two_processes_send_each_message_once(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    office = PostOffice(pool, NOON, everything(mail, web))
    await filed(office)
    await office.happens(dispatched(), *[warning(ReminderDue, on(6, day)) for day in range(1, 6)])
    taken = [await office.outbox.take_due([D], NOON, NOON + TAKEN_FOR, 10) for _ in range(4)]
    assert [len(each) for each in taken] == [10, 10, 10, 0]
    assert len({each.message_id for some in taken for each in some}) == 30


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
    assert await office.sends() == 0
    assert await office.states("inbox") == [("warning", "sent")]
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


async def test_what_is_not_taken_is_tried_again_and_given_up_at_last(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    office = PostOffice(pool, NOON, everything(mail, web))
    web.answers = {
        "/oa": [(503, "later")] * 9,
        "/sms": [(200, {"code": 7})],
        "/wecom": [(200, {"errcode": 45009}), (200, {"errcode": 0})],
        "/ding": [(200, {"errcode": 310000, "errmsg": "sign not match"})],
    }
    mail.refusals = ["451 try again", "554 no such user"]
    await filed(office)
    await office.happens(dispatched())
    for _ in range(MOST_ATTEMPTS + 2):
        await office.sends()
        office.now += timedelta(hours=5)
    states = {row["channel"]: (row["state"], row["attempts"]) for row in await office.messages()}
    assert states == {
        "inbox": ("sent", 0),
        "mail": ("failed", 2),
        "oa": ("failed", MOST_ATTEMPTS),
        "text": ("failed", 1),
        "wecom-group": ("sent", 2),
        "ding-group": ("failed", 1),
    }
    web.answers = {}
    (oa,) = await office.messages("oa")
    steps = await office.steps(oa["message_id"])
    assert steps == ["tried"] * (MOST_ATTEMPTS - 1) + ["gave_up"]


async def test_a_person_has_it_sent_after_all_or_holds_it_back(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    office = PostOffice(pool, NOON, everything(mail, web))
    await filed(office)
    await office.happens(warning())
    (letter,), (hook,) = await office.messages("mail"), await office.messages("oa")
    assert await office.outbox.hold(D, letter["message_id"], NOON, OFFICE)
    web.answers = {"/oa": [(404, "gone")]}
    assert await office.sends() == 4
    assert (await office.states("mail"), await office.states("oa")) == (
        [("warning", "held")],
        [("warning", "failed")],
    )
    for each in (letter, hook):
        assert await office.outbox.retry(D, each["message_id"], NOON, OFFICE)
    assert await office.sends() == 2
    assert await office.steps(letter["message_id"]) == ["held", "released", "sent"]
    assert not await office.outbox.retry(D, letter["message_id"], NOON, OFFICE)
    assert not await office.outbox.hold(D, letter["message_id"], NOON, OFFICE)


async def test_a_way_that_the_file_no_longer_has_is_said_and_not_lost(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    office = PostOffice(pool, NOON, everything(mail, web))
    await filed(office)
    await office.happens(warning())
    office.channels = Channels()
    assert await office.sends() == 5
    assert {row["state"] for row in await office.messages() if row["channel"] != "inbox"} == {
        "failed"
    }


async def test_without_a_channels_file_everything_stays_in_the_inboxes(pool: asyncpg.Pool) -> None:
    office = PostOffice(pool, NOON)
    await filed(office)
    opened = RatingOpened(**ABOUT, handling_round=1, replied_on=REPLIED_ON)
    await office.happens(dispatched(proposers=("陈一", "林二")), warning(), replied(), opened)
    assert await office.sends() == 0
    assert {row["channel"] for row in await office.messages()} == {"inbox"}
    unit = Mailbox(D, "unit", EDUCATION, "clerk")
    assert [each.matter for each in await office.outbox.inbox(unit, unread_only=True, limit=9)] == [
        "warning",
        "dispatched",
    ]
    await office.outbox.read(unit, NOON)
    assert await office.outbox.unread(unit) == 0


async def test_who_handed_a_proposal_in_is_told_under_that_account_and_no_namesake(
    pool: asyncpg.Pool,
) -> None:
    office = PostOffice(pool, NOON)
    await filed(office)
    await office.happens(dispatched(proposers=("陈一", "林二")), replied())
    found = {
        subject: await office.outbox.unread(Mailbox(D, "proposer", name, subject))
        for name, subject in (("陈一", "chen"), ("陈一", "another"), ("林二", "lin"))
    }
    assert found == {"chen": 1, "another": 0, "lin": 1}
