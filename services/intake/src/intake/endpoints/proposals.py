"""Questions about proposals and districts."""

from types import MappingProxyType

from fastapi import APIRouter
from pydantic import BaseModel

from contracts.command import Command, Id, Year
from contracts.directory import District
from contracts.identity import Actor, MayNot
from contracts.vocabulary import ActorRole
from eventlog import EventLog
from hosting.directories import Directories
from hosting.history import History, history_of
from hosting.problems import NotFound
from hosting.signing import SignedIn
from intake.commands import MergeProposal, ReceiveProposal, WithdrawProposal
from intake.decisions.refusals import MergeTargetOver, MergeTargetUnknown
from intake.projections import Proposals, ProposalView


class ProposalList(BaseModel):
    """The proposals of a district's year."""

    proposals: list[ProposalView]


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


async def only_into_open_proposals(proposals: Proposals, district: str, command: Command) -> None:
    """Nothing is merged into a proposal that nobody handles. Raises MergeTargetUnknown or -Over.

    What is merged already is left to the rules, which know a repetition.
    """
    if not isinstance(command, MergeProposal):
        return
    source = await proposals.find(district, command.proposal_id)
    if source is not None and source.state in ENDED_STATES:
        return
    target = await proposals.find(district, command.into_proposal_id)
    if target is None:
        raise MergeTargetUnknown(into_proposal_id=command.into_proposal_id)
    if target.state in ENDED_STATES:
        chinese, english = ENDED_STATES[target.state]
        raise MergeTargetOver(
            into_proposal_id=target.proposal_id, state=chinese, state_in_english=english
        )


async def only_own_proposals(
    proposals: Proposals, district: str, actor: Actor, command: Command
) -> None:
    """Proposers hand in in their own name, and withdraw what is their own. Raises MayNot."""
    if actor.role is not ActorRole.PROPOSER:
        return
    if isinstance(command, ReceiveProposal) and actor.name not in command.proposers:
        raise MayNot
    if isinstance(command, WithdrawProposal) and not await proposals.is_proposer(
        district, command.proposal_id, actor
    ):
        raise MayNot


def proposal_routes(proposals: Proposals, log: EventLog, directories: Directories) -> APIRouter:
    router = APIRouter(tags=["proposals"])

    @router.get("/districts")
    async def districts(actor: SignedIn) -> DistrictList:
        years = await proposals.years()
        return DistrictList(
            districts=[
                DistrictView(
                    code=district.code,
                    name=district.name,
                    name_en=district.name_en,
                    years=years.get(district.code, []),
                )
                for district in directories
                if actor.is_of(district.code)
            ]
        )

    @router.get("/districts/{district}")
    async def one_district(district: str, actor: SignedIn) -> District:
        return directories.find(district)

    @router.get("/districts/{district}/proposals")
    async def proposals_of_year(district: str, year: Year, actor: SignedIn) -> ProposalList:
        return ProposalList(proposals=await proposals.of_year(district, year))

    @router.get("/districts/{district}/proposals/{proposal_id}")
    async def one_proposal(district: str, proposal_id: Id, actor: SignedIn) -> ProposalView:
        found = await proposals.find(district, proposal_id)
        if found is None:
            raise NotFound(f"提案“{proposal_id}”", f"proposal {proposal_id!r}")
        return found

    @router.get("/districts/{district}/proposals/{proposal_id}/events")
    async def history(district: str, proposal_id: Id, actor: SignedIn) -> History:
        return history_of(await log.read_stream(district, f"proposal-{proposal_id}"))

    return router
