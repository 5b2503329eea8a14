"""All pages put together."""

from pathlib import Path

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.staticfiles import StaticFiles

from console.endpoints import (
    appraisal,
    calendar,
    cases,
    city,
    dispatching,
    districts,
    documents,
    insights,
    ledger,
    messages,
    one_case,
    proposal_lists,
    proposals,
    receipts,
    rulebooks,
    sign_in,
    summaries,
    yearly_reports,
)
from console.endpoints.desk import Desk
from console.endpoints.problems import add_problem_pages, page_for_too_large
from console.endpoints.protection import Protection
from console.endpoints.services import Clients
from console.settings import Settings

STATIC = Path(__file__).parent.parent / "static"


def build_pages(settings: Settings, clients: Clients) -> APIRouter:
    """The router of all pages, at one desk."""
    return _pages_at(Desk.open(settings, clients))


def add_pages(app: FastAPI, settings: Settings, clients: Clients) -> None:
    """Everything the console adds to an app: pages, problem pages, static files, headers."""
    desk = Desk.open(settings, clients)
    app.include_router(_pages_at(desk))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(
        Protection, limit_bytes=settings.upload_limit_bytes, too_large=page_for_too_large(desk)
    )
    add_problem_pages(app, desk)


def _pages_at(desk: Desk) -> APIRouter:
    def sit_down(request: Request) -> None:
        request.state.desk = desk

    pages = APIRouter(dependencies=[Depends(sit_down)], include_in_schema=False)
    for group in (
        sign_in,
        messages,
        districts,
        city,
        insights,
        rulebooks,
        cases,
        dispatching,
        one_case,
        proposal_lists,
        proposals,
        ledger,
        summaries,
        yearly_reports,
        documents,
        receipts,
        appraisal,
        calendar,
    ):
        pages.include_router(group.pages)
    return pages
