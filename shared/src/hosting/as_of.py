"""Answers as of an earlier moment: what was asked, which position it means, and the rows of then."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Depends, Query

from contracts.shown import Shown, end_of
from contracts.vocabulary import CHINA
from eventlog.log import STATEMENTS
from eventlog.readmodels import Source
from eventlog.replaying import Readings
from hosting.clock import Clock
from hosting.problems import BadQuestion

POSITION = re.compile(r"[0-9]{1,18}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class MomentNotUnderstood(BadQuestion):
    """“{asked}”不是日期、时刻或日志位次。请写成 2024-09-30、2024-09-30T18:00:00+08:00，或位次如 1200。"""

    english = (
        "{asked!r} is no date, moment or position of the log. Write 2024-09-30, "
        "2024-09-30T18:00:00+08:00, or a position such as 1200."
    )


class MomentInTheFuture(BadQuestion):
    """“{asked}”还没有到，无从显示。请选今天或以前的日期。"""

    english = (
        "{asked} has not come yet, so there is nothing to show. Choose today or an earlier day."
    )


class PositionBeyondTheLog(BadQuestion):
    """日志只到第 {head} 条，没有第 {asked} 条。请用不大于 {head} 的位次。"""

    english = "The log ends at position {head}; there is no {asked} yet. Use one up to {head}."


@dataclass(frozen=True)
class Asked:
    """The state that a question is about, as it was typed; nothing for that of now."""

    as_of: Annotated[
        str,
        Query(max_length=40, description="日期、时刻或日志位次：按记录时间 / by recording"),
    ] = ""
    happened_by: Annotated[
        str, Query(max_length=40, description="日期或时刻：按发生时间 / by when it happened")
    ] = ""


AskedState = Annotated[Asked, Depends()]


@dataclass(frozen=True)
class View:
    """The rows that a question is answered from, and which state they are of."""

    source: Source
    shown: Shown


class Views:
    """Finds the rows that a question is about."""

    def __init__(self, readings: Readings, clock: Clock) -> None:
        self._readings = readings
        self._clock = clock

    def stored(self, district: str) -> Source:
        """The rows of now, for a question that one table answers."""
        return self._readings.stored(district)

    @asynccontextmanager
    async def of(self, district: str, asked: Asked) -> AsyncIterator[View]:
        """The rows of the state that is asked for, until the block ends.

        Raises MomentNotUnderstood, MomentInTheFuture or PositionBeyondTheLog.
        """
        if asked.as_of.strip() or asked.happened_by.strip():
            yield await self._past(district, asked.as_of.strip(), asked.happened_by.strip())
            return
        async with self._readings.now(district) as reading:
            shown = Shown(position=reading.position, behind=reading.behind)
            yield View(reading.source, shown)

    async def _past(self, district: str, as_of: str, happened_by: str) -> View:
        now = self._clock()
        by = read_moment(happened_by, now) if happened_by else None
        position, moment = await self._position(district, as_of, now)
        reading = await self._readings.as_of(district, position, _whole_day(happened_by, by))
        recorded_at = await self._readings.pool.fetchval(
            STATEMENTS["recorded_time"], district, position
        )
        shown = Shown(
            position=position,
            recorded_at=recorded_at,
            is_past=True,
            as_of=moment,
            happened_by=by,
        )
        return View(reading.source, shown)

    async def _position(
        self, district: str, as_of: str, now: datetime
    ) -> tuple[int, datetime | None]:
        pool = self._readings.pool
        if as_of and not POSITION.fullmatch(as_of):
            moment = read_moment(as_of, now)
            return await pool.fetchval(STATEMENTS["position_at"], district, moment), moment
        head = await pool.fetchval(STATEMENTS["head"], district) or 0
        if not as_of:
            return head, None
        if int(as_of) > head:
            raise PositionBeyondTheLog(asked=as_of, head=head)
        return int(as_of), None


def _whole_day(asked: str, moment: datetime | None) -> datetime | None:
    """The end of the day, where one was asked for, today too: nobody records what is still to come.

    Today as far as it has got would be another state with each question, replayed each time.
    """
    if moment is None or not DAY.fullmatch(asked):
        return moment
    return end_of(moment.astimezone(CHINA).date())


def read_moment(asked: str, now: datetime) -> datetime:
    """The end of a day in China, or a moment; one without a zone is China's.

    Raises MomentNotUnderstood or MomentInTheFuture.
    """
    try:
        if DAY.fullmatch(asked):
            day = date.fromisoformat(asked)
            if day == now.astimezone(CHINA).date():
                return now.astimezone(UTC)
            moment = end_of(day)
        else:
            moment = datetime.fromisoformat(asked)
            moment = (moment if moment.tzinfo else moment.replace(tzinfo=CHINA)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise MomentNotUnderstood(asked=asked) from error
    if moment > now:
        raise MomentInTheFuture(asked=asked)
    return moment
