"""What only a log as a whole shows: what is counted wrong, what comes twice, and what is out of reach."""

import asyncpg

from eventlog.log import STATEMENTS
from eventlog.proving.history import Findings


async def check_whole(
    connection: asyncpg.Connection, district: str, findings: Findings, *, head: int, size: int
) -> None:
    """Hold the counter, and how many events were read, against what the log of a district holds.

    The columns have to have been compared with the hashed bytes in the same snapshot. It is the
    database that counts, so that memory does not grow with the log.
    """
    if head != size:
        findings.add(
            min(head, size) + 1,
            f"计数器是 {head}，日志有 {size} 条",
            f"the counter stands at {head}, the log holds {size} events",
        )
    for row in await connection.fetch(STATEMENTS["first_miscounted"], district):
        findings.add(
            row["position"],
            f"不是 {row['stream']} 的下一个版本（{row['version']}）",
            f"version {row['version']} does not come next in {row['stream']}",
        )
    ((events, ids),) = await connection.fetch(STATEMENTS["events_and_ids"], district)
    if ids != events:
        for row in await connection.fetch(STATEMENTS["first_doubled"], district):
            findings.add(row["position"], *doubled(row["first_position"]))
    if events != size:
        position = await connection.fetchval(STATEMENTS["first_out_of_reach"], district)
        findings.add(
            position,
            "位次重复或不从 1 起，按位次读不到全部事件",
            "its position comes twice or is below 1, so that not all events are read",
        )


def doubled(first_position: int) -> tuple[str, str]:
    """What is said of an event that has the id of another, in Chinese and in English."""
    return (
        f"事件编号与第 {first_position} 条相同",
        f"it has the event id of {first_position}",
    )
