"""Following the log: projections and reactions, each with a checkpoint per district."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence

import asyncpg
from prometheus_client import Counter

from contracts.refusal import Refused
from eventlog.log import STATEMENTS, Connection, EventLog
from eventlog.projecting import projection_spans
from eventlog.recorded import Leaf, Recorded

Project = Callable[[Connection, Sequence[Recorded]], Awaitable[None]]
React = Callable[[Sequence[Recorded]], Awaitable[Mapping[int, Refused]]]

ReactsTo = Callable[[str], bool]

# Answers whether nothing is left to be done about these events.
Apply = Callable[[str, str, int, Sequence[Recorded]], Awaitable[bool]]

BATCH = 500
BACKLOG = 100  # so far behind, the log is read instead of waiting for each message
GAPS = Counter(
    "tian_gaps_detected_total", "Gaps in what arrived, filled from the log", ["follower"]
)
APPLIED = Counter("tian_events_followed_total", "Events taken by a follower", ["follower"])

logger = logging.getLogger(__name__)


def every_type(_type: str) -> bool:
    """React to all there is."""
    return True


class Follower:
    """Takes the events of every district in order, exactly once in effect.

    Projections write their rows and their checkpoint in one transaction. Reactions run after the
    projection of the same events, and give commands whose ids derive from the event, so that a
    reaction repeated after a crash changes nothing. They answer with what the rules refused.
    Where no event of a batch is of a type that is reacted to, their checkpoint comes along with
    that of the projection.
    """

    def __init__(
        self,
        name: str,
        pool: asyncpg.Pool,
        log: EventLog,
        project: Project,
        react: React | None,
        reacts_to: ReactsTo = every_type,
    ) -> None:
        self.name = name
        self.log = log
        self._pool = pool
        self._project = project
        self._react = react or _leave_alone
        self._has_reactions = react is not None
        self._reacts_to = reacts_to
        self._one_at_a_time: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._working_at: dict[str, str] = {}

    @property
    def checkpoints(self) -> list[str]:
        return [self.name, f"{self.name}.reactions"] if self._has_reactions else [self.name]

    async def take(self, district: str, arrived: Sequence[Recorded]) -> None:
        """Take events that arrived from the transport; what is missing before them is read from the log."""
        async with self._one_at_a_time[district]:
            self._working_at[district] = self.name
            is_done = await self._advance(self.name, district, arrived, self._project_batch)
            if self._has_reactions and not is_done:
                self._working_at[district] = self.checkpoints[1]
                await self._advance(self.checkpoints[1], district, arrived, self._react_to_batch)

    async def catch_up(self, district: str) -> None:
        """Take everything that is in the log already, without waiting for the transport."""
        await self.take(district, ())

    async def _advance(
        self,
        checkpoint: str,
        district: str,
        arrived: Sequence[Recorded],
        apply: Apply,
    ) -> bool:
        position, head, logged = await self._what_comes_next(checkpoint, district, arrived)
        news, is_done = _in_order(arrived, position), False
        if arrived and not news:
            return False
        # Byte for byte what the log has next, or it is not taken: the transport is not trusted.
        if news and logged == [Leaf.of(recorded) for recorded in news]:
            is_done = await _apply_what_can_be(apply, checkpoint, district, position, news)
            position = news[-1].position
            if head - position < BACKLOG:
                return is_done
        elif news:
            GAPS.labels(self.name).inc()
        while batch := await self.log.read_after(district, position, BATCH):
            is_done = await _apply_what_can_be(apply, checkpoint, district, position, batch)
            position = batch[-1].position
            if len(batch) < BATCH and position >= head:
                break
        return is_done

    async def _what_comes_next(
        self, checkpoint: str, district: str, arrived: Sequence[Recorded]
    ) -> tuple[int, int, list[Leaf]]:
        """Where the checkpoint is, where the log ends, and what the log has where events arrived."""
        last = max((one.position for one in arrived), default=0)
        rows = await self._pool.fetch(
            STATEMENTS["what_comes_next"], checkpoint, district, last, len(arrived) + 1
        )
        if not rows:
            await self._pool.execute(STATEMENTS["open_checkpoint"], checkpoint, district)
            return await self._what_comes_next(checkpoint, district, arrived)
        leaves = [Leaf(*row[2:]) for row in rows if row["at"] is not None]
        return rows[0]["checkpoint"], rows[0]["head"] or 0, leaves

    async def _project_batch(
        self, checkpoint: str, district: str, position: int, batch: Sequence[Recorded]
    ) -> bool:
        is_for_rows_only = not any(self._reacts_to(one.type) for one in batch)
        together = self.checkpoints if is_for_rows_only else [checkpoint]
        with projection_spans(batch):
            moved = await self._project_in_one_transaction(together, district, position, batch)
        APPLIED.labels(self.name).inc(len(batch))
        return moved == {*self.checkpoints}

    async def _project_in_one_transaction(
        self, together: Sequence[str], district: str, position: int, batch: Sequence[Recorded]
    ) -> set[str]:
        """Returns the checkpoints that were there too and came along; raises FollowedElsewhere."""
        last = batch[-1].position
        async with self._pool.acquire() as connection, connection.transaction():
            rows = await connection.fetch(
                STATEMENTS["advance_together"], together, district, position, last
            )
            moved = {row["follower"] for row in rows}
            if self.name not in moved:
                raise FollowedElsewhere(self.name)
            await self._project(connection, batch)
        return moved

    async def _react_to_batch(
        self, checkpoint: str, district: str, position: int, batch: Sequence[Recorded]
    ) -> bool:
        """React to a batch and then move the checkpoint: a crash in between repeats without effect."""
        refusals = await self._react(batch)
        for recorded in batch:
            if (refusal := refusals.get(recorded.position)) is not None:
                logger.warning("reaction refused: %s", refusal)
                await self._note(checkpoint, recorded, refusal)
        moved = await self._pool.fetchval(
            STATEMENTS["advance_checkpoint"], checkpoint, district, position, batch[-1].position
        )
        if moved is None:
            raise FollowedElsewhere(checkpoint)
        return True

    async def _note(self, checkpoint: str, recorded: Recorded, error: Exception) -> None:
        await self._pool.execute(
            STATEMENTS["note_dead_letter"],
            checkpoint,
            recorded.district,
            recorded.position,
            recorded.event_id,
            f"{type(error).__name__}: {error}",
            isinstance(error, Refused),
            recorded.traceparent,
        )

    async def note_failure(self, district: str, error: Exception) -> None:
        """Show a person the event that this follower, or its reactions, cannot get past in a district."""
        checkpoint = self._working_at.get(district, self.name)
        position = await self._pool.fetchval(STATEMENTS["checkpoint"], checkpoint, district)
        for recorded in await self.log.read_after(district, position or 0, 1):
            await self._note(checkpoint, recorded, error)

    async def react_again(self, district: str, position: int) -> Refused | None:
        """Give the commands that follow from one event again; returns what the rules say of it now."""
        (recorded,) = await self.log.read_after(district, position - 1, 1)
        return (await self._react([recorded])).get(position)

    async def release(self, district: str) -> None:
        """Take back what `note_failure` showed: the district has got past it."""
        await self._pool.execute(STATEMENTS["drop_passed_dead_letters"], self.checkpoints, district)

    async def districts_behind(self) -> dict[str, int]:
        """Districts where a checkpoint is not at the end of the log, with the lag in events."""
        lag: dict[str, int] = {}
        for checkpoint in self.checkpoints:
            for row in await self._pool.fetch(STATEMENTS["behind"], checkpoint):
                behind = row["head"] - row["position"]
                lag[row["district"]] = max(behind, lag.get(row["district"], 0))
        return lag


class FollowedElsewhere(Exception):
    """Another process of this service moved the checkpoint; this batch was rolled back."""


async def _leave_alone(batch: Sequence[Recorded]) -> Mapping[int, Refused]:
    """React to nothing."""
    return {}


def _in_order(arrived: Sequence[Recorded], position: int) -> list[Recorded]:
    """What is new of what arrived, each position once."""
    by_position = {one.position: one for one in arrived if one.position > position}
    return [by_position[each] for each in sorted(by_position)]


async def _apply_what_can_be(
    apply: Apply, checkpoint: str, district: str, position: int, batch: Sequence[Recorded]
) -> bool:
    """Apply a batch; when it fails, one by one, so that only what is behind the failure waits."""
    try:
        return await apply(checkpoint, district, position, batch)
    except FollowedElsewhere:
        raise
    except Exception:
        if len(batch) == 1:
            raise
        done = [
            await apply(checkpoint, district, recorded.position - 1, [recorded])
            for recorded in batch
        ]
        return done[-1]
