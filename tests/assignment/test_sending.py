"""Messages go out over real servers, at the right time, and not again when the log is read again."""

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import asyncpg
import pytest

from assignment.projections.outbox import Mailbox
from assignment.subscribers import Sender, connect_lines
from assignment.subscribers.channels import Parcel, open_channels
from assignment.subscribers.sending import MOST_ATTEMPTS, TAKEN_FOR, Lines
from contracts.assignment import ReminderDue, UnitChased
from contracts.channels import BadChannels, Channels
from contracts.evaluation import RatingOpened
from contracts.vocabulary import ChasingManner
from tests.assignment.cases import (
    EDUCATION,
    REPLIED_ON,
    dispatched,
    on,
    replied,
    signed,
)
from tests.assignment.post_office import (
    ABOUT,
    DIRECTORIES,
    NOON,
    OFFICE,
    D,
    PostOffice,
    everything,
    filed,
    warning,
)
from tests.assignment.receiving import HttpServer, MailServer


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
        await Sender(office.outbox, office.silence, {D: dying}, [D], office.clock).look()
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


@pytest.mark.parametrize("not_let_in", [401, 403])
async def test_while_a_password_is_being_changed_what_is_due_waits(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer, not_let_in: int
) -> None:
    office = PostOffice(pool, NOON, everything(mail, web))
    web.answers = {
        path: [(not_let_in, "no such key")] for path in ("/oa", "/sms", "/wecom", "/ding")
    }
    mail.refusals = ["535 authentication failed" if not_let_in == 401 else "530 sign in first"]
    await filed(office)
    await office.happens(dispatched())
    await office.sends()
    over_a_channel = [row for row in await office.messages() if row["channel"] != "inbox"]
    assert [(row["state"], row["attempts"]) for row in over_a_channel] == [("waiting", 1)] * 5

    office.now += timedelta(hours=5)
    await office.sends()
    assert {row["state"] for row in await office.messages()} == {"sent"}


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


async def test_everything_that_failed_is_sent_again_at_once(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    office = PostOffice(pool, NOON, everything(mail, web))
    web.answers = {"/oa": [(404, "gone")], "/sms": [(404, "gone")]}
    await filed(office)
    await office.happens(warning())
    await office.sends()
    assert await office.outbox.retry_failed(D, NOON, OFFICE) == 2
    assert await office.outbox.retry_failed(D, NOON, OFFICE) == 0
    assert await office.sends() == 2
    assert {row["state"] for row in await office.messages()} == {"sent"}
    (text,) = await office.messages("text")
    assert await office.steps(text["message_id"]) == ["gave_up", "released", "sent"]


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


async def test_a_channel_that_breaks_is_tried_again_and_breaks_no_other(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    office = PostOffice(pool, NOON, everything(mail, web))
    await filed(office)
    await office.happens(warning())

    class Broken:
        async def send(self, parcel: Parcel, now: datetime) -> str:
            raise ZeroDivisionError

    opened = {**open_channels(office.channels), "oa": Broken()}
    lines = Lines(office.channels, opened)
    assert await Sender(office.outbox, office.silence, {D: lines}, [D], office.clock).look() == 5
    states = {row["channel"]: row["state"] for row in await office.messages()}
    assert states.pop("oa") == "waiting"
    assert set(states.values()) == {"sent"}


async def test_the_files_of_districts_are_read_with_their_secrets(tmp_path: Path) -> None:
    secret = tmp_path / "hook-secret"
    secret.write_text("hook\n", encoding="utf-8")
    text = f'[webhook.oa]\nurl = "https://oa.example/t"\nsecret = "file:{secret}"\n'
    (tmp_path / f"{D}.toml").write_text(text, encoding="utf-8")
    lines = connect_lines(tmp_path, DIRECTORIES)
    assert list(lines) == [D]
    assert list(lines[D].opened) == ["oa"]
    assert connect_lines(tmp_path / "nowhere", DIRECTORIES) == {}
    secret.unlink()
    with pytest.raises(FileNotFoundError):
        connect_lines(tmp_path, DIRECTORIES)
    (tmp_path / f"{D}.toml").write_text(text.replace("https", "ftp"), encoding="utf-8")
    with pytest.raises(BadChannels, match=f"{D}.toml 第 2 行 webhook.oa.url"):
        connect_lines(tmp_path, DIRECTORIES)
    (tmp_path / f"{D}.toml").rename(tmp_path / "longang.toml")
    with pytest.raises(BadChannels, match="没有代码为 longang 的区"):
        connect_lines(tmp_path, DIRECTORIES)


async def test_what_is_done_is_chased_no_longer_in_any_inbox_and_stays_to_be_read(
    pool: asyncpg.Pool,
) -> None:
    office = PostOffice(pool, NOON)
    await filed(office)
    await office.happens(dispatched(), signed())
    await office.happens(UnitChased(**ABOUT, manner=ChasingManner.PHONE, chased_on=on(5, 20)))
    box = Mailbox(D, "unit", EDUCATION, "li")
    assert await office.outbox.unread(box) == 2
    await office.happens(replied())
    assert await office.outbox.unread(box) == 1
    found = await office.outbox.inbox(box, unread_only=False, limit=10)
    assert {each.matter: each.overtaken for each in found} == {"chased": True, "dispatched": False}
    (chased,) = (each for each in found if each.overtaken)
    assert await office.steps(chased.message_id) == ["overtaken"]
    assert (chased.state, chased.read_at) == ("sent", None)


async def test_a_ledger_that_tells_of_the_answer_ends_the_chasing_and_tells_nobody(
    pool: asyncpg.Pool,
) -> None:
    office = PostOffice(pool, NOON)
    await filed(office)
    await office.happens(dispatched(), attested_by="台账第 3 行")
    await office.happens(UnitChased(**ABOUT, manner=ChasingManner.PHONE, chased_on=on(5, 20)))
    box = Mailbox(D, "unit", EDUCATION, "li")
    assert await office.outbox.unread(box) == 1
    await office.happens(replied(), attested_by="台账第 3 行")
    assert await office.outbox.unread(box) == 0
    assert [row["matter"] for row in await office.messages()] == ["chased"]
