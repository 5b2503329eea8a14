"""A reader that goes by positions misses nothing; one that goes by an identity column does."""

import asyncpg

from tests.faults.conftest import Trial
from tests.faults.reporting import Row, percentile
from tests.faults.writers import (
    BY_IDENTITY,
    Scene,
    append_to_log,
    append_to_table,
    heads_of_log,
    heads_of_table,
    play,
    reading_log,
    reading_table,
)

DISTRICTS = [f"d{number}" for number in range(20)]


async def test_nothing_is_missed_doubled_or_out_of_order(database: str, trial: Trial) -> None:
    writers, seconds = (64, 60.0) if trial.is_full else (16, 2.0)
    async with asyncpg.create_pool(database, min_size=1, max_size=2) as pool:
        await pool.execute(BY_IDENTITY)
        by_position = Scene(
            writers, DISTRICTS, seconds, append_to_log, heads_of_log(pool), reading_log(pool)
        )
        crowd = await play(database, trial.choice, by_position)
        few = min(seconds, 6.0)
        by_identity = Scene(
            writers, DISTRICTS[:2], few, append_to_table, heads_of_table(pool), reading_table(pool)
        )
        control = await play(database, trial.choice, by_identity)
    lags = crowd.lags
    trial.keep(
        Row(
            fault="writers",
            cycles=len(crowd.committed) + crowd.rolled_back,
            fired=crowd.rolled_back,
            acknowledged=len(crowd.committed),
            lost=crowd.missed,
            doubled=crowd.twice,
            p50=percentile(lags, 0.5),
            p99=percentile(lags, 0.99),
            control=f"identity 游标：漏读 missed {control.missed:,} / {len(control.committed):,}",
            note=(
                f"次数=写入，实际发生=回滚，恢复=读者滞后；次序错误 {crowd.out_of_order}；外来事务 {seconds:.0f} 秒。"
                f" Cycles are writes, fired are rollbacks, back is the reader's lag; {crowd.out_of_order} out of order;"
                f" the foreign transaction was open for {seconds:.0f} s."
            ),
        )
    )
    assert crowd.rolled_back > 0
    assert (crowd.missed, crowd.twice, crowd.out_of_order) == (0, 0, 0)
    assert control.missed > 0, "the control did not go wrong"
    assert percentile(lags, 0.99) < seconds / 2, "the reader waits for the foreign transaction"
