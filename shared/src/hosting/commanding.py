"""Commands over HTTP: one endpoint per command, the same everywhere."""

import hashlib
import json
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar
from uuid import NAMESPACE_URL, uuid4, uuid5

from fastapi import APIRouter, Header
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from contracts.command import Command
from contracts.identity import Actor
from eventlog import Handled, Intent, Provenance
from eventlog.identifying import id_at, id_within
from hosting.clock import Clock
from hosting.signing import SignedIn, require_role, require_unit

C = TypeVar("C", bound=Command)

IdempotencyKey = Annotated[str | None, Header(min_length=1, max_length=255)]
SeenPosition = Annotated[
    int | None,
    Header(
        ge=0,
        le=2**53,
        description=(
            "看到日志第几条：此件在那以后有变化的，不予办理（409 Overtaken）"
            " / How far in the log this was seen; refused if it has changed since"
        ),
    ),
]
Give = Callable[[str, Intent[Any]], Awaitable[Handled]]
Guard = Callable[[str, Actor, Any], Awaitable[None]]


@dataclass(frozen=True)
class Keyed:
    """An idempotency key, if there is one, and what was asked under it, as it was typed.

    A command may hold more, which the service looked up: that changes, and the request does not.
    """

    key: str | None
    asked: BaseModel


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
        idempotency_key: IdempotencyKey = None,
        seen_position: SeenPosition = None,
    ) -> Receipt:
        require_role(actor, command_class.may)
        given = {name: getattr(body, name) for name in body.model_fields_set}  # type: ignore[attr-defined]
        command = command_of(command_class, {**given, "at": clock()})
        require_unit(actor, getattr(command, "unit", None))
        await guard(district, actor, command)
        keyed = Keyed(idempotency_key, command)
        return await give_command(give, district, actor, command, keyed, seen_position)

    name = kebab_case(command_class.__name__)
    router.add_api_route(
        f"/districts/{{district}}/commands/{name}",
        endpoint,
        methods=["POST"],
        name=name,
        summary=(command_class.__doc__ or "").strip().partition("\n")[0],
    )


def command_of(command_class: type[C], fields: dict[str, Any]) -> C:
    """Raises RequestValidationError, which names the field."""
    try:
        return command_class.model_validate(fields)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from error


def _without_time(command_class: type[Command]) -> type[BaseModel]:
    fields: dict[str, Any] = {
        name: (field.annotation, field)
        for name, field in command_class.model_fields.items()
        if name != "at"
    }
    return create_model(
        f"{command_class.__name__}Body", __config__=ConfigDict(extra="forbid"), **fields
    )


async def give_command(
    give: Give,
    district: str,
    actor: Actor,
    command: Command,
    keyed: Keyed,
    seen_position: int | None = None,
) -> Receipt:
    """Give a command for an actor. A key that is used again gives the first answer.

    Raises KeyUsedForSomethingElse for a key that came with another request before, and Overtaken
    where the stream has changed after `seen_position`.
    """
    provenance = Provenance(actor=actor, correlation_id=uuid4())
    if keyed.key is None:
        intent = Intent(command, id_at(command.at), provenance, None, seen_position)
    else:
        whose = uuid5(NAMESPACE_URL, json.dumps([district, actor.subject]))
        key = json.dumps([type(command).__name__, keyed.key])
        asked = json.dumps(keyed.asked.model_dump(mode="json", exclude={"at"}), sort_keys=True)
        fingerprint = hashlib.sha256(asked.encode()).hexdigest()
        command_id = id_within(whose, key)
        intent = Intent(command, command_id, provenance, fingerprint, seen_position)
    handled = await give(district, intent)
    return Receipt(recorded=handled.recorded, position=handled.position)
