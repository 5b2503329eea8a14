"""The words of a district's year: the rulebook that it adopted, where it has one."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace

from console.endpoints.looking_back import Moment
from console.endpoints.services import ServiceRefused
from console.endpoints.titles import NOWHERE, Place
from console.endpoints.visits import Visit, service_path
from contracts.explained import ExplainedRulebook

NOT_FOUND = 404


async def the_place(visit: Visit, district: str, year: int, moment: Moment | None = None) -> Place:
    """The words of a district's year, or none where it has adopted no rulebook."""
    path = service_path("districts", district, "years", year, "rulebook")
    try:
        asked = moment.asked if moment else None
        return Place(await visit.enquiry.get(ExplainedRulebook, "evaluation", path, asked))
    except ServiceRefused as refusal:
        if refusal.status == NOT_FOUND:
            return NOWHERE
        raise


async def with_rules_behind(
    visit: Visit, district: str, year: int, place: Place, codes: Iterable[str]
) -> Place:
    """The place with the rulebooks that these codes name beside the adopted one, as far as known."""
    path = service_path("districts", district, "years", year, "rulebook")

    async def find(rulebook_id: str) -> ExplainedRulebook | None:
        asked = {"rulebook": rulebook_id}
        try:
            return await visit.enquiry.get(ExplainedRulebook, "evaluation", path, asked)
        except ServiceRefused:
            return None

    found = await asyncio.gather(*(find(each) for each in place.lacks(codes)))
    return replace(place, others=tuple(each for each in found if each is not None))
