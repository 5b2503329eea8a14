"""The appraisal of a year (年度考评): computed, claimed and settled points, and whoever's move is next."""

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict

from console.endpoints.districts import Year, the_district
from console.endpoints.places import the_place, with_rules_behind
from console.endpoints.services import ServiceRefused
from console.endpoints.terms import term_of
from console.endpoints.titles import Place
from console.endpoints.visits import OwnForm, SignedIn, service_path
from contracts.appraisal import AppraisalView

UNSAID = frozenset({401, 403, 404})

# What each move is called on its button and among the steps.
MOVES: Mapping[str, str] = MappingProxyType(
    {
        "open-appraisal": "开启考评",
        "freeze-facts": "封存数据",
        "self-score": "保存自评",
        "submit-appraisal": "提交自评",
        "verify-item": "核定",
        "adjust-item": "调整",
        "publish-appraisal": "公布得分",
        "appeal-appraisal": "提出申诉",
        "decide-appeal": "裁定申诉",
    }
)
STEPS: Mapping[str, str] = MappingProxyType(
    {
        "appraisal_opened": "开启考评",
        "facts_frozen": "封存数据",
        "self_scored": "填写自评",
        "appraisal_submitted": "提交自评",
        "item_verified": "核定",
        "item_adjusted": "调整",
        "appraisal_published": "公布得分",
        "appraisal_appealed": "提出申诉",
        "appeal_decided": "裁定申诉",
    }
)

pages = APIRouter(prefix="/districts/{district}/years/{year}/appraisal")


class Recorded(BaseModel):
    """What a command came to, as far as the page needs it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    position: int


@dataclass(frozen=True)
class Attempt:
    """A form that the rules refused: the sentence, and what was typed, so that nothing is lost."""

    sentence: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True)
class AppraisalDesk:
    """Where a visitor looks after the appraisal of one year of one district."""

    visit: SignedIn
    district: str
    year: Year

    @property
    def here(self) -> str:
        return service_path("districts", self.district, "years", self.year, "appraisal")

    async def page(self, attempt: Attempt) -> HTMLResponse:
        entry, titles, view = await asyncio.gather(
            the_district(self.visit, self.district),
            the_place(self.visit, self.district, self.year),
            self.visit.enquiry.get(AppraisalView, "evaluation", self.here),
        )
        role = self.visit.actor.role.value if self.visit.actor else ""
        return self.visit.page(
            "appraisal.html",
            status=attempt.status,
            district=entry,
            year=self.year,
            section="appraisal",
            appraisal=view,
            titles=await self._with_its_rulebook(titles, view),
            mine={move for move, roles in view.next.items() if role in roles},
            names=MOVES,
            waiting={move: self._waited_for(roles) for move, roles in view.next.items()},
            steps={step.position: STEPS[step.type.split(".")[2]] for step in view.steps},
            attempt=attempt,
            key=secrets.token_urlsafe(12),
            seen=view.steps[-1].position if view.steps else 0,
        )

    async def _with_its_rulebook(self, titles: Place, view: AppraisalView) -> Place:
        """The rulebook that the appraisal was opened under, if another has been adopted since."""
        codes = [f"{view.rulebook_id}/"] if view.rulebook_id else []
        return await with_rules_behind(self.visit, self.district, self.year, titles, codes)

    def _waited_for(self, roles: Sequence[str]) -> str:
        return self.visit.say("或").join(self.visit.say(term_of(role, "actor")) for role in roles)

    async def give(self, typed: Mapping[str, str]) -> Response:
        """Make the move that a form asks for; a refusal comes back on the page with the form."""
        move = typed.get("move", "")
        path = service_path("districts", self.district, "commands", move)
        fields = {"year": self.year, **_fields(move, typed)}
        headers = {"Idempotency-Key": typed.get("key") or secrets.token_urlsafe(12)}
        if seen := typed.get("seen"):
            headers["Seen-Position"] = seen
        try:
            await self.visit.enquiry.give(Recorded, "evaluation", path, fields, headers)
        except ServiceRefused as refusal:
            if refusal.status in UNSAID:
                raise
            said = self.visit.sentence_of(refusal)
            return await self.page(Attempt(said, typed, refusal.status))
        return self.visit.go(self.here)


@pages.get("", response_class=HTMLResponse)
async def show_appraisal(desk: Annotated[AppraisalDesk, Depends()]) -> Response:
    return await desk.page(Attempt())


@pages.post("", response_class=HTMLResponse, dependencies=[OwnForm])
async def make_a_move(desk: Annotated[AppraisalDesk, Depends()], request: Request) -> Response:
    form = await request.form()
    return await desk.give({name: str(value) for name, value in form.items()})


def _fields(move: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a command, out of those of its form."""
    if move == "self-score":
        return {"items": _items(typed)}
    wanted = {
        "verify-item": ("item",),
        "adjust-item": ("item", "points", "reason"),
        "appeal-appraisal": ("reason",),
        "decide-appeal": ("outcome", "reason"),
    }
    return {name: typed.get(name, "").strip() for name in wanted.get(move, ())}


def _items(typed: Mapping[str, str]) -> list[dict[str, str]]:
    items = [name.removeprefix("claimed.") for name in typed if name.startswith("claimed.")]
    return [
        {
            "item": item,
            "claimed": typed[f"claimed.{item}"].strip(),
            "reason": typed.get(f"reason.{item}", ""),
            "evidence": typed.get(f"evidence.{item}", ""),
        }
        for item in items
    ]
