"""The dispatch notice over HTTP: the letter and its list, for one unit or for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Response
from fastapi.concurrency import run_in_threadpool

from assignment.decisions.noticing import GivenPart, NoticeHead, compose_notice
from assignment.endpoints.notice_files import list_xlsx, notice_docx
from assignment.projections.reading import CaseView, PartView, cases_of_year
from contracts.command import Day, Line, Year
from contracts.vocabulary import ActorRole, Role
from hosting.as_of import AskedState, Views
from hosting.directories import Directories
from hosting.problems import NotFound
from hosting.signing import SignedIn, require_role, require_unit

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
READERS = frozenset({ActorRole.SUPERVISION, ActorRole.UNIT, ActorRole.LEADER, ActorRole.AUDITOR})


@dataclass(frozen=True)
class Place:
    """The district and the year of the address."""

    district: str
    year: Year


@dataclass(frozen=True)
class Wanted:
    """Which parts a notice is about: of one unit or of all, dispatched from one day to another."""

    unit: Annotated[Line | None, Query(description="承办单位；不填为全部 / one unit, or all")] = (
        None
    )
    since: Annotated[Day | None, Query(description="自哪天交办 / dispatched from")] = None
    until: Annotated[Day | None, Query(description="至哪天交办 / dispatched to")] = None

    def fits(self, part: PartView) -> bool:
        return (
            part.own
            and part.state != "returned"
            and self.unit in {None, part.unit}
            and (self.since or date.min) <= part.dispatched_on <= (self.until or date.max)
        )


Narrowed = Annotated[Wanted, Depends()]
SignedOn = Annotated[date | None, Query(description="成文日期 / the day it is signed")]


def notice_routes(views: Views, directories: Directories) -> APIRouter:
    router = APIRouter(tags=["notices"])
    here = "/districts/{district}/years/{year}"

    @router.get(
        f"{here}/dispatch-notice.docx",
        response_class=Response,
        responses={200: {"content": {DOCX: {}}}},
    )
    async def letter(
        place: Annotated[Place, Depends()],
        actor: SignedIn,
        asked: AskedState,
        wanted: Narrowed,
        signed_on: SignedOn = None,
    ) -> Response:
        """The dispatch notice (交办通知) after GB/T 9704-2012, with its list, for people to finish."""
        require_role(actor, READERS)
        require_unit(actor, wanted.unit or "")
        async with views.of(place.district, asked) as view:
            cases = await cases_of_year(view.source, place.year)
        parts = _parts(cases, wanted)
        head = NoticeHead(
            place.district,
            directories.find(place.district).name,
            place.year,
            view.shown.position,
            wanted.unit,
            signed_on,
        )
        summary = compose_notice(head, parts)
        content = await run_in_threadpool(notice_docx, summary, parts, by_unit=wanted.unit is None)
        return as_file(content, DOCX, f"{summary.title}{_for(wanted)}.docx")

    @router.get(
        f"{here}/dispatch-notice.xlsx",
        response_class=Response,
        responses={200: {"content": {XLSX: {}}}},
    )
    async def table(
        place: Annotated[Place, Depends()], actor: SignedIn, asked: AskedState, wanted: Narrowed
    ) -> Response:
        """The list alone, in the columns of a ledger: the next level can bring it in."""
        require_role(actor, READERS)
        require_unit(actor, wanted.unit or "")
        async with views.of(place.district, asked) as view:
            cases = await cases_of_year(view.source, place.year)
        parts = _parts(cases, wanted)
        content = await run_in_threadpool(list_xlsx, parts, place.year)
        return as_file(content, XLSX, f"{place.year}年政协提案交办清单{_for(wanted)}.xlsx")

    return router


def _for(wanted: Wanted) -> str:
    return f"（{wanted.unit}）" if wanted.unit else ""


def _parts(cases: Sequence[CaseView], wanted: Wanted) -> list[GivenPart]:
    """What units have, by unit and number. Raises NotFound where that is nothing."""
    found = [
        _given(case, part)
        for case in cases
        if case.ended_reason is None
        for part in case.assignments
        if wanted.fits(part)
    ]
    if not found:
        raise NotFound("符合条件的交办件", "dispatched part that fits")
    return sorted(found, key=lambda part: (part.unit, part.number))


def _given(case: CaseView, part: PartView) -> GivenPart:
    here = [each for each in case.assignments if each.state != "returned"]
    answering = [each.unit for each in here if Role(each.role).answers_the_proposer]
    return GivenPart(
        unit=part.unit,
        role=Role(part.role),
        number=case.number or "",
        title=case.title,
        proposers=tuple(case.proposers),
        form=case.form,
        is_key=case.key,
        leads=tuple(answering) or ((part.lead_unit,) if part.lead_unit else ()),
        co_units=tuple(each.unit for each in here if each.role == Role.CO.value),
        dispatched_on=part.dispatched_on,
        sign_by=part.sign_by,
        due_on=part.due_on,
        provisional=part.provisional,
    )


def as_file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(content, media_type=media_type, headers=headers)
