"""A service's process: what it opens, what runs beside its endpoints, and how it closes."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import asyncpg
from fastapi import APIRouter, FastAPI
from faststream.nats import NatsBroker
from nats.aio.client import Client
from nats.errors import Error as NatsError
from opentelemetry.instrumentation.utils import suppress_instrumentation

from eventlog import EventLog, Follower, Relay
from eventlog.following import Project
from eventlog.notary import Notary
from eventlog.projecting import Projector
from eventlog.proving.hashing import SHA256, SM3
from eventlog.readmodels import ReadModel
from eventlog.replay_turns import ReplayTurns
from eventlog.replaying import Readings
from eventlog.sessions import nothing_to_undo
from eventlog.side_by_side import cancelled, side_by_side
from eventlog.transport import WAKE_SUBJECT
from hosting.as_of import Views
from hosting.asyncapi import asyncapi_routes
from hosting.background import CONNECT_RETRY_SECONDS, again_and_again, opened_whole
from hosting.body_limit import BodyLimit
from hosting.bridging import Bridge
from hosting.clock import Clock
from hosting.dead_letters import DeadLetters, dead_letter_routes
from hosting.directories import Directories
from hosting.following import Subscription
from hosting.health import health_routes
from hosting.problems import add_problems, problem_answers
from hosting.progress import progress_routes
from hosting.proofs import proof_routes
from hosting.settings import ServiceSettings
from telemetry.requests import REQUESTS_TRACED

RECONNECT_SECONDS = 1
COMMAND_TIMEOUT_SECONDS = 30.0

logger = logging.getLogger(__name__)


class Host:
    """One service's share of the machine: its pool, its log, its connection to NATS."""

    def __init__(
        self, name: str, settings: ServiceSettings, pool: asyncpg.Pool, clock: Clock
    ) -> None:
        self.name = name
        self.settings = settings
        self.pool = pool
        self.clock = clock
        self.nats = Client()
        self.log_key = settings.log_key
        self.log = EventLog(pool, wake=self._wake_relay)
        self._broker = NatsBroker(
            settings.nats_url,
            max_reconnect_attempts=-1,
            reconnect_time_wait=RECONNECT_SECONDS,
            reconnected_cb=self._distrust_broker,
            apply_types=False,  # the one handler takes the message as it is
            logger=None,
        )
        self._replay_turns = ReplayTurns()
        self._subscriptions: list[Subscription] = []
        self._relays: list[Relay] = []
        self._is_following = False
        self._background: list[asyncio.Task[None]] = []

    def views(self, model: ReadModel) -> Views:
        """The rows of a read model, of now and of any earlier moment."""
        return Views(Readings(self.pool, model, self._replay_turns), self.clock)

    def follow(self, model: ReadModel, bridge: Bridge) -> Follower:
        """Follow the log with this service's read model and reactions."""
        follower = Follower(
            self.name, self.pool, self.log, Projector(model), bridge, bridge.reacts_to
        )
        self._subscriptions.append(Subscription(self._broker, self.nats, follower))
        return follower

    def follow_with(self, name: str, project: Project) -> Follower:
        """Follow the log with something else that is written in the transaction of its checkpoint."""
        follower = Follower(name, self.pool, self.log, project, None)
        self._subscriptions.append(Subscription(self._broker, self.nats, follower))
        return follower

    def web_app(
        self, title: str, directories: Directories, routers: Sequence[APIRouter]
    ) -> FastAPI:
        answers = problem_answers(400, 401, 403, 404, 409, 413, 422, 503)
        app = FastAPI(
            title=title, docs_url=None, redoc_url=None, responses=answers, telemetry=REQUESTS_TRACED
        )
        app.state.public_key = self.settings.tian_public_key
        app.state.clock = self.clock
        add_problems(app)
        app.state.directories = directories
        app.add_middleware(BodyLimit)
        checks = {"postgres": self._database_answers}
        notes = {"nats": self._transport_answers}
        app.include_router(health_routes(self.name, checks, notes))
        app.include_router(asyncapi_routes(self.name))
        app.include_router(progress_routes(self.pool))
        app.include_router(dead_letter_routes(DeadLetters(self.pool, self._subscriptions)))
        hashings = (SHA256, SM3) if self.settings.tian_log_sm3 else (SHA256,)
        app.include_router(proof_routes(self.pool, self.log_key, self.settings.witnesses, hashings))
        for router in routers:
            app.include_router(router)
        return app

    def start(self) -> None:
        """Start what runs beside the endpoints: relay, notary, subscriptions, and their watch."""
        beside = [self._run_transport]
        if self.log_key is not None:
            signs_sm3 = self.settings.tian_log_sm3
            beside.append(Notary(self.pool, self.log_key, signs_sm3=signs_sm3).run)
        for subscription in self._subscriptions:
            beside += [subscription.drain, subscription.watch]
        self._background += [asyncio.create_task(again_and_again(one)) for one in beside]

    async def stop(self) -> None:
        await cancelled(self._background)
        with suppress(NatsError, OSError, TimeoutError):
            await self._broker.stop()
        with suppress(NatsError, OSError, TimeoutError):
            await self.nats.close()

    async def _run_transport(self) -> None:
        await self._connect()
        groups = self.settings.relay_groups
        self._relays = [
            Relay(
                self.pool,
                self.nats,
                group=group,
                groups=groups,
                heard_seconds=self.settings.relay_heard_seconds,
            )
            for group in range(groups)
        ]
        await side_by_side(*(relay.run() for relay in self._relays), self._follow())

    async def _connect(self) -> None:
        """Connect to NATS, however long it takes: the endpoints work without it."""
        while not self.nats.is_connected:
            try:
                connecting = self.nats.connect(
                    self.settings.nats_url,
                    max_reconnect_attempts=-1,
                    reconnect_time_wait=RECONNECT_SECONDS,
                    error_cb=_log_transport_error,
                    reconnected_cb=self._distrust_stream,
                )
                await opened_whole(connecting)
            except (NatsError, OSError, TimeoutError) as error:
                logger.warning("NATS cannot be reached yet: %r", error)
                await asyncio.sleep(CONNECT_RETRY_SECONDS)

    async def _distrust_stream(self) -> None:
        """A broker that was away may have lost what it held."""
        for relay in self._relays:
            relay.distrust_stream()

    async def _distrust_broker(self) -> None:
        """It may have forgotten its consumers, and what was asked of them."""
        for subscription in self._subscriptions:
            subscription.distrust_broker()

    async def _follow(self) -> None:
        await self._start_broker()
        await side_by_side(*(each.pull() for each in self._subscriptions))

    async def _start_broker(self) -> None:
        while self._subscriptions:
            try:
                await opened_whole(self._broker.start())
            except (NatsError, OSError, TimeoutError) as error:
                logger.warning("subscriptions cannot start yet: %r", error)
                await asyncio.sleep(CONNECT_RETRY_SECONDS)
            else:
                self._is_following = True
                return

    async def _wake_relay(self) -> None:
        if self.nats.is_connected:
            with suppress(NatsError, OSError):
                await self.nats.publish(WAKE_SUBJECT)

    async def _database_answers(self) -> bool:
        with suppress_instrumentation():
            return bool(await self.pool.fetchval("select true", timeout=2.0))

    async def _transport_answers(self) -> bool:
        return self.nats.is_connected and self._is_following


async def _log_transport_error(error: Exception) -> None:
    logger.warning("NATS: %r", error)


@asynccontextmanager
async def opened(name: str, settings: ServiceSettings, clock: Clock) -> AsyncIterator[Host]:
    """Open a service's connections; close them, and stop what runs on them, afterwards."""
    async with asyncpg.create_pool(
        settings.database_url,
        min_size=1,
        max_size=settings.database_connections,
        command_timeout=COMMAND_TIMEOUT_SECONDS,
        reset=nothing_to_undo,
        server_settings={
            "application_name": f"tian-{name}",
            "idle_in_transaction_session_timeout": "60s",
            # A client whose machine died is found out in seconds, and its locks are let go.
            "tcp_keepalives_idle": "5",
            "tcp_keepalives_interval": "2",
            "tcp_keepalives_count": "3",
            "client_connection_check_interval": "2s",
        },
    ) as pool:
        host = Host(name, settings, pool, clock)
        try:
            yield host
        finally:
            await host.stop()
