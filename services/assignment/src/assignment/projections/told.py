"""What the teller writes into the outbox, in the transaction that moves its checkpoint."""

from collections.abc import Sequence
from datetime import datetime

from assignment.projections.deliveries import STATEMENTS, Connection
from assignment.projections.outbox import Message
from contracts.sending import Overtaken, Renamed
from eventlog.log import STATEMENTS as LOG_STATEMENTS
from eventlog.recorded import Recorded


async def keep(connection: Connection, message: Message) -> None:
    """Put a message into the outbox, in the caller's transaction; one that is there stays as it is."""
    await connection.execute(
        STATEMENTS["keep_messages"],
        message.district,
        message.message_id,
        message.event_id,
        message.position,
        message.matter,
        message.recipient_kind,
        message.recipient,
        message.recipient_subject,
        message.channel,
        message.channel_kind,
        message.proposal_id,
        message.year,
        message.unit,
        message.about,
        message.due_on,
        message.subject,
        message.body,
        message.written_at,
        message.not_before,
        message.state,
        message.sent_at,
        message.problem,
    )


async def read_streams(
    connection: Connection, district: str, streams: Sequence[str]
) -> list[Recorded]:
    """The events of some streams, each in its own order, as the caller's transaction sees them."""
    rows = await connection.fetch(LOG_STATEMENTS["events_of_streams"], district, list(streams))
    return [Recorded.from_row(row.items()) for row in rows]


async def cancel(
    connection: Connection, district: str, overtaken: Overtaken, position: int, at: datetime
) -> None:
    """Cancel what was written before a position and is overtaken by the event there.

    What lies in an inbox already stays there, and is not counted as unread any more.
    """
    what = (district, overtaken.proposal_id, overtaken.unit, list(overtaken.about), position, at)
    for statement, chinese in (
        ("cancel_overtaken", "之后不必再发"),
        ("overtake_in_inboxes", "之后不必再办"),
    ):
        note = f"日志第 {position} 条{chinese} / overtaken at position {position}"
        await connection.execute(STATEMENTS[statement], *what, note)


async def rename(
    connection: Connection, district: str, renamed: Renamed, position: int, at: datetime
) -> None:
    """Have what was written before a position, and has never been tried, say the new name.

    What has been tried keeps its text: the other side may have it, and knows it by its id.
    """
    note = f"日志第 {position} 条更正了案号 / the number of the case was corrected at position {position}"
    names = (renamed.was, renamed.now)
    on_one_line = (" ".join(each.split()) for each in names)
    what = (district, renamed.proposal_id, position, at, note)
    await connection.execute(STATEMENTS["rename"], *what, *names, *on_one_line)


async def cases_told(
    connection: Connection, cases: Sequence[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Those of these cases, by district and proposal, that anybody was told anything of."""
    districts, proposals = [each[0] for each in cases], [each[1] for each in cases]
    rows = await connection.fetch(STATEMENTS["cases_told"], districts, proposals) if cases else []
    return {(row["district"], row["proposal_id"]) for row in rows}
