"""Clients that hand in proposals and take some back, and ask again until they are answered."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from contracts.vocabulary import ActorRole
from tests.faults.acknowledged import Asked, Notebook
from tests.faults.machine import Machine

CLIENTS = 4
PAUSE_SECONDS = 0.15
ASK_AGAIN_SECONDS = 0.1
ANSWER_SECONDS = 10.0
TAKEN_BACK = 0.4
NOT_NOW = frozenset({502, 503, 504})


class Driver:
    """Gives commands over HTTP to intake while the test breaks things."""

    def __init__(
        self, machine: Machine, districts: Sequence[str], notebook: Notebook, choice: random.Random
    ) -> None:
        self.districts = list(districts)
        self.notebook = notebook
        self._machine = machine
        self._choice = choice
        self._is_over = asyncio.Event()

    async def run(self) -> None:
        """Give commands until told to stop; then wait for the last answers."""
        limits = httpx.Limits(max_keepalive_connections=CLIENTS)
        async with (
            httpx.AsyncClient(
                headers=self._machine.headers(ActorRole.COMMITTEE),
                timeout=ANSWER_SECONDS,
                limits=limits,
            ) as client,
            asyncio.TaskGroup() as together,
        ):
            for _ in range(CLIENTS):
                together.create_task(self._give_commands(client))

    def stop(self) -> None:
        self._is_over.set()

    async def _give_commands(self, client: httpx.AsyncClient) -> None:
        while not self._is_over.is_set():
            district = self._choice.choice(self.districts)
            proposal_id = f"p-{self._new_key()}"
            await self._until_answered(
                client, self._asked(district, "receive-proposal", proposal_id)
            )
            if self._choice.random() < TAKEN_BACK:
                await self._until_answered(
                    client, self._asked(district, "withdraw-proposal", proposal_id)
                )
            await asyncio.sleep(self._choice.random() * 2 * PAUSE_SECONDS)

    def _asked(self, district: str, command: str, proposal_id: str) -> Asked:
        return Asked(self._new_key(), district, command, proposal_id)

    def _new_key(self) -> str:
        return str(UUID(int=self._choice.getrandbits(128)))

    async def _until_answered(self, client: httpx.AsyncClient, asked: Asked) -> None:
        self.notebook.ask(asked)
        while True:
            self.notebook.tries += 1
            answer = await self._answer(client, asked)
            if answer is not None:
                self.notebook.acknowledge(asked, answer)
                return
            await asyncio.sleep(ASK_AGAIN_SECONDS)

    async def _answer(self, client: httpx.AsyncClient, asked: Asked) -> dict[str, Any] | None:
        """The answer; None where there was none and nobody knows what happened."""
        url = f"{self._machine.url('intake')}/districts/{asked.district}/commands/{asked.command}"
        try:
            response = await client.post(
                url, json=body_of(asked), headers={"idempotency-key": asked.key}
            )
        except httpx.TransportError:
            return None
        if response.status_code in NOT_NOW:
            return None
        assert response.status_code == 200, response.text
        found: dict[str, Any] = response.json()
        return found


def body_of(asked: Asked) -> dict[str, Any]:
    if asked.command == "withdraw-proposal":
        return {"proposal_id": asked.proposal_id, "reason": "提案人收回"}
    return {
        "proposal_id": asked.proposal_id,
        "year": 2024,
        "title": f"关于{asked.proposal_id}的提案",
        "form": "individual",
        "proposers": ["委员甲"],
        "fabricated": True,
    }


@asynccontextmanager
async def driving(
    machine: Machine, folder: Path, choice: random.Random, *, districts: int = 3
) -> AsyncIterator[Driver]:
    """Commands are given while the block runs; at its end every one of them has been answered."""
    names = machine.new_districts(districts)
    notebook = Notebook(folder / f"{names[0]}.jsonl")
    driver = Driver(machine, names, notebook, choice)
    running = asyncio.create_task(driver.run())
    try:
        yield driver
        driver.stop()
        await running
    finally:
        running.cancel()
        await asyncio.wait({running})
        notebook.close()
