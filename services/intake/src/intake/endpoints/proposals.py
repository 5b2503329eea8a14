"""Questions about proposals and districts."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from contracts.command import Id, Year
from contracts.directory import District
from contracts.identity import Actor
from contracts.intake import ProposalReceived
from contracts.shown import Shown
from contracts.vocabulary import ProposalCategory
from eventlog import EventLog, Recorded
from hosting.as_of import AskedState, Views
from hosting.directories import Directories
from hosting.history import History, history_of, recorded_by_then
from hosting.problems import NotFound
from hosting.reading_rights import Reach, reach_of, wrote
from hosting.signing import SignedIn
from intake.projections.reading import (
    ProposalView,
    as_published,
    find_proposal,
    may_see,
    proposals_of_year,
)

UNCATEGORISED = "uncategorised"
Category = ProposalCategory | Literal["uncategorised"]
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
        district: str,
        year: Year,
        actor: SignedIn,
        asked: AskedState,
        category: Category | None = None,
    ) -> ProposalList:
        """The proposals of a year, all or those of a category; «uncategorised» are those without one."""
        wanted = "" if category == UNCATEGORISED else category
        async with views.of(district, asked) as view:
            found = await proposals_of_year(view.source, year, actor, wanted)
        reach = await reach_of(log, district, [each.proposal_id for each in found], actor)
        return ProposalList(
            proposals=[
                _shown(each, reach.get(each.proposal_id))
                for each in found
                if each.is_written or each.proposal_id in reach
            ],
            shown=view.shown,
        )

    @router.get("/districts/{district}/proposals/{proposal_id}")
    async def one_proposal(
        district: str, proposal_id: Id, actor: SignedIn, asked: AskedState
    ) -> OneProposal:
        async with views.of(district, asked) as view:
            found = await find_proposal(view.source, proposal_id)
            is_seen = await may_see(view.source, proposal_id, actor)
        how_much = await _reach(log, district, found, actor) if found and is_seen else None
        if found is None or how_much is None:
            raise NotFound(f"提案“{proposal_id}”", f"proposal {proposal_id!r}")
        return OneProposal(**dict(_shown(found, how_much)), shown=view.shown)

    @router.get("/districts/{district}/proposals/{proposal_id}/events")
    async def history(
        district: str, proposal_id: Id, actor: SignedIn, asked: AskedState
    ) -> History:
        events = await log.read_stream(district, f"proposal-{proposal_id}")
        async with views.of(district, asked) as view:
            found = await find_proposal(view.source, proposal_id)
            is_seen = await may_see(view.source, proposal_id, actor)
        how_much = (
            await _reach(log, district, found, actor)
            if found
            else await _reach_without_row(log, district, proposal_id, events, actor)
        )
        if not is_seen or how_much is None:
            raise NotFound(f"提案“{proposal_id}”", f"proposal {proposal_id!r}")
        is_whole = how_much is Reach.WHOLE
        return history_of(recorded_by_then(events, view.shown) if is_whole else ())

    return router


def _shown(proposal: ProposalView, reach: Reach | None) -> ProposalView:
    return as_published(proposal) if reach is Reach.PUBLISHED else proposal


async def _reach(log: EventLog, district: str, found: ProposalView, actor: Actor) -> Reach | None:
    """A draft has readers of its own; anything else is read as `reach_of` says."""
    if found.is_written:
        return Reach.WHOLE
    return (await reach_of(log, district, [found.proposal_id], actor)).get(found.proposal_id)


async def _reach_without_row(
    log: EventLog, district: str, proposal_id: str, events: Sequence[Recorded], actor: Actor
) -> Reach | None:
    """While nothing is known of a proposal but its events, a draft is its author's alone."""
    if any(each.type == ProposalReceived.type for each in events):
        return (await reach_of(log, district, [proposal_id], actor)).get(proposal_id)
    return Reach.WHOLE if wrote(events, actor) else None
