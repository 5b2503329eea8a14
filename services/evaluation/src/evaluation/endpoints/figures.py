"""Questions about figures and ratings."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict

from contracts.command import Command, Id, Year
from contracts.explained import ExplainedRulebook
from contracts.figures import Figures, RateInFull, RulebookList, SideBySide
from contracts.identity import Actor, MayNot
from contracts.refusal import Refused
from contracts.vocabulary import ActorRole
from evaluation.commands import RateReply, RulebookText
from evaluation.decisions.adopting import read_with_formulas
from evaluation.decisions.beside import side_by_side
from evaluation.decisions.cases import counted_cases
from evaluation.decisions.explaining.rulebooks import explained
from evaluation.decisions.rates.computing import rate_in_full
from evaluation.decisions.rates.formula import Measured
from evaluation.endpoints.readers import READERS_OF_ALL_CASES, with_readable_cases
from evaluation.endpoints.rulebooks import Rulebooks
from evaluation.endpoints.years import Years
from evaluation.projections.reading import may_rate, units_of_case
from eventlog.readmodels import Source
from hosting.as_of import AskedState
from hosting.history import History, history_of, recorded_by_then
from hosting.problems import NotFound
from hosting.reading_rights import may_read
from hosting.rulebooks import adoption_in_force
from hosting.signing import SignedIn, require_role

RateId = Annotated[str, Path(max_length=100)]
RulebookId = Annotated[str, Query(max_length=100)]


class DraftRulebook(BaseModel):
    """A rulebook to try."""

    model_config = ConfigDict(extra="forbid")

    text: RulebookText


def figure_routes(years: Years, rulebooks: Rulebooks) -> APIRouter:
    router = APIRouter(tags=["figures"])

    @router.get("/rulebooks")
    async def list_rulebooks(actor: SignedIn) -> RulebookList:
        """The rulebooks that are shipped, by their ids."""
        return rulebooks.listed

    @router.get("/districts/{district}/years/{year}/rulebook")
    async def rulebook_in_words(
        district: str,
        year: Year,
        actor: SignedIn,
        asked: AskedState,
        rulebook: RulebookId | None = None,
    ) -> ExplainedRulebook:
        """The adopted rulebook in words; with the id of another rulebook, that one."""
        async with years.views.of(district, asked) as view:
            until = view.shown.position
        if rulebook is not None:
            return explained(await rulebooks.find_for(district, year, rulebook, until=until))
        adoption = await adoption_in_force(years.log, district, year, until=until)
        if adoption is None:
            raise NotFound(f"{year}年采用的规则手册", f"a rulebook adopted for {year}")
        return explained(adoption.rulebook, adoption.position)

    @router.get("/districts/{district}/years/{year}/figures")
    async def figures(
        district: str,
        year: Year,
        actor: SignedIn,
        asked: AskedState,
        rulebook: RulebookId | None = None,
    ) -> Figures | SideBySide:
        """Counts, rates, score sheet, and what is claimed beside what is computed.

        With the id of another rulebook: the same under both, and what differs.
        """
        state = await years.of(district, year, asked)
        told: Figures | SideBySide = state.figures
        if rulebook is not None:
            other = await rulebooks.find(district, rulebook, until=state.shown.position)
            told = side_by_side(state.figures, state.figures_under(other))
        return await with_readable_cases(years.log, district, actor, told)

    @router.post("/districts/{district}/years/{year}/figures")
    async def figures_under(
        district: str, year: Year, actor: SignedIn, asked: AskedState, draft: DraftRulebook
    ) -> SideBySide:
        """The figures under a rulebook that comes with the question; nothing is recorded."""
        require_role(actor, READERS_OF_ALL_CASES)
        state = await years.of(district, year, asked)
        return side_by_side(state.figures, state.figures_under(read_with_formulas(draft.text)))

    @router.get("/districts/{district}/years/{year}/rates/{rate}")
    async def rate_with_its_cases(
        district: str, year: Year, rate: RateId, actor: SignedIn, asked: AskedState
    ) -> RateInFull:
        """A rate with every case of both its terms. Only rates that the rulebook shows have any."""
        state = await years.of(district, year, asked)
        proposals = None if state.facts.proposals is None else tuple(state.facts.proposals)
        cases = counted_cases(year, state.facts.assignments)
        found = rate_in_full(rate, Measured(cases, state.rulebook, proposals))
        if found is None:
            raise NotFound(f"指标“{rate}”", f"the rate {rate}")
        told = found.model_copy(update={"shown": state.shown})
        return await with_readable_cases(years.log, district, actor, told)

    @router.get("/districts/{district}/cases/{proposal_id}/events")
    async def history(
        district: str, proposal_id: Id, actor: SignedIn, asked: AskedState
    ) -> History:
        if not await may_read(years.log, district, proposal_id, actor):
            raise NotFound(f"提案“{proposal_id}”", f"case {proposal_id!r}")
        async with years.views.of(district, asked) as view:
            units = await units_of_case(view.source, proposal_id)
        streams = await years.log.read_streams(
            district, [f"rating-{proposal_id}-{unit}" for unit in units]
        )
        events = [recorded for stream in streams.values() for recorded in stream]
        return history_of(recorded_by_then(events, view.shown))

    return router


class RatesByProxy(Refused):
    """提案委只能代为录入评价。请注明“代录”（by_proxy），并附评价表扫描件的名称。"""

    english = "The committee rates by proxy only: set by_proxy and name the scanned form."


async def check_who_rates(source: Source, actor: Actor, command: Command) -> None:
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
        command.by_proxy or not await may_rate(source, command.proposal_id, actor)
    ):
        raise MayNot
