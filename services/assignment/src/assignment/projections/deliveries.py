"""What became of a message at each of its addresses, where it did not go out to all of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from eventlog.statements import load_statements

STATEMENTS = load_statements("assignment")

Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy


@dataclass(frozen=True)
class Delivery:
    """What the other side last said of an address; `shown` is the address as it is kept, masked.

    `mark` tells the addresses of the message apart.
    """

    mark: str
    shown: str
    outcome: str
    answer: str
    answered_at: datetime


async def note_deliveries(
    connection: Connection, district: str, message_id: UUID, said: Sequence[Delivery]
) -> None:
    """Keep what was said of addresses, in the caller's transaction; who has a message, has it."""
    if said:
        await connection.execute(
            STATEMENTS["note_deliveries"],
            district,
            message_id,
            [each.mark for each in said],
            [each.shown for each in said],
            [str(each.outcome) for each in said],
            [each.answer for each in said],
            [each.answered_at for each in said],
        )


async def deliveries_of(pool: asyncpg.Pool, district: str, message_id: UUID) -> list[Delivery]:
    rows = await pool.fetch(STATEMENTS["deliveries"], district, message_id)
    return [Delivery(**dict(row)) for row in rows]
