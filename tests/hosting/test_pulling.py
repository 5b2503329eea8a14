"""One request for many messages is open all the time, and is made again when the broker ended or forgot it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import uuid4

import nats
import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.errors import NotFoundError

from eventlog.transport import STREAM, ensure_stream
from hosting.pulling import AT_ONCE, Pull

PATIENCE_SECONDS = 15.0


@pytest.fixture
async def client(nats_url: str) -> AsyncIterator[Client]:
    client = await nats.connect(nats_url)
    with suppress(NotFoundError):
        await client.jetstream().delete_stream(STREAM)
    await ensure_stream(client.jetstream())
    yield client
    await client.close()


class Came:
    """What came, in order, and how often the broker was asked for it."""

    def __init__(self, pull: Pull) -> None:
        self.pull = pull
        self.numbers: list[int] = []
        self.requests = 0

    async def until(self, count: int) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while len(self.numbers) < count:
                await asyncio.sleep(0.01)


@asynccontextmanager
async def pulling(client: Client, durable: str) -> AsyncIterator[Came]:
    pull = Pull(client, durable)
    came = Came(pull)

    async def take(message: Msg) -> None:
        if pull.counts(message):
            came.numbers.append(int(message.data))
            await message.ack()

    async def asked(_message: Msg) -> None:
        came.requests += 1

    await client.subscribe(pull.inbox, cb=take)
    await client.subscribe(f"$JS.API.CONSUMER.MSG.NEXT.{STREAM}.{durable}", cb=asked)
    task = asyncio.create_task(pull.keep_open())
    try:
        yield came
    finally:
        task.cancel()
        await asyncio.wait({task})


async def publish(client: Client, numbers: range) -> None:
    for number in numbers:
        await client.jetstream().publish("tian.events.d.intake.x", str(number).encode())


async def test_each_message_comes_once_and_in_order_though_many_requests_are_used_up(
    client: Client,
) -> None:
    count = 2 * AT_ONCE + 50
    async with pulling(client, f"f{uuid4().hex}") as came:
        await publish(client, range(count))
        await came.until(count)
    assert came.numbers == list(range(count))
    assert came.requests == 3


async def test_a_consumer_that_the_broker_lost_is_made_anew_and_what_comes_then_arrives(
    client: Client,
) -> None:
    durable = f"f{uuid4().hex}"
    async with pulling(client, durable) as came:
        await publish(client, range(1))
        await came.until(1)
        await client.jetstream().delete_consumer(STREAM, durable)
        await publish(client, range(1, 2))
        await came.until(3)
    assert came.numbers == [0, 0, 1]


async def test_a_stream_that_is_not_there_yet_is_waited_for(client: Client) -> None:
    await client.jetstream().delete_stream(STREAM)
    async with pulling(client, f"f{uuid4().hex}") as came:
        await asyncio.sleep(0.1)
        await ensure_stream(client.jetstream())
        await publish(client, range(1))
        await came.until(1)
    assert came.numbers == [0]


async def test_a_broker_that_was_away_is_asked_again_though_it_forgot_to_say_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hosting.pulling.OPEN_SECONDS", 3600.0)
    durable = f"f{uuid4().hex}"
    async with pulling(client, durable) as came:
        await publish(client, range(1))
        await came.until(1)
        came.pull.distrust()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while came.requests < 2:
                await asyncio.sleep(0.01)
        await publish(client, range(1, 2))
        await came.until(2)
    assert came.numbers == [0, 1]
