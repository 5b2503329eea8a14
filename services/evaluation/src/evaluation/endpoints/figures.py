"""Questions about figures and ratings."""

from fastapi import APIRouter

from contracts.command import Command
from contracts.figures import Figures
from contracts.identity import Actor, MayNot
from contracts.vocabulary import ActorRole
from evaluation.commands import RateReply
from evaluation.decisions.report import compute_figures
from evaluation.projections.reading import Facts
from eventlog import EventLog
from hosting.directories import Directories
from hosting.history import History, history_of
from hosting.rulebooks import adopted_rulebook
from hosting.signing import SignedIn


def figure_routes(facts: Facts, log: EventLog, directories: Directories) -> APIRouter:
    router = APIRouter(tags=["figures"])

    @router.get("/districts/{district}/years/{year}/figures")
    async def figures(district: str, year: int, actor: SignedIn) -> Figures:
        """Counts, rates, score sheet, and what is claimed beside what is computed."""
        directories.find(district)
        of_year = await facts.of_year(district, year)
        rulebook = await adopted_rulebook(log, district, year)
        return compute_figures(
            district,
            year,
            of_year.position,
            of_year.assignments,
            of_year.clues,
            of_year.claims,
            rulebook,
        )

    @router.get("/districts/{district}/cases/{proposal_id}/events")
    async def history(district: str, proposal_id: str, actor: SignedIn) -> History:
        units = await facts.units_of_case(district, proposal_id)
        streams = await log.read_streams(
            district, [f"rating-{proposal_id}-{unit}" for unit in units]
        )
        return history_of([recorded for stream in streams.values() for recorded in stream])

    return router


async def only_own_proposals(facts: Facts, district: str, actor: Actor, command: Command) -> None:
    """A proposer rates the answers to own proposals only. Raises MayNot."""
    if actor.role is not ActorRole.PROPOSER or not isinstance(command, RateReply):
        return
    if actor.name not in await facts.proposers_of_case(district, command.proposal_id):
        raise MayNot
