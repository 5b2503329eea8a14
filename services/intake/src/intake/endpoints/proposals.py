"""Questions about proposals and districts."""

from collections.abc import Awaitable, Callable
from types import MappingProxyType

from fastapi import APIRouter
from pydantic import BaseModel

from contracts.command import Command, Id, Year
from contracts.directory import District
from contracts.identity import Actor, MayNot
from contracts.shown import Shown
from contracts.vocabulary import ActorRole
from eventlog import EventLog
from eventlog.readmodels import Source
from hosting.as_of import AskedState, Views
from hosting.directories import Directories
from hosting.history import History, history_of, recorded_by_then
from hosting.problems import NotFound
from hosting.signing import SignedIn
from intake.commands import MergeProposal, ReceiveProposal, WithdrawProposal
from intake.decisions.refusals import MergeTargetOver, MergeTargetUnknown
from intake.projections.reading import (
    ProposalView,
    find_proposal,
    is_proposer,
    proposals_of_year,
)

YearsOf = Callable[[], Awaitable[dict[str, list[int]]]]


class ProposalList(BaseModel):
    """The proposals of a district's year."""

    proposals: list[ProposalView]
    shown: Shown


class OneProposal(ProposalView):
    """One proposal, and the state of the log that it is shown in."""

    shown: Shown


class DistrictView(BaseModel):
    """A district and the years it has proposals in."""

    code: str
    name: str
    name_en: str
    years: list[int]


class DistrictList(BaseModel):
    """The districts that the actor may see."""

    districts: list[DistrictView]


ENDED_STATES = MappingProxyType(
    {
        "refused": ("作不予立案处理", "refused"),
        "merged": ("并案", "merged itself"),
        "withdrawn": ("撤案", "withdrawn"),
    }
)


async def only_into_open_proposals(stored: Source, command: Command) -> None:
    """Nothing is merged into a proposal that nobody handles. Raises MergeTargetUnknown or -Over.

    What is merged already is left to the rules, which know a repetition.
    """
    if not isinstance(command, MergeProposal):
        return
    source = await find_proposal(stored, command.proposal_id)
    if source is not None and source.state in ENDED_STATES:
        return
    target = await find_proposal(stored, command.into_proposal_id)
    if target is None:
        raise MergeTargetUnknown(into_proposal_id=command.into_proposal_id)
    if target.state in ENDED_STATES:
        chinese, english = ENDED_STATES[target.state]
        raise MergeTargetOver(
            into_proposal_id=target.proposal_id, state=chinese, state_in_english=english
        )


async def only_own_proposals(stored: Source, actor: Actor, command: Command) -> None:
    """Proposers hand in in their own name, and withdraw what is their own. Raises MayNot."""
    if actor.role is not ActorRole.PROPOSER:
        return
    if isinstance(command, ReceiveProposal) and actor.name not in command.proposers:
        raise MayNot
    if isinstance(command, WithdrawProposal) and not await is_proposer(
        stored, command.proposal_id, actor
    ):
        raise MayNot


def proposal_routes(
    views: Views, log: EventLog, directories: Directories, years_of: YearsOf
) -> APIRouter:
    router = APIRouter(tags=["proposals"])

    @router.get("/districts")
    async def districts(actor: SignedIn) -> DistrictList:
        years = await years_of()
        return DistrictList(
            districts=[
                DistrictView(
                    code=district.code,
                    name=district.name,
                    name_en=district.name_en,
                    years=years.get(district.code, []),
                )
                for district in directories
                if actor.reads(district.code)
            ]
        )

    @router.get("/districts/{district}")
    async def one_district(district: str, actor: SignedIn) -> District:
        return directories.find(district)

    @router.get("/districts/{district}/proposals")
    async def list_proposals(
        district: str, year: Year, actor: SignedIn, asked: AskedState
    ) -> ProposalList:
        async with views.of(district, asked) as view:
            found = await proposals_of_year(view.source, year)
        return ProposalList(proposals=found, shown=view.shown)

    @router.get("/districts/{district}/proposals/{proposal_id}")
    async def one_proposal(
        district: str, proposal_id: Id, actor: SignedIn, asked: AskedState
    ) -> OneProposal:
        async with views.of(district, asked) as view:
            found = await find_proposal(view.source, proposal_id)
        if found is None:
            raise NotFound(f"提案“{proposal_id}”", f"proposal {proposal_id!r}")
        return OneProposal(**dict(found), shown=view.shown)

    @router.get("/districts/{district}/proposals/{proposal_id}/events")
    async def history(
        district: str, proposal_id: Id, actor: SignedIn, asked: AskedState
    ) -> History:
        events = await log.read_stream(district, f"proposal-{proposal_id}")
        async with views.of(district, asked) as view:
            return history_of(recorded_by_then(events, view.shown))

    return router
