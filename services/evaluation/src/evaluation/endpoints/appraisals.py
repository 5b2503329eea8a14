"""The appraisal of a year over HTTP: what the service itself has to look up, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from contracts.appraisal import AppraisalStep, AppraisalView
from contracts.catalogue import read_event
from contracts.command import Year
from contracts.evaluation import AppraisalEvent, ItemAdjusted, ItemVerified
from contracts.identity import Actor
from contracts.shown import Shown
from contracts.vocabulary import CHINA, ActorRole
from contracts.working_days import WorkingCalendar
from evaluation.commands import FreezeFacts, OpenAppraisal, PublishAppraisal
from evaluation.decisions.appraising.freezing import appraisal_view, frozen_sheet
from evaluation.endpoints.receipts import make_receipt
from evaluation.endpoints.years import Years
from evaluation.state.appraisal import Appraisal, appraise
from eventlog.recorded import Recorded
from eventlog.subtrees import Subtrees
from hosting.as_of import Asked, AskedState
from hosting.calendars import calendar_in_force
from hosting.clock import Clock
from hosting.commanding import Give, IdempotencyKey, Keyed, Receipt, give_command
from hosting.history import recorded_by_then
from hosting.rulebooks import Adoption, NoRulebookAdopted, adoption_in_force
from hosting.signing import SignedIn, require_role


class OfYear(BaseModel):
    """Which year is meant; the service looks the rest up."""

    model_config = ConfigDict(extra="forbid")

    year: Year


@dataclass(frozen=True)
class Appraisals:
    """Where appraisals are opened, frozen and read."""

    years: Years
    subtrees: Subtrees
    give: Give
    clock: Clock
    calendar: WorkingCalendar

    async def opening(self, district: str, year: int) -> OpenAppraisal:
        """Raises NoRulebookAdopted."""
        adoption = await self._adoption(district, year)
        return OpenAppraisal(
            at=self.clock(),
            year=year,
            rulebook_id=adoption.event.rulebook_id,
            version=adoption.event.version,
            sha256=adoption.event.sha256,
        )

    async def freezing(self, district: str, year: int) -> FreezeFacts:
        """The facts as the log holds them now, computed anew. Raises NoRulebookAdopted."""
        position = await self.years.log.head(district)
        adoption = await self._adoption(district, year, until=position)
        place, asked = (district, year), Asked(as_of=str(position))
        receipt = await make_receipt(self.years, self.subtrees, place, asked)
        score = receipt.figures.score
        if score is None:
            raise NoRulebookAdopted(year=year)
        return FreezeFacts(
            at=self.clock(),
            year=year,
            position=position,
            root=receipt.root,
            receipt=receipt.digest,
            projector=receipt.projector,
            sha256=adoption.event.sha256,
            sheet=frozen_sheet(score, adoption.rulebook),
        )

    async def publishing(self, district: str, year: int) -> PublishAppraisal:
        """With the last day for an appeal, if the rulebook of the appraisal sets a limit."""
        command = PublishAppraisal(at=self.clock(), year=year)
        appraisal, _ = await self._appraisal(district, year)
        adoption = await adoption_in_force(self.years.log, district, year, until=appraisal.position)
        limit = adoption.rulebook.limits.appeal if adoption else None
        if adoption is None or limit is None:
            return command
        calendar = await calendar_in_force(self.years.log, district, self.calendar)
        last_day = limit.last_day(command.at.astimezone(CHINA).date(), calendar)
        return command.model_copy(
            update={
                "appeal_until": last_day.on,
                "appeal_rule": f"{adoption.rulebook.id}/limits.appeal",
                "appeal_provisional": last_day.provisional,
            }
        )

    async def view(self, district: str, year: int, asked: Asked) -> AppraisalView:
        """How an appraisal stands, or stood. Raises what `Views.of` raises."""
        async with self.years.views.of(district, asked) as view:
            shown = view.shown
        appraisal, history = await self._appraisal(district, year, shown)
        events = [_event_of(each) for each in history]
        return appraisal_view((district, year), appraisal, _steps(history, events, appraisal))

    async def _appraisal(
        self, district: str, year: int, shown: Shown | None = None
    ) -> tuple[Appraisal, Sequence[Recorded]]:
        """How an appraisal stands, or stood, and the events that brought it there."""
        history = await self.years.log.read_stream(district, f"appraisal-{year}")
        if shown is not None:
            history = recorded_by_then(history, shown)
        return reduce(appraise, map(_event_of, history), Appraisal()), history

    async def _adoption(self, district: str, year: int, until: int | None = None) -> Adoption:
        adoption = await adoption_in_force(self.years.log, district, year, until=until)
        if adoption is None:
            raise NoRulebookAdopted(year=year)
        return adoption


def appraisal_routes(appraisals: Appraisals) -> APIRouter:
    router = APIRouter(tags=["appraisal"])

    @router.get("/districts/{district}/years/{year}/appraisal")
    async def appraisal(
        district: str, year: Year, actor: SignedIn, asked: AskedState
    ) -> AppraisalView:
        """The year's appraisal: computed, claimed and settled points, every step, and what is next."""
        return await appraisals.view(district, year, asked)

    @router.post("/districts/{district}/commands/open-appraisal", tags=["commands"])
    async def open_appraisal(
        district: str, body: OfYear, actor: SignedIn, idempotency_key: IdempotencyKey = None
    ) -> Receipt:
        """Open the appraisal of the year under the rulebook in force."""
        require_role(actor, OpenAppraisal.may)
        command = await appraisals.opening(district, body.year)
        return await _given(appraisals, (district, actor), command, idempotency_key)

    @router.post("/districts/{district}/commands/freeze-facts", tags=["commands"])
    async def freeze_facts(
        district: str, body: OfYear, actor: SignedIn, idempotency_key: IdempotencyKey = None
    ) -> Receipt:
        """Freeze the facts of the year where the log stands now."""
        require_role(actor, FreezeFacts.may)
        command = await appraisals.freezing(district, body.year)
        return await _given(appraisals, (district, actor), command, idempotency_key)

    @router.post("/districts/{district}/commands/publish-appraisal", tags=["commands"])
    async def publish_appraisal(
        district: str, body: OfYear, actor: SignedIn, idempotency_key: IdempotencyKey = None
    ) -> Receipt:
        """Publish the score; until when one may appeal follows from the rulebook."""
        require_role(actor, PublishAppraisal.may)
        command = await appraisals.publishing(district, body.year)
        return await _given(appraisals, (district, actor), command, idempotency_key)

    return router


async def _given(
    appraisals: Appraisals,
    place: tuple[str, Actor],
    command: OpenAppraisal | FreezeFacts | PublishAppraisal,
    idempotency_key: str | None,
) -> Receipt:
    district, actor = place
    return await give_command(
        appraisals.give, district, actor, command, Keyed(idempotency_key, command)
    )


def _event_of(recorded: Recorded) -> Any:
    return read_event(recorded.type, recorded.data)


def _steps(
    history: Sequence[Recorded], events: Sequence[AppraisalEvent], appraisal: Appraisal
) -> list[AppraisalStep]:
    """Who did what, when, and where in the log it stands."""
    return [
        AppraisalStep(
            type=recorded.type,
            position=recorded.position,
            at=recorded.happened_at,
            by=recorded.envelope["actorname"],
            role=ActorRole(recorded.envelope["actorrole"]).value,
            about=_label(event, appraisal, "label"),
            about_en=_label(event, appraisal, "label_en"),
            reason=getattr(event, "reason", ""),
        )
        for recorded, event in zip(history, events, strict=True)
    ]


def _label(event: AppraisalEvent, appraisal: Appraisal, name: str) -> str:
    if not isinstance(event, ItemVerified | ItemAdjusted):
        return ""
    item = appraisal.sheet.item(event.item)
    return getattr(item, name) if item else event.item
