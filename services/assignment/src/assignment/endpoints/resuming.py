"""Letting the clock of a part run again, where the upper level's limit is at hand."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from assignment.commands import ResumeHandling
from assignment.endpoints.dispatching import DispatchDesk
from contracts.command import Day, Id, Line
from hosting.commanding import IdempotencyKey, Keyed, Receipt, SeenPosition, give_command
from hosting.signing import SignedIn, require_role


class Resumption(BaseModel):
    """Whose clock runs again, and since when."""

    model_config = ConfigDict(extra="forbid")

    proposal_id: Id
    unit: Line
    resumed_on: Day


async def resumption(desk: DispatchDesk, district: str, body: Resumption) -> ResumeHandling:
    """The command that a resumption asks for, whether it is given or only foreseen."""
    file = await desk.find(district, body.proposal_id)
    above = file.handed_down if file else None
    return ResumeHandling(
        at=desk.clock(),
        proposal_id=body.proposal_id,
        unit=body.unit,
        resumed_on=body.resumed_on,
        upper_due_on=above.due_on if above else None,
    )


def resuming_routes(desk: DispatchDesk) -> APIRouter:
    router = APIRouter(tags=["commands"])

    @router.post("/districts/{district}/commands/resume-handling")
    async def resume_handling(
        district: str,
        body: Resumption,
        actor: SignedIn,
        idempotency_key: IdempotencyKey = None,
        seen_position: SeenPosition = None,
    ) -> Receipt:
        """Let the clock run again (恢复办理)."""
        require_role(actor, ResumeHandling.may)
        command = await resumption(desk, district, body)
        keyed = Keyed(idempotency_key, body)
        return await give_command(
            desk.handling.handle, district, actor, command, keyed, seen_position
        )

    return router
