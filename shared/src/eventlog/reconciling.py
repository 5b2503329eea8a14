"""Comparing the stream with the log: what it lost is found, what the log never had is purged."""

import logging
from typing import NamedTuple

from nats.js import JetStreamContext
from nats.js.api import StreamInfo
from nats.js.errors import NotFoundError

from eventlog.log import STATEMENTS, Connection
from eventlog.transport import STREAM, district_subjects, ensure_stream

logger = logging.getLogger(__name__)


class Relayed(NamedTuple):
    """How far a district was published, and where in the stream its last event was."""

    district: str
    position: int
    sequence: int


class Reconciliation:
    """Sets the relay back to what the stream really holds, over the connection that leads.

    `anew` says up to where districts have to be sent again.
    """

    def __init__(self, jetstream: JetStreamContext, group: int, groups: int) -> None:
        self.anew: dict[str, int] = {}
        self._jetstream = jetstream
        self._group = group
        self._groups = groups
        self._memory = f"{STREAM} {group}/{groups}"

    async def reconcile(self, connection: Connection, *, distrusted: bool) -> None:
        """Compare every district when the stream is younger or shorter than it was, or is distrusted."""
        info = await ensure_stream(self._jetstream)
        before = await connection.fetchrow(STATEMENTS["stream_seen"], self._memory)
        rows = await connection.fetch(STATEMENTS["all_relayed"], self._groups, self._group)
        districts = [Relayed(*row) for row in rows]
        is_new = before is None or info.created != before["created"]
        seen = [0 if before is None else before["last_sequence"]]
        is_shorter = info.state.last_seq < max(seen + [one.sequence for one in districts])
        if is_new or is_shorter or distrusted:
            for relayed in districts:
                await self._compare(connection, relayed, info, is_new=is_new)
        await connection.execute(
            STATEMENTS["note_stream"], self._memory, info.created, info.state.last_seq
        )

    async def _compare(
        self, connection: Connection, relayed: Relayed, info: StreamInfo, *, is_new: bool
    ) -> None:
        district = relayed.district
        held, event_id = await self._last_in_stream(district)
        logged = await connection.fetch(STATEMENTS["identities"], district, held, held)
        if held and [str(row["event_id"]) for row in logged] != [event_id]:
            logger.warning("%s: the stream holds events the log does not have", district)
            await self._jetstream.purge_stream(STREAM, subject=district_subjects(district))
            await self._set_back(connection, relayed, 0)
        elif held != relayed.position and not _aged_out(relayed, info, is_new=is_new):
            logger.warning("%s: the stream holds up to %s of %s", district, held, relayed.position)
            await self._set_back(connection, relayed, held)

    async def _set_back(self, connection: Connection, relayed: Relayed, held: int) -> None:
        self.anew[relayed.district] = max(relayed.position, self.anew.get(relayed.district, 0))
        await connection.execute(STATEMENTS["set_relayed"], relayed.district, held, 0)

    async def _last_in_stream(self, district: str) -> tuple[int, str]:
        """Position and event id of the last message of a district, 0 where there is none."""
        try:
            message = await self._jetstream.get_last_msg(STREAM, district_subjects(district))
        except NotFoundError:
            return 0, ""
        headers = message.headers or {}
        return int(headers.get("Tian-Position", "0")), headers.get("Tian-Event-Id", "")


def _aged_out(relayed: Relayed, info: StreamInfo, *, is_new: bool) -> bool:
    """Whether the last event of a district left the stream for its age, and was not lost."""
    return not is_new and 0 < relayed.sequence < info.state.first_seq
