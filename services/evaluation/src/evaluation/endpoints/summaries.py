"""The annual summary (办理工作总结) of a year: as a document, and as its fields."""

from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Response
from fastapi.concurrency import run_in_threadpool

from annual_summary import Letterhead, Summary, compose, write_docx
from contracts.command import Year
from evaluation.decisions.summarising import facts_of_summary
from evaluation.endpoints.readers import READERS_OF_ALL_CASES
from evaluation.endpoints.years import Years
from hosting.as_of import AskedState
from hosting.signing import SignedIn, require_role

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WEB_ADDRESS = r"^https?://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(/[A-Za-z0-9._~%/-]*)?$"

SignedOn = Annotated[date | None, Query(description="成文日期 / the day it is signed")]
Console = Annotated[
    str,
    Query(
        max_length=200,
        pattern=WEB_ADDRESS,
        description="控制台地址，数字由此链接到件 / where the cases behind the figures are shown",
    ),
]


def summary_routes(years: Years) -> APIRouter:
    router = APIRouter(tags=["summary"])

    async def composed(
        district: str,
        year: Year,
        actor: SignedIn,
        asked: AskedState,
        signed_on: SignedOn = None,
    ) -> Summary:
        require_role(actor, READERS_OF_ALL_CASES)
        state = await years.of(district, year, asked)
        letterhead = Letterhead(state.district.name, signed_on)
        told = state.facts
        facts = facts_of_summary(
            letterhead, state.figures, told.assignments, state.rulebook, cases=told.cases
        )
        return compose(facts)

    @router.get("/districts/{district}/years/{year}/summary.json")
    async def fields(summary: Annotated[Summary, Depends(composed)]) -> Summary:
        """Every paragraph, with its figures, their formulas and the cases behind them."""
        return summary

    @router.get(
        "/districts/{district}/years/{year}/summary.docx",
        response_class=Response,
        responses={200: {"content": {DOCX: {}}}},
    )
    async def document(
        summary: Annotated[Summary, Depends(composed)], console: Console | None = None
    ) -> Response:
        """The document after GB/T 9704-2012, for people to finish."""
        name = quote(f"{summary.title}.docx", safe="")
        return Response(
            await run_in_threadpool(write_docx, summary, console or ""),
            media_type=DOCX,
            headers={"content-disposition": f"attachment; filename*=UTF-8''{name}"},
        )

    return router
