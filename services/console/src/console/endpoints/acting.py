"""Sending a command from a form: what came of it, and what stays on the page when it was refused."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any
from uuid import uuid4

from fastapi import Depends, Request

from console.endpoints.acts import Act
from console.endpoints.answers import Answered, EventList, LoggedEvent
from console.endpoints.services import ServiceRefused
from console.endpoints.visits import Visit, service_path
from contracts.shown import Shown

ABOUT_THE_FORM = frozenset({403, 404, 409, 422})
OVERTAKEN = "Overtaken"
MAY_NOT = 403
CATCH_UP_POLLS = 40
CATCH_UP_PAUSE_SECONDS = 0.1


class Receipt(Answered):
    """What a command came to."""

    recorded: int
    position: int


class AnythingShown(Answered):
    """Any answer that says which state of the log it shows."""

    shown: Shown | None = None


@dataclass(frozen=True)
class Typed:
    """A form as it came in: what was typed, how far in the log the page was, and its own key."""

    values: Mapping[str, str]

    @property
    def seen(self) -> str:
        return self.values.get("seen", "")

    @property
    def key(self) -> str:
        return self.values.get("key", "") or uuid4().hex


@dataclass(frozen=True)
class Attempt:
    """A form that was not accepted: what was typed in it, the refusal, and what changed meanwhile."""

    command: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    sentence: str = ""
    status: int = 200
    is_overtaken: bool = False
    changes: tuple[LoggedEvent, ...] = ()


async def typed_form(request: Request) -> Typed:
    """Every text of the form, whichever blanks it has; files are left to who expects them.

    A browser sends each end of a line as two characters (HTML, form submission); the log keeps one.
    """
    form = await request.form()
    return Typed(
        {
            name: value.replace("\r\n", "\n")
            for name, value in form.items()
            if isinstance(value, str)
        }
    )


FormSent = Annotated[Typed, Depends(typed_form)]


@dataclass(frozen=True)
class Counter:
    """Where a visitor hands in forms about one thing: its service, and where it is asked about.

    `watched` is where the service says how far it has come, if `place` does not.
    """

    visit: Visit
    service: str
    district: str
    place: str
    watched: str = ""

    async def give(
        self, act: Act, typed: Typed, more: Mapping[str, Any] | None = None
    ) -> Receipt | Attempt:
        """Give the command; returns what came of it, or the attempt to show again.

        Raises ServiceDown or ServiceFailed, and ServiceRefused for somebody not signed in.
        """
        fields = {**act.fields(typed.values), **(more or {})}
        path = service_path("districts", self.district, "commands", act.command)
        headers = {"Idempotency-Key": typed.key}
        if typed.seen:
            headers["Seen-Position"] = typed.seen
        try:
            receipt = await self.visit.enquiry.give(Receipt, self.service, path, fields, headers)
        except ServiceRefused as refusal:
            if refusal.status not in ABOUT_THE_FORM:
                raise
            return await self._attempt(act, typed, refusal)
        await self.caught_up(receipt.position)
        return receipt

    async def _attempt(self, act: Act, typed: Typed, refusal: ServiceRefused) -> Attempt:
        is_overtaken = refusal.problem.title == OVERTAKEN
        return Attempt(
            command=act.command,
            typed=typed.values,
            sentence=self.visit.sentence_of(refusal, self._labels(act)),
            status=refusal.status,
            is_overtaken=is_overtaken,
            changes=await self._since(int(typed.seen)) if is_overtaken else (),
        )

    def _labels(self, act: Act) -> dict[str, str]:
        """What the form calls its blanks, in the visitor's language."""
        return {each.name: self.visit.say(each.label, **each.facts) for each in act.blanks}

    async def _since(self, seen: int) -> tuple[LoggedEvent, ...]:
        history = await self.visit.enquiry.get(EventList, self.service, f"{self.place}/events")
        return tuple(event for event in history.events if event.position > seen)

    async def caught_up(self, position: int) -> None:
        """Wait a little until the service shows what it has recorded; the page is right a moment later."""
        for _ in range(CATCH_UP_POLLS):
            if await self._shown_position() >= position:
                return
            await asyncio.sleep(CATCH_UP_PAUSE_SECONDS)

    async def _shown_position(self) -> int:
        try:
            answer = await self.visit.enquiry.get(
                AnythingShown, self.service, self.watched or self.place
            )
        except ServiceRefused:
            return -1
        return answer.shown.position if answer.shown else -1
