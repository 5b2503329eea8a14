"""What a proposer is told who writes a proposal in the name of somebody else."""

from typing import cast

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from contracts.identity import Actor
from contracts.vocabulary import ActorRole, ProposalForm
from eventlog import EventLog
from eventlog.readmodels import Source
from hosting.clock import system_clock
from hosting.problems import add_problems
from intake.commands import SaveDraft
from intake.endpoints.guarding import only_own_proposals

PROPOSER = Actor(subject="you", name="游宇", role=ActorRole.PROPOSER, district="longgang")
NO_LOG = cast("EventLog", None)
NO_SOURCE = cast("Source", None)  # nothing is looked up before the name is


async def test_who_writes_for_others_only_is_told_whose_name_belongs_there() -> None:
    app = FastAPI()
    add_problems(app)

    @app.post("/")
    async def save_draft() -> None:
        command = SaveDraft(
            at=system_clock(),
            proposal_id="2026-1",
            year=2026,
            title="关于加装电梯的提案",
            form=ProposalForm.INDIVIDUAL,
            proposers=("甲", "乙"),
        )
        await only_own_proposals(NO_LOG, "longgang", NO_SOURCE, PROPOSER, command)

    async with AsyncClient(transport=ASGITransport(app), base_url="http://tian") as client:
        answer = await client.post("/")
    told = answer.json()
    assert (answer.status_code, told["detail"]) == (403, "第一提案人须是您本人（游宇）。")
    assert told["detail_en"] == "The first proposer has to be yourself (游宇)."
