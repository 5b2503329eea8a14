"""An operator sees what a service could not take, has it tried again, and passes by what never will be."""

import asyncio
from typing import Any

import asyncpg

from contracts.vocabulary import ActorRole
from tests.journeys.conftest import PATIENCE_SECONDS, Town

FAULT = """
create function refuse_all() returns trigger language plpgsql as
  $$ begin raise exception 'no room'; end $$;
create trigger fault before insert on intake.proposal for each row execute function refuse_all();
"""


async def shown(town: Town) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not (progress := await town.ask("intake", "/log"))["dead_letters"]:
            await asyncio.sleep(0.1)
    return progress


async def test_a_dead_letter_is_shown_retried_and_passed_by(
    town: Town, connection: asyncpg.Connection
) -> None:
    await connection.execute(FAULT)
    proposal = {"proposal_id": "p-1", "year": 2024, "title": "试办", "form": "individual"}
    body = proposal | {"proposers": ["委员甲"]}
    assert (await town.give("intake", "receive-proposal", body)).status_code == 200
    (letter,) = (await shown(town))["dead_letters"]
    assert (letter["follower"], letter["position"], letter["refused"]) == ("intake", 1, False)
    assert "no room" in letter["reason"]

    async def settle(what: str, headers: dict[str, str], **fields: str) -> int:
        path = f"/districts/{town.district}/dead-letters/intake/1/{what}"
        return (await town.intake.post(path, json=fields, headers=headers)).status_code

    operator = town.as_(ActorRole.OPERATOR, name="赵工")
    assert await settle("retry", town.as_(ActorRole.UNIT, unit="区住房建设局")) == 403
    assert await settle("retry", operator) == 409
    assert await settle("pass", operator, why=" ") == 422
    assert await settle("pass", operator, why="试录，不再处理") == 200
    assert await settle("pass", operator, why="试录，不再处理") == 404

    await town.settle()
    progress = await town.ask("intake", "/log")
    assert progress["dead_letters"] == []
    (passed,) = progress["passed_by"]
    assert (passed["why"], passed["decided_by_name"]) == ("试录，不再处理", "赵工")
