"""Every figure of the annual summary of random years is in the raw log, counted by SQL.

The years are the same ones on every run: `derandomize` has Hypothesis draw from the test's own name.
`make years` takes fifty of them, and TIAN_TEST_YEARS any number.
"""

import os
from collections.abc import AsyncIterator
from datetime import date
from itertools import count, repeat

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings

from annual_summary import Letterhead, compose
from contracts.directory import District
from contracts.evaluation import RulebookAdopted
from evaluation.decisions.reporting.registry import DEFINITIONS, report_of
from evaluation.decisions.summarising import facts_of_summary
from evaluation.endpoints.reports import reported_of
from evaluation.endpoints.years import Years, YearState
from evaluation.projections.scores import SCORES
from eventlog import EventLog, Follower, Write
from eventlog.projecting import Projector
from eventlog.replaying import Readings
from hosting.as_of import Asked, Views
from hosting.clock import system_clock
from hosting.directories import Directories
from tests.evaluation.counting_in_log import counted_in_log
from tests.evaluation.random_years import YEAR, RandomYear, Writer, years
from tests.evaluation.reported_in_log import counts_of, reported_in_log

YEARS = int(os.environ.get("TIAN_TEST_YEARS", "12"))
APPENDED_AT_ONCE = 2_000
SAID_IF_ANY = (
    "drafts_sent_back_times",
    "drafts_sent_back_cases",
    "opinions_sent_back",
    "slow_opinions",
    "late_contacts",
    "contacts_mean_days",
)
ON_THE_DAY = date(YEAR, 6, 15)

districts = (f"random-{nth}" for nth in count())


@pytest.fixture
async def pool(database: str) -> AsyncIterator[asyncpg.Pool]:
    async with asyncpg.create_pool(database, min_size=1, max_size=4) as pool:
        yield pool


async def record(log: EventLog, district: str, year: RandomYear) -> None:
    writer = Writer(district, year.seed)
    written = [writer.write(event, imported=told) for event, told in year.happened()]
    if year.rulebook.text:
        adopted = RulebookAdopted(
            year=YEAR, rulebook_id="random", version=1, sha256="", text=year.rulebook.text
        )
        written.append(writer.write(adopted))
    for start in range(0, len(written), APPENDED_AT_ONCE):
        await log.append(district, [Write(written[start : start + APPENDED_AT_ONCE])])


async def state_of(pool: asyncpg.Pool, log: EventLog, district: str) -> YearState:
    """As the service does it: followed from the log into its tables, and read."""
    await Follower(SCORES.follower, pool, log, Projector(SCORES), None).catch_up(district)
    known = Directories({district: District(code=district, name="区", name_en="d", units=())})
    years = Years(Views(Readings(pool, SCORES), system_clock), log, known)
    return await years.of(district, YEAR, Asked())


def printed_in_the_summary(state: YearState) -> dict[str, str]:
    told = state.facts
    facts = facts_of_summary(Letterhead("区"), state.figures, told.assignments, cases=told.cases)
    return {each.key: each.text for each in compose(facts).fields}


@settings(
    max_examples=YEARS,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(year=years)
async def test_every_figure_and_report_of_any_year_equals_a_count_by_sql_over_the_raw_log(
    pool: asyncpg.Pool, year: RandomYear
) -> None:
    log, district = EventLog(pool), next(districts)
    await record(log, district, year)
    state = await state_of(pool, log, district)
    printed = printed_in_the_summary(state)
    by_sql = await counted_in_log(pool, district, YEAR, year.rulebook.choices)
    assert {key: by_sql.get(key) for key in printed} == printed
    assert {key for key in SAID_IF_ANY if by_sql.get(key, "0") != "0"} <= printed.keys()
    assert len(printed) > len(year.rulebook.choices.formulas)
    reported = reported_of(state, ON_THE_DAY)
    assert counts_of(map(report_of, DEFINITIONS, repeat(reported))) == await reported_in_log(
        pool, district, YEAR, ON_THE_DAY
    )
