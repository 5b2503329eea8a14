"""Questions about figures and ratings."""

from dataclasses import dataclass

from fastapi import APIRouter

from contracts.command import Command, Id, Year
from contracts.figures import Figures
from contracts.identity import Actor, MayNot
from contracts.refusal import Refused
from contracts.vocabulary import ActorRole
from evaluation.commands import RateReply
from evaluation.decisions.report import compute_figures
from evaluation.projections.reading import Facts
from eventlog import EventLog
from hosting.directories import Directories
from hosting.history import History, history_of
from hosting.rulebooks import adopted_rulebook
from hosting.signing import SignedIn


@dataclass(frozen=True)
class Bookkeeping:
    """What computing figures needs."""

    facts: Facts
    log: EventLog
    directories: Directories

    async def figures_of(self, district: str, year: int) -> Figures:
        """The figures of a year as of now. Raises NotFound for a district that nobody knows."""
        self.directories.find(district)
        of_year = await self.facts.of_year(district, year)
        rulebook = await adopted_rulebook(self.log, district, year, until=of_year.position)
        return compute_figures(
            district,
            year,
            of_year.position,
            of_year.assignments,
            of_year.clues,
            of_year.claims,
            rulebook,
        )


def figure_routes(facts: Facts, log: EventLog, directories: Directories) -> APIRouter:
    router = APIRouter(tags=["figures"])
    books = Bookkeeping(facts, log, directories)

    @router.get("/districts/{district}/years/{year}/figures")
    async def figures(district: str, year: Year, actor: SignedIn) -> Figures:
        """Counts, rates, score sheet, and what is claimed beside what is computed."""
        return await books.figures_of(district, year)

    @router.get("/districts/{district}/cases/{proposal_id}/events")
    async def history(district: str, proposal_id: Id, actor: SignedIn) -> History:
        units = await facts.units_of_case(district, proposal_id)
        streams = await log.read_streams(
            district, [f"rating-{proposal_id}-{unit}" for unit in units]
        )
        return history_of([recorded for stream in streams.values() for recorded in stream])

    return router


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
