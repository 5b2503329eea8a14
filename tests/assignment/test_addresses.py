"""A mail to several addresses: each has its own answer, gets it once, and is shown if it refused it."""

from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from assignment.projections.deliveries import Delivery
from assignment.subscribers.addresses import addresses_of, mark_of, masked, without_addresses
from assignment.subscribers.sending import MOST_ATTEMPTS
from contracts.sending import AddressOutcome
from tests.assignment.post_office import NOON, OFFICE, D, PostOffice, everything, filed, warning
from tests.assignment.receiving import HttpServer, MailServer

FIRST, SECOND = "jyj@example.cn", "bgs@example.cn"
UNKNOWN = f"550 5.1.1 <{SECOND}>: user unknown"
FULL = "452 4.2.2 mailbox full"
MESSAGE = UUID("018f0f5e-9c00-8aaa-9aaa-0123456789ab")


async def warned(pool: asyncpg.Pool, mail: MailServer, web: HttpServer) -> PostOffice:
    office = PostOffice(pool, NOON, everything(mail, web))
    await filed(office)
    await office.happens(warning())
    return office


async def told(office: PostOffice) -> tuple[str, dict[str, str], list[str]]:
    """The state of the mail, what became of it at each address, and its steps."""
    (row,) = await office.messages("mail")
    said = await office.outbox.deliveries(D, row["message_id"])
    steps = await office.steps(row["message_id"])
    return row["state"], {each.shown: each.outcome for each in said}, steps


async def test_an_address_that_cannot_take_it_now_gets_it_later_and_the_others_once(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    office = await warned(pool, mail, web)
    mail.refused = {SECOND: [FULL]}
    await office.sends()
    shown = {"j***@example.cn": "accepted", "b***@example.cn": "deferred"}
    assert await told(office) == ("waiting", shown, ["tried"])
    assert await office.sends() == 0
    office.now += timedelta(minutes=1)
    assert await office.sends() == 1
    assert await told(office) == ("sent", dict.fromkeys(shown, "accepted"), ["tried", "sent"])
    assert mail.recipients == [[FIRST], [SECOND]]
    assert len({letter["Message-ID"] for letter in mail.letters}) == 1
    assert {letter["To"] for letter in mail.letters} == {f"{FIRST}, {SECOND}"}
    (row,) = await office.messages("mail")
    assert (row["sent_to"], row["problem"]) == ("j***@example.cn、b***@example.cn", None)


@pytest.mark.parametrize("all_at_once", [True, False])
async def test_an_address_that_refuses_it_is_shown_and_alone_gets_it_again(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer, *, all_at_once: bool
) -> None:
    office = await warned(pool, mail, web)
    mail.refused = {SECOND: [UNKNOWN]}
    await office.sends()
    (row,) = await office.messages("mail")
    shown = {"j***@example.cn": "accepted", "b***@example.cn": "refused"}
    assert await told(office) == ("failed", shown, ["gave_up"])
    said = "b***@example.cn：550 5.1.1 <b***@example.cn>: user unknown"
    assert row["problem"].startswith(f"2 个地址中 1 个已接收；{said} / 1 of 2 addresses have it; ")
    office.now += timedelta(hours=5)
    assert await office.sends() == 0
    if all_at_once:
        assert await office.outbox.retry_failed(D, office.now, OFFICE) == 1
    else:
        assert await office.outbox.retry(D, row["message_id"], office.now, OFFICE)
    assert (await told(office))[1] == shown | {"b***@example.cn": "deferred"}
    await office.sends()
    state, outcomes, _ = await told(office)
    assert (state, set(outcomes.values())) == ("sent", {"accepted"})
    assert mail.recipients == [[FIRST], [SECOND]]


async def test_one_that_refuses_it_ends_no_attempt_at_the_others(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    office = await warned(pool, mail, web)
    mail.refused = {FIRST: [FULL], SECOND: [UNKNOWN, "250 taken"]}
    await office.sends()
    shown = {"j***@example.cn": "deferred", "b***@example.cn": "refused"}
    assert await told(office) == ("waiting", shown, ["tried"])
    office.now += timedelta(hours=5)
    await office.sends()
    assert await told(office) == (
        "failed",
        shown | {"j***@example.cn": "accepted"},
        ["tried", "gave_up"],
    )
    assert (mail.recipients, mail.refused[SECOND]) == ([[FIRST]], ["250 taken"])


async def test_an_address_that_never_takes_it_is_given_up_in_the_end(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    office = await warned(pool, mail, web)
    mail.refused = {SECOND: [FULL] * (MOST_ATTEMPTS + 1)}
    for _ in range(MOST_ATTEMPTS + 1):
        await office.sends()
        office.now += timedelta(hours=5)
    assert (await told(office))[0] == "failed"
    assert (mail.recipients, len(mail.refused[SECOND])) == ([[FIRST]], 1)


async def test_no_channel_has_an_address_repeated_into_the_outbox(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    office = await warned(pool, mail, web)
    web.answers = {"/sms": [(200, {"code": 0, "mobile": "13800005678"})]}
    mail.refusals = [f"554 not for {FIRST.upper()}"]
    await office.sends()
    kept = await pool.fetch("select detail from sending.step")
    assert not [row for row in kept if "13800005678" in row["detail"] or "JYJ" in row["detail"]]
    assert [row for row in kept if "138****5678" in row["detail"]]
    (row,) = await office.messages("mail")
    assert row["problem"] == f"554 not for {masked(FIRST)}"


def test_an_address_that_was_put_right_is_tried_and_the_wrong_one_not_waited_for() -> None:
    said = (
        Delivery(mark_of(MESSAGE, FIRST), masked(FIRST), AddressOutcome.ACCEPTED, "250", NOON),
        Delivery(mark_of(MESSAGE, "bsg@example.cn"), "b***", AddressOutcome.REFUSED, "550", NOON),
    )
    addresses = addresses_of(MESSAGE, [FIRST.upper(), SECOND, SECOND], said)
    assert (addresses.left, addresses.are_settled) == ((SECOND,), False)
    assert addresses.that_are(AddressOutcome.REFUSED) == ()
    assert addresses_of(MESSAGE, [FIRST], said).are_settled
    assert not addresses_of(MESSAGE, [], ()).are_settled


def test_a_mark_holds_no_address_and_is_another_in_each_message() -> None:
    marks = {mark_of(each, FIRST) for each in (MESSAGE, UUID(int=1))}
    assert len(marks) == 2
    assert not [mark for mark in marks if "jyj" in mark or "example" in mark]


def test_what_a_server_said_is_kept_without_the_addresses_that_it_repeats() -> None:
    listed = ["a@b.cn", "aa@b.cn", "13800005678"]
    said = without_addresses("550 <AA@b.cn> a@b.cn +8613800005678 not@b.cn", listed)
    assert said == "550 <a***@b.cn> a***@b.cn +86138****5678 not@b.cn"
