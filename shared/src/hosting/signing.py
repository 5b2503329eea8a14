"""Who sends a request: the token is verified here again, in every service."""

from typing import Annotated

from fastapi import Depends, Request

from contracts.identity import Actor, MayNot, NotSignedIn, read_token
from contracts.vocabulary import ActorRole

READING = frozenset({"GET", "HEAD"})


async def signed_in(request: Request) -> Actor:
    """The actor of a request, allowed in the district that its path names.

    Raises NotSignedIn, MayNot, or NotFound for a district without a directory.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise NotSignedIn
    actor = read_token(token, request.app.state.public_key, at=request.app.state.clock())
    district = request.path_params.get("district")
    if district is not None:
        only_looks = request.method in READING
        if not (actor.reads(district) if only_looks else actor.is_of(district)):
            raise MayNot
        request.app.state.directories.find(district)
    return actor


SignedIn = Annotated[Actor, Depends(signed_in)]


def require_role(actor: Actor, roles: frozenset[ActorRole]) -> None:
    if actor.role not in roles:
        raise MayNot


def require_unit(actor: Actor, unit: str | None) -> None:
    """A unit acts for itself only."""
    if actor.role is ActorRole.UNIT and unit is not None and unit != actor.unit:
        raise MayNot
