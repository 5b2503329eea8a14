"""The words of a district's year: the rulebook that it adopted, where it has one."""

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
