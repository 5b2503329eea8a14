"""What a caller is told when the log cannot take what it sent."""

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from eventlog import LogBusy, LogUnavailable
from eventlog.refusing import TooManyReplays
from hosting.problems import add_problems


@pytest.mark.parametrize("error", [LogBusy, LogUnavailable, TooManyReplays])
async def test_a_log_that_is_busy_or_away_asks_to_come_again(error: type[Exception]) -> None:
    app = FastAPI()
    add_problems(app)

    @app.post("/")
    async def endpoint() -> None:
        raise error

    async with AsyncClient(transport=ASGITransport(app), base_url="http://tian") as client:
        answer = await client.post("/")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    told = answer.json()
    assert told["title"] == error.__name__
    assert told["detail"]
    assert told["detail_en"]
