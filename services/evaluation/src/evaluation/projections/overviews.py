"""The figures of districts in brief, kept beside their facts: of which position, and whether outdated.

They are computed from the rows of one snapshot and written with the version of those rows, so that
they are known to be outdated as soon as a follower or a rebuild has changed any of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import asyncpg
from pydantic_core import from_json, to_json

from contracts.city import RateTerms, ScoreInBrief, YearInBrief
from contracts.vocabulary import Satisfaction
from eventlog.readmodels import Source, Table
from eventlog.statements import load_statements
from hosting.release import release

STATEMENTS = load_statements("evaluation")
FOLLOWER = "evaluation"
PROGRAM = release()
YEARS_KEPT = 20_000
SCORE_COLUMNS = (
    "rulebook_id",
    "rulebook_version",
    "rulebook_title",
    "rulebook_title_en",
    "score",
    "pending",
)


@dataclass(slots=True)
class Mark:
    """How far the facts of a district have come, and the transaction that brought them there."""

    follower: str
    position: int
    xmin: int


@dataclass(slots=True)
class CaseYear:
    """The year that a case belongs to."""

    proposal_id: str
    year: int


KeptRows: TypeAlias = "Sequence[asyncpg.Record]"

MARKS = Table("log.checkpoint", Mark, ("follower",))
CASE_YEARS = Table("evaluation.case_fact", CaseYear, ("proposal_id",))


@dataclass(frozen=True, slots=True)
class Kept:
    """A year in brief as it is kept, None without cases; no position where nothing was computed."""

    brief: YearInBrief | None
    position: int | None
    behind: int


async def mark_of(source: Source) -> Mark:
    """The mark of the rows that a source shows; position 0 where nothing was followed yet."""
    for mark in await source.rows(MARKS, follower=FOLLOWER):
        return mark
    return Mark(FOLLOWER, 0, 0)


async def years_with_cases(source: Source) -> list[int]:
    return sorted({row.year for row in await source.rows(CASE_YEARS)})


class Overviews:
    """The tables that hold the figures in brief."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def outdated(self, districts: Sequence[str] | None) -> list[str]:
        """Those of the districts, None for all, whose figures are not those of now; the oldest first."""
        rows = await self._pool.fetch(
            STATEMENTS["outdated_overviews"], FOLLOWER, PROGRAM, _listed(districts)
        )
        return [row["district"] for row in rows]

    async def put(self, district: str, mark: Mark, years: Sequence[YearInBrief]) -> bool:
        """Keep the years of a district as they were when it had this mark; false if newer ones are kept."""
        document = to_json([_row(district, brief) for brief in years]).decode()
        async with self._pool.acquire() as connection, connection.transaction():
            taken = await connection.fetchval(
                STATEMENTS["take_overview"], district, mark.position, f"{mark.xmin}/{PROGRAM}"
            )
            if taken is None:
                return False
            await connection.execute(STATEMENTS["drop_year_overviews"], district)
            await connection.execute(STATEMENTS["put_year_overviews"], document)
        return True

    async def of_year(self, year: int, districts: Sequence[str] | None) -> KeptRows:
        """What is kept of a year, as it lies in the tables; only districts that have a log."""
        return await self._pool.fetch(
            STATEMENTS["overviews_of_year"], FOLLOWER, PROGRAM, year, _listed(districts)
        )

    async def of_district(self, district: str) -> list[Kept]:
        """What is kept of a district, year by year."""
        rows = await self._pool.fetch(
            STATEMENTS["overviews_of_district"], FOLLOWER, PROGRAM, district
        )
        return [Kept(_brief(row["year"], row), row["position"], row["behind"]) for row in rows]


def read_year(year: int, rows: KeptRows) -> dict[str, Kept]:
    """What such rows say, by district."""
    return {
        row["district"]: Kept(
            _brief(year, row) if row["has_cases"] else None, row["position"], row["behind"]
        )
        for row in rows
    }


def _listed(districts: Sequence[str] | None) -> list[str] | None:
    return None if districts is None else list(districts)


def _row(district: str, brief: YearInBrief) -> dict[str, Any]:
    score = brief.score
    kept: dict[str, Any] = {
        "district": district,
        "year": brief.year,
        "total": brief.total,
        "satisfied": [level.value for level in brief.satisfied],
        "rates": [
            [each.id, each.formula, each.numerator, each.denominator, list(each.levels)]
            for each in brief.rates
        ],
        "pending": 0,
    }
    if score is None:
        return kept
    return kept | {
        "rulebook_id": score.rulebook_id,
        "rulebook_version": score.rulebook_version,
        "rulebook_title": score.rulebook_title,
        "rulebook_title_en": score.rulebook_title_en,
        "score": str(score.total),
        "pending": score.pending,
    }


def _brief(year: int, row: asyncpg.Record) -> YearInBrief:
    score = None if row["score"] is None else tuple(row[name] for name in SCORE_COLUMNS)
    return _read(year, row["total"], tuple(row["satisfied"]), row["rates"], score)


@lru_cache(YEARS_KEPT)
def _read(
    year: int,
    total: int,
    satisfied: tuple[str, ...],
    rates: str,
    score: tuple[Any, ...] | None,
) -> YearInBrief:
    """Of a thousand districts few have changed since the last time."""
    return YearInBrief(
        year=year,
        total=total,
        satisfied=tuple(Satisfaction(code) for code in satisfied),
        rates=tuple(map(_terms, from_json(rates))),
        score=None if score is None else ScoreInBrief(*score),
    )


def _terms(kept: list[Any]) -> RateTerms:
    """What an older program kept names no levels."""
    rate, formula, numerator, denominator, *levels = kept
    named = tuple(Satisfaction(code) for code in (levels or [[]])[0])
    return RateTerms(rate, formula, numerator, denominator, named)
