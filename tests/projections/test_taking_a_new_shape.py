"""When a migration changes what a read model holds, its rows are computed from the log again."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from evaluation.projections.scores import SCORES
from eventlog import EventLog
from eventlog.migrating import migrate, migrations_of
from tests.projections.dumping import dump, follow
from tests.projections.histories import A_COURSE, D, record_at_once
from tian.postgres import create_database, drop_database

NEW = "0008_signing_limits.sql"

AN_OLD_ROW = """
insert into evaluation.assignment_fact (district, proposal_id, unit, role, reporting, dispatched_on,
  due_on, due_rule, dispatched_position, recorded_live, contacts, opinion_waived, result_class, own,
  first_due_on, by_proxy, moved, extended, drafts_sent_back, opinions_sent_back, chased, results)
values ('longgang', '1', 'u', 'lead', true, '2024-03-01', '2024-06-30', 'r', 1, true, '[]', false, '',
  true, '2024-06-30', false, '[]', '[]', '[]', '[]', '[]', '[]')
"""
HAS_COME = """
insert into log.checkpoint (follower, district, position)
select follower, $1, 7 from unnest(array['evaluation', 'evaluation.reactions', 'intake']) follower
"""


@pytest.fixture
async def older(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    """A database before the migration."""
    address = postgres_url.rsplit("/", 1)[0] + "/tian_older"
    await create_database(postgres_url, "tian_older", template="template0")
    with monkeypatch.context() as before:
        before.setattr(
            "eventlog.migrating.migrations_of",
            lambda package: [
                each for each in migrations_of(package) if package != "evaluation" or each[0] < NEW
            ],
        )
        await migrate(address)
    yield address
    await drop_database(postgres_url, "tian_older")


async def test_the_follower_begins_again_and_its_reactions_go_on(older: str) -> None:
    async with asyncpg.create_pool(older, min_size=1, max_size=4) as pool:
        await record_at_once(EventLog(pool), A_COURSE)
        await pool.execute(AN_OLD_ROW)
        await pool.execute(HAS_COME, D)
    await migrate(older)
    async with asyncpg.create_pool(older, min_size=1, max_size=4) as pool:
        checkpoints = await pool.fetch("select follower from log.checkpoint order by 1")
        assert [row[0] for row in checkpoints] == ["evaluation.reactions", "intake"]
        assert await pool.fetchval("select count(*) from evaluation.assignment_fact") == 0
        await follow(pool, SCORES, D, 1000)
        assert len((await dump(pool))["evaluation.case_fact"]) == 3


async def test_a_process_of_before_cannot_write_half_a_row(older: str) -> None:
    await migrate(older)
    async with asyncpg.create_pool(older, min_size=1, max_size=4) as pool:
        with pytest.raises(asyncpg.NotNullViolationError):
            await pool.execute(AN_OLD_ROW)
