"""One case: what is to be done in it, who has which part, and everything that happened to it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import uuid4

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, Response

from console.endpoints.acting import Attempt, Counter, FormSent, Receipt, Typed
from console.endpoints.acts import Act
from console.endpoints.answers import (
    DistrictDetail,
    EventList,
    ProposalDetail,
)
from console.endpoints.case_answers import CaseDetail, MovedLimit, Openings
from console.endpoints.case_forms import CASE_ACTS, CaseForms, Offer
from console.endpoints.case_told import Told, in_order_of_the_log
from console.endpoints.districts import the_district
from console.endpoints.looking_back import LookedAt, Moment
from console.endpoints.places import the_place, with_rules_behind
from console.endpoints.services import Answer, ServiceRefused
from console.endpoints.visits import OwnForm, SignedIn, Visit, service_path
from contracts.holding import CaseHolding
from contracts.identity import Actor, NotSignedIn

NOT_FOUND = 404
REFUSED = frozenset({404, 409, 422})
NOTHING_TRIED = Attempt()
NOW = Moment()

pages = APIRouter()


@dataclass(frozen=True)
class Tried:
    """The form that somebody chose or sent, with what it holds, and the limit it would move."""

    offer: Offer
    is_sent: bool = False
    foreseen: MovedLimit | None = None


@dataclass(frozen=True)
class CaseDesk:
    """Where a visitor looks at one case and hands in forms about it."""

    visit: Visit
    district: str
    proposal_id: str
    moment: Moment = NOW

    @property
    def place(self) -> str:
        return service_path("districts", self.district, "cases", self.proposal_id)

    @property
    def proposal_place(self) -> str:
        return service_path("districts", self.district, "proposals", self.proposal_id)

    async def page(self, attempt: Attempt, foreseen: MovedLimit | None = None) -> HTMLResponse:
        """The page of the case; a form that was not accepted stays on it with what was typed."""
        visit, told = self.visit, await self._told()
        year, rules = told.proposal.year, told.case.due_rules
        titles = await the_place(visit, self.district, year, self.moment)
        titles = await with_rules_behind(visit, self.district, year, titles, rules)
        forms = CaseForms(
            _actor(visit), visit.language, told.case, told.openings, told.today, titles
        )
        offers = forms.offers
        asked = visit.request.query_params
        return visit.page(
            "case.html",
            status=attempt.status,
            district=told.district,
            units=told.units,
            year=year,
            section="case",
            place=self.place,
            proposal=told.proposal,
            case=told.case,
            titles=titles,
            rules=titles.rules_behind(rules),
            openings=told.openings,
            offers=offers,
            tried=_tried(forms, offers, attempt, asked, foreseen),
            attempt=attempt,
            done=asked.get("done", ""),
            seen=told.seen,
            new_key=lambda: uuid4().hex,
            stretches=told.holding.stretches,
            timeline=told.timeline,
            remark=told.remark,
            ratings=told.ratings,
            today=told.today,
            is_published_only=told.is_published_only(_actor(visit)),
            shown=told.proposal.shown,
            moment=self.moment,
            tell=lambda event: visit.desk.texts.sentences.tell(visit.language, event, titles),
        )

    async def _told(self) -> Told:
        """Everything that the services tell of the case, asked at once."""
        enquiry = self.visit.enquiry
        entry, detail, proposal, case, holding, rest = await asyncio.gather(
            the_district(self.visit, self.district),
            enquiry.get(DistrictDetail, "intake", service_path("districts", self.district)),
            enquiry.get(ProposalDetail, "intake", self.proposal_place, self.moment.asked),
            self._if_known(CaseDetail(proposal_id=self.proposal_id), "assignment", self.place),
            self._if_known(self._nobody, "evaluation", f"{self.place}/holding"),
            asyncio.gather(self._openings(), self._histories()),
        )
        openings, histories = rest
        return Told(
            district=entry,
            units=detail.units,
            proposal=proposal,
            case=case,
            holding=holding,
            openings=openings,
            timeline=in_order_of_the_log(histories),
        )

    async def hand_in(self, act: Act, form: Typed) -> Response:
        """Give the command of a form; first show where it would move a limit."""
        day = form.values.get(act.foresees, "").strip() if act.foresees else ""
        if day and form.values.get("confirmed") != day:
            return await self._foresee(act, form, day)
        watched = f"{self.place}/holding" if act.service == "evaluation" else ""
        counter = Counter(self.visit, act.service, self.district, self.place, watched)
        outcome = await counter.give(act, form, {"proposal_id": self.proposal_id})
        if isinstance(outcome, Receipt):
            return self.visit.go(f"{self.place}?done={outcome.position}")
        return await self.page(outcome)

    async def _foresee(self, act: Act, form: Typed, day: str) -> Response:
        asked = {"command": act.command, "unit": form.values.get("unit", ""), "day": day}
        attempt = Attempt(command=act.command, typed=form.values)
        try:
            limit = await self.visit.enquiry.get(
                MovedLimit, "assignment", f"{self.place}/moved-limit", asked
            )
        except ServiceRefused as refusal:
            if refusal.status not in REFUSED:
                raise
            label = next(each.label for each in act.blanks if each.name == act.foresees)
            sentence = self.visit.sentence_of(refusal, {"day": self.visit.say(label)})
            return await self.page(replace(attempt, sentence=sentence, status=refusal.status))
        return await self.page(attempt, limit)

    @property
    def _nobody(self) -> CaseHolding:
        return CaseHolding(proposal_id=self.proposal_id, number="", title="", stretches=())

    async def _openings(self) -> Openings:
        """Nothing is done in a state of the past."""
        if self.moment.asked:
            return Openings()
        return await self._if_known(Openings(), "assignment", f"{self.place}/openings")

    async def _histories(self) -> tuple[EventList, EventList, EventList]:
        enquiry, asked = self.visit.enquiry, self.moment.asked
        return await asyncio.gather(
            enquiry.get(EventList, "intake", f"{self.proposal_place}/events", asked),
            self._if_known(EventList(), "assignment", f"{self.place}/events"),
            self._if_known(EventList(), "evaluation", f"{self.place}/events"),
        )

    async def _if_known(self, unknown: Answer, service: str, path: str) -> Answer:
        """The answer, or what stands for it where the service has not heard of the case yet."""
        try:
            return await self.visit.enquiry.get(type(unknown), service, path, self.moment.asked)
        except ServiceRefused as refusal:
            if refusal.status == NOT_FOUND:
                return unknown
            raise


@pages.get("/districts/{district}/cases/{proposal_id}", response_class=HTMLResponse)
async def show_case(visit: SignedIn, district: str, proposal_id: str, moment: LookedAt) -> Response:
    return await CaseDesk(visit, district, proposal_id, moment).page(NOTHING_TRIED)


@pages.post(
    "/districts/{district}/cases/{proposal_id}/{command}",
    response_class=HTMLResponse,
    dependencies=[OwnForm],
)
async def act_on_case(
    visit: SignedIn, district: str, proposal_id: str, command: str, form: FormSent
) -> Response:
    act = CASE_ACTS.get(command)
    if act is None:
        raise HTTPException(NOT_FOUND)
    return await CaseDesk(visit, district, proposal_id).hand_in(act, form)


def _actor(visit: Visit) -> Actor:
    """Raises NotSignedIn; a page for nobody is not shown."""
    if visit.actor is None:
        raise NotSignedIn
    return visit.actor


def _tried(
    forms: CaseForms,
    offers: list[Offer],
    attempt: Attempt,
    asked: Mapping[str, str],
    foreseen: MovedLimit | None,
) -> Tried | None:
    """The form that was sent and not accepted, or the one that the address of the page names."""
    command = attempt.command or asked.get("act", "")
    if command not in CASE_ACTS:
        return None
    names = attempt.typed or asked
    offer = next((each for each in offers if each.is_about(command, names)), None)
    if not attempt.command:
        return Tried(offer) if offer else None
    if offer is None:
        act = forms.act_for(command)
        offer = Offer(act, {name: names[name] for name in act.about if names.get(name)})
    return Tried(replace(offer, typed=attempt.typed), is_sent=True, foreseen=foreseen)
