"""`tian rebuild`: computes a read model anew, says what was different, and knows what there is."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from eventlog import EventLog
from eventlog.log import STATEMENTS
from eventlog.rebuilding import LOCK_SPACE
from tests.projections.test_rebuilding import a_year
from tian.failures import NoSuchDistrict, RebuildRefused, UnknownReadModel
from tian.rebuilding import READ_MODELS, find_read_model, rebuild_read_model


@pytest.fixture
async def pool(database: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[asyncpg.Pool]:
    monkeypatch.setenv("DATABASE_URL", database)
    async with asyncpg.create_pool(database, min_size=1, max_size=2) as pool:
        await a_year(EventLog(pool), 3)
        yield pool


@pytest.mark.parametrize("service", READ_MODELS)
async def test_each_read_model_is_rebuilt_and_differences_are_counted(
    pool: asyncpg.Pool, service: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name = READ_MODELS[service][0].name
    assert await rebuild_read_model(service, name, None, 1) == 0
    assert "已重建：1 个区，6 条事件" in (said := capsys.readouterr().out)
    assert "写入" in said
    assert await rebuild_read_model(service, None, "longgang", 1) == 0
    assert "原数据与日志完全一致" in capsys.readouterr().out


async def test_a_rebuild_that_runs_already_is_not_begun_twice(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as other:
        await other.fetchval(STATEMENTS["try_rebuild"], LOCK_SPACE, "evaluation")
        with pytest.raises(RebuildRefused, match="正在重建"):
            await rebuild_read_model("evaluation", None, None, 1)


async def test_a_district_without_a_log_is_refused(pool: asyncpg.Pool) -> None:
    with pytest.raises(NoSuchDistrict, match="nowhere"):
        await rebuild_read_model("evaluation", None, "nowhere", 1)


@pytest.mark.parametrize(("service", "name"), [("console", None), ("evaluation", "cases")])
def test_what_is_no_read_model_is_refused_with_those_there_are(
    service: str, name: str | None
) -> None:
    with pytest.raises(UnknownReadModel, match="evaluation scores"):
        find_read_model(service, name)
