"""An append inside a transaction that somebody else ends, as `EventLog` never does it."""

from eventlog import NewEvent
from eventlog.log import STATEMENTS, Connection


async def append_within(connection: Connection, district: str, event: NewEvent) -> None:
    columns = (event.stream, event.version, event.event_id, event.type, event.body)
    await connection.fetch(STATEMENTS["append"], [district], [0], *([each] for each in columns))
