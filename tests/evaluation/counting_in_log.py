"""The figures of a year by SQL over the raw log, for a rulebook whose choices are said by hand."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import asyncpg

COUNTING = (Path(__file__).parent / "counting.sql").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Choices:
    """What a rulebook decides: a formula for each rate, who is satisfied, the points of each item."""

    formulas: Mapping[str, str]
    satisfied: tuple[str, ...]
    points: Mapping[str, str]


WITHOUT_RULEBOOK = Choices(
    formulas={
        "on_time_completion_rate": "on_time_completion.by_case.v1",
        "reply_rate": "reply.by_answering_case.v1",
        "satisfaction_rate": "satisfaction.by_rated_reply.v1",
    },
    satisfied=("satisfied",),
    points={},
)
THE_SAMPLE_RULEBOOK = Choices(
    formulas=WITHOUT_RULEBOOK.formulas,
    satisfied=("satisfied",),
    points={
        "late-case": "1",
        "unanswered-case": "2",
        "dissatisfied-case": "1",
        "total-cases": "2",
        "key-case-answered": "2",
        "adopted-clue": "0.5",
    },
)


async def counted_in_log(
    connection: asyncpg.Connection | asyncpg.Pool, district: str, year: int, choices: Choices
) -> dict[str, str]:
    """Every figure that the summary may print, by its key, as it is printed."""
    rows = await connection.fetch(
        COUNTING,
        district,
        year,
        json.dumps(dict(choices.formulas)),
        list(choices.satisfied),
        json.dumps(dict(choices.points)),
    )
    return {row["key"]: row["printed"] for row in rows}
