"""Receipts over HTTP: a year's figures with all that is needed to compute them again."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from contracts.command import Year
from contracts.receipt import Receipt, RulebookUsed
from evaluation.endpoints.readers import READERS_OF_ALL_CASES
from evaluation.endpoints.recomputing import projector_version
from evaluation.endpoints.years import Years, figures_of_facts
from eventlog.covering import cover_of
from eventlog.subtrees import Subtrees
from hosting.as_of import Asked
from hosting.rulebooks import Adoption, adoption_in_force
from hosting.signing import SignedIn, require_role

AsOf = Annotated[
    str, Query(max_length=40, description="日期、时刻或日志位次 / a day, a moment or a position")
]


def receipt_routes(years: Years, subtrees: Subtrees) -> APIRouter:
    router = APIRouter(tags=["figures"])

    @router.get(
        "/districts/{district}/years/{year}/figures/receipt",
        response_model=Receipt,
    )
    async def receipt(district: str, year: Year, actor: SignedIn, as_of: AsOf = "") -> Response:
        """The figures with log size, root, rulebook and signed checkpoint, in canonical bytes."""
        require_role(actor, READERS_OF_ALL_CASES)
        made = await make_receipt(years, subtrees, (district, year), Asked(as_of=as_of))
        return Response(made.canonical, media_type="application/json")

    return router


async def make_receipt(
    years: Years, subtrees: Subtrees, place: tuple[str, int], asked: Asked
) -> Receipt:
    """The receipt of a district's year. Raises NotFound, and what `Views.of` raises."""
    district, year = place
    state = await years.of(district, year, asked)
    position = state.shown.position
    adoption = await adoption_in_force(years.log, district, year, until=position)
    cover = await cover_of(subtrees, district, position)
    return Receipt(
        district=district,
        year=year,
        position=position,
        root=(await subtrees.root(district, (0, position))).hex(),
        rulebook=_used(adoption) if adoption else None,
        projector=projector_version(),
        figures=figures_of_facts((district, year, position), state.facts, state.rulebook),
        checkpoint=cover.note if cover else "",
        consistency=cover.consistency if cover else (),
    )


def _used(adoption: Adoption) -> RulebookUsed:
    return RulebookUsed(
        rulebook_id=adoption.event.rulebook_id,
        version=adoption.event.version,
        sha256=adoption.event.sha256,
        position=adoption.position,
    )
