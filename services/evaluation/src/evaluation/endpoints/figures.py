"""Questions about figures and ratings."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from contracts.command import Command, Id, Year
from contracts.figures import Figures, RulebookList, SideBySide
from contracts.identity import Actor, MayNot
from contracts.refusal import Refused
from contracts.rulebook import Rulebook
from contracts.vocabulary import ActorRole
from evaluation.commands import RateReply, RulebookText
from evaluation.decisions.adopting import read_with_formulas
from evaluation.decisions.beside import side_by_side
from evaluation.decisions.report import compute_figures
from evaluation.endpoints.rulebooks import Rulebooks
from evaluation.projections.reading import Facts, YearFacts
from eventlog import EventLog
from hosting.directories import Directories
from hosting.history import History, history_of
from hosting.rulebooks import adopted_rulebook
from hosting.signing import SignedIn

Choose = Callable[[int], Awaitable[Rulebook]]
RulebookId = Annotated[str, Query(max_length=100)]


class DraftRulebook(BaseModel):
    """A rulebook to try."""

    model_config = ConfigDict(extra="forbid")

    text: RulebookText


def figure_routes(
    facts: Facts, log: EventLog, directories: Directories, rulebooks: Rulebooks
) -> APIRouter:
    router = APIRouter(tags=["figures"])

    @router.get("/rulebooks")
    async def list_rulebooks(actor: SignedIn) -> RulebookList:
        """The rulebooks that are shipped, by their ids."""
        return rulebooks.listed

    async def beside(district: str, year: int, choose: Choose) -> SideBySide:
        directories.find(district)
        of_year = await facts.of_year(district, year)
        adopted = await adopted_rulebook(log, district, year, until=of_year.position)
        other = await choose(of_year.position)
        return side_by_side(
            _computed(district, year, of_year, adopted), _computed(district, year, of_year, other)
        )

    @router.get("/districts/{district}/years/{year}/figures")
    async def figures(
        district: str, year: Year, actor: SignedIn, rulebook: RulebookId | None = None
    ) -> Figures | SideBySide:
        """Counts, rates, score sheet, and what is claimed beside what is computed.

        With the id of another rulebook: the same under both, and what differs.
        """
        if rulebook is not None:
            return await beside(
                district, year, lambda until: rulebooks.find(district, rulebook, until=until)
            )
        directories.find(district)
        of_year = await facts.of_year(district, year)
        adopted = await adopted_rulebook(log, district, year, until=of_year.position)
        return _computed(district, year, of_year, adopted)

    @router.post("/districts/{district}/years/{year}/figures")
    async def figures_under(
        district: str, year: Year, actor: SignedIn, draft: DraftRulebook
    ) -> SideBySide:
        """The figures under a rulebook that comes with the question; nothing is recorded."""

        async def read(until: int) -> Rulebook:
            return read_with_formulas(draft.text)

        return await beside(district, year, read)

    @router.get("/districts/{district}/cases/{proposal_id}/events")
    async def history(district: str, proposal_id: Id, actor: SignedIn) -> History:
        units = await facts.units_of_case(district, proposal_id)
        streams = await log.read_streams(
            district, [f"rating-{proposal_id}-{unit}" for unit in units]
        )
        return history_of([recorded for stream in streams.values() for recorded in stream])

    return router


def _computed(district: str, year: int, facts: YearFacts, rulebook: Rulebook | None) -> Figures:
    return compute_figures(
        district, year, facts.position, facts.assignments, facts.clues, facts.claims, rulebook
    )


class RatesByProxy(Refused):
    """提案委只能代为录入评价。请注明“代录”（by_proxy），并附评价表扫描件的名称。"""

    english = "The committee rates by proxy only: set by_proxy and name the scanned form."


async def check_who_rates(facts: Facts, district: str, actor: Actor, command: Command) -> None:
    """Proposers rate answers to own proposals, the committee by proxy; imports come from ledgers.

    Raises MayNot or RatesByProxy.
    """
    if not isinstance(command, RateReply):
        return
    if command.imported:
        raise MayNot
    if actor.role is ActorRole.COMMITTEE and not command.by_proxy:
        raise RatesByProxy
    if actor.role is ActorRole.PROPOSER and (
        command.by_proxy or not await facts.may_rate(district, command.proposal_id, actor)
    ):
        raise MayNot
