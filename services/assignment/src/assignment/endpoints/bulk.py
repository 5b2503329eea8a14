"""Dispatch of many cases at once: what awaits it, with units suggested, and a result for each row."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assignment.commands import DispatchCase
from assignment.decisions.suggesting import Precedent, Precedents, UnitSuggested
from assignment.endpoints.dispatching import Dispatch, DispatchDesk
from assignment.projections.awaiting import Awaiting, awaiting_dispatch, precedents
from assignment.projections.rows import PrecedentRow
from contracts.checking import Certainty
from contracts.command import Year
from contracts.filling_in import in_both, misfilled
from contracts.identity import Actor
from contracts.refusal import Refused
from contracts.shown import Shown
from contracts.vocabulary import ActorRole, Role
from hosting.as_of import Asked
from hosting.commanding import IdempotencyKey, Keyed, SeenPosition, give_command
from hosting.problems import NotFound
from hosting.signing import SignedIn, require_role

MOST_ROWS = 500
AT_ONCE = 20
LOOKERS = frozenset({ActorRole.SUPERVISION, ActorRole.LEADER})


class Basis(BaseModel):
    """An earlier case that a suggestion rests on."""

    proposal_id: str
    year: int
    number: str | None
    title: str
    likeness: float


class SuggestedUnit(BaseModel):
    """A unit that had cases like this one: how like, from 0 to 1, and what share of them it had."""

    unit: str
    likeness: float
    agreement: float
    certainty: Certainty
    because: list[Basis]


class AwaitingCase(Awaiting):
    """A filed case that nobody has yet, and who had cases like it; both lists may be empty."""

    leads: list[SuggestedUnit]
    co_units: list[SuggestedUnit]


class AwaitingList(BaseModel):
    """What awaits dispatch in a year, by number."""

    cases: list[AwaitingCase]
    shown: Shown


class Dispatches(BaseModel):
    """Many dispatches; each row is read, decided and answered by itself."""

    model_config = ConfigDict(extra="forbid")

    rows: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=MOST_ROWS)]


class RowResult(BaseModel):
    """What came of one row. A row that was refused says why, and changes nothing of the others."""

    row: int = Field(description="从 1 起 / counted from 1")
    proposal_id: str
    outcome: Literal["dispatched", "unchanged", "refused"]
    position: int | None = None
    title: str = ""
    detail: str = ""
    detail_en: str = ""


class BulkReceipt(BaseModel):
    """The results of all rows in their order, and the position of the last event of them."""

    results: list[RowResult]
    dispatched: int
    refused: int
    position: int


def bulk_routes(desk: DispatchDesk) -> APIRouter:
    router = APIRouter(tags=["commands"])

    @router.get("/districts/{district}/years/{year}/awaiting-dispatch", tags=["cases"])
    async def awaiting(district: str, year: Year, actor: SignedIn) -> AwaitingList:
        """Filed cases that nobody has yet, with the units that had cases like them (待交办)."""
        require_role(actor, LOOKERS)
        async with desk.views.of(district, Asked()) as view:
            waiting = await awaiting_dispatch(view.source, year)
            known = await precedents(view.source) if waiting else []
        cases = await run_in_threadpool(_with_suggestions, waiting, known)
        return AwaitingList(cases=cases, shown=view.shown)

    @router.post("/districts/{district}/commands/dispatch-cases")
    async def dispatch_cases(
        district: str,
        body: Dispatches,
        actor: SignedIn,
        idempotency_key: IdempotencyKey = None,
        seen_position: SeenPosition = None,
    ) -> BulkReceipt:
        """Dispatch many cases, each by a command of its own (批量交办).

        The rows are those of `dispatch-case`. A repeated Idempotency-Key gives each row its first
        answer; a row that was refused may be sent again under the same key, put right.
        """
        require_role(actor, DispatchCase.may)
        giving = _Giving(desk, district, actor, idempotency_key, seen_position)
        results: list[RowResult] = []
        for start in range(0, len(body.rows), AT_ONCE):
            rows = body.rows[start : start + AT_ONCE]
            results += await asyncio.gather(
                *(giving.give(number, row) for number, row in enumerate(rows, start + 1))
            )
        return _receipt(results)

    return router


class _Giving:
    """One clerk's batch on its way; each row ends in a result, whatever becomes of it."""

    def __init__(
        self,
        desk: DispatchDesk,
        district: str,
        actor: Actor,
        idempotency_key: str | None,
        seen_position: int | None,
    ) -> None:
        self._desk, self._district, self._actor = desk, district, actor
        self._key, self._seen = idempotency_key, seen_position

    async def give(self, number: int, row: dict[str, Any]) -> RowResult:
        proposal_id = str(row.get("proposal_id", ""))[:48]
        try:
            body = Dispatch.model_validate(row)
            command = await self._desk.dispatching(self._district, body)
            receipt = await give_command(
                self._desk.handling.handle,
                self._district,
                self._actor,
                command,
                Keyed(f"{self._key}/{body.proposal_id}" if self._key else None, body),
                self._seen,
            )
        except (ValidationError, NotFound, Refused) as error:
            title, detail, detail_en = _sentences(error)
            return RowResult(
                row=number,
                proposal_id=proposal_id,
                outcome="refused",
                title=title,
                detail=detail,
                detail_en=detail_en,
            )
        return RowResult(
            row=number,
            proposal_id=body.proposal_id,
            outcome="dispatched" if receipt.recorded else "unchanged",
            position=receipt.position,
        )


def _sentences(error: ValidationError | NotFound | Refused) -> tuple[str, str, str]:
    if isinstance(error, Refused):
        return type(error).__name__, error.chinese, error.in_english
    if isinstance(error, NotFound):
        return "NotFound", str(error), f"No such {error.what_en}. Check and ask again."
    return "NotValid", *in_both(misfilled(error.errors()))


def _receipt(results: Sequence[RowResult]) -> BulkReceipt:
    return BulkReceipt(
        results=list(results),
        dispatched=sum(each.outcome == "dispatched" for each in results),
        refused=sum(each.outcome == "refused" for each in results),
        position=max((each.position or 0 for each in results), default=0),
    )


def precedent_of(row: PrecedentRow) -> Precedent:
    """What a case teaches: an outside lead where there is one, otherwise those who answer."""
    answering = tuple(each["unit"] for each in row.units if Role(each["role"]).answers_the_proposer)
    return Precedent(
        proposal_id=row.proposal_id,
        year=row.year,
        number=row.number,
        title=row.title,
        pairs=frozenset(row.pairs),
        leads=(row.lead_unit,) if row.lead_unit else answering,
        co_units=tuple(each["unit"] for each in row.units if each["role"] == Role.CO.value),
    )


def _with_suggestions(
    waiting: Sequence[Awaiting], known: Sequence[PrecedentRow]
) -> list[AwaitingCase]:
    memory = Precedents(precedent_of(row) for row in known if row.units)
    pairs = {row.proposal_id: row.pairs for row in known}
    return [
        AwaitingCase(
            **dict(case),
            leads=[_unit(each) for each in suggested.leads],
            co_units=[_unit(each) for each in suggested.co_units],
        )
        for case in waiting
        for suggested in (memory.suggest(case.proposal_id, pairs.get(case.proposal_id, [])),)
    ]


def _unit(suggested: UnitSuggested) -> SuggestedUnit:
    return SuggestedUnit(
        unit=suggested.unit,
        likeness=suggested.likeness,
        agreement=suggested.agreement,
        certainty=suggested.certainty,
        because=[
            Basis(
                proposal_id=each.precedent.proposal_id,
                year=each.precedent.year,
                number=each.precedent.number,
                title=each.precedent.title,
                likeness=each.likeness,
            )
            for each in suggested.because
        ],
    )
