"""Commands over HTTP: one endpoint per command, the same everywhere."""

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from fastapi import APIRouter, Header
from pydantic import BaseModel, ConfigDict, create_model

from contracts.command import Command
from contracts.identity import Actor
from eventlog import Handled, Intent, Provenance
from hosting.signing import Clock, SignedIn, require_role, require_unit

Give = Callable[[str, Intent[Any]], Awaitable[Handled]]
Guard = Callable[[str, Actor, Any], Awaitable[None]]


class Receipt(BaseModel):
    """What a command came to: the number of events recorded, and the log position of the last."""

    recorded: int
    position: int


async def allow(district: str, actor: Actor, command: Command) -> None:
    """Allow what the role allows."""


def kebab_case(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def command_routes(
    commands: Sequence[type[Command]], give: Give, clock: Clock, guard: Guard = allow
) -> APIRouter:
    """Routes `POST /districts/{district}/commands/{command}` for these commands."""
    router = APIRouter(tags=["commands"])
    for command_class in commands:
        _add_route(router, command_class, give, clock, guard)
    return router


def _add_route(
    router: APIRouter, command_class: type[Command], give: Give, clock: Clock, guard: Guard
) -> None:
    body_class = _without_time(command_class)

    async def endpoint(
        district: str,
        body: body_class,  # type: ignore[valid-type]  # the model is made per command
        actor: SignedIn,
        idempotency_key: Annotated[str | None, Header(max_length=255)] = None,
    ) -> Receipt:
        require_role(actor, command_class.may)
        given = {name: getattr(body, name) for name in body.model_fields_set}  # type: ignore[attr-defined]
        command = command_class.model_validate({**given, "at": clock()})
        require_unit(actor, getattr(command, "unit", None))
        await guard(district, actor, command)
        command_id = _command_id(district, actor, command_class.__name__, idempotency_key)
        provenance = Provenance(actor=actor, correlation_id=uuid4())
        handled = await give(district, Intent(command, command_id, provenance))
        return Receipt(recorded=handled.recorded, position=handled.position)

    name = kebab_case(command_class.__name__)
    router.add_api_route(
        f"/districts/{{district}}/commands/{name}",
        endpoint,
        methods=["POST"],
        name=name,
        summary=(command_class.__doc__ or "").strip().partition("\n")[0],
        responses={401: {}, 403: {}, 409: {}, 422: {}, 503: {}},
    )


def _without_time(command_class: type[Command]) -> type[BaseModel]:
    fields: dict[str, Any] = {
        name: (field.annotation, field)
        for name, field in command_class.model_fields.items()
        if name != "at"
    }
    return create_model(
        f"{command_class.__name__}Body", __config__=ConfigDict(extra="forbid"), **fields
    )


def _command_id(district: str, actor: Actor, command: str, key: str | None) -> UUID:
    if key is None:
        return uuid4()
    return uuid5(NAMESPACE_URL, f"tian:{district}:{actor.subject}:{command}:{key}")
