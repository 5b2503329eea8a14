"""Which filed cases nobody has yet, and what the district's other cases teach about them."""

from pydantic import BaseModel

from assignment.projections.rows import FILES, PARTS, PRECEDENTS, FileRow, PrecedentRow
from contracts.handing_down import HandedDown
from eventlog.readmodels import Source


class Awaiting(BaseModel):
    """A filed case that nobody has yet, and the units that its proposers wish for."""

    proposal_id: str
    year: int
    number: str
    title: str
    key: bool
    fabricated: bool
    proposers: list[str]
    wished_units: list[str]
    handed_down: HandedDown | None


async def awaiting_dispatch(source: Source, year: int) -> list[Awaiting]:
    """The cases of a year that have a number and no unit, and have not ended; by number."""
    files = [
        file
        for file in await source.rows(FILES, year=year)
        if file.number is not None and file.ended_reason is None
    ]
    ids = [file.proposal_id for file in files]
    given = {part.proposal_id for part in await source.rows(PARTS, proposal_id=ids)}
    about = {row.proposal_id: row for row in await source.rows(PRECEDENTS, proposal_id=ids)}
    waiting = [file for file in files if file.proposal_id not in given]
    waiting.sort(key=lambda file: (file.number or "", file.proposal_id))
    return [_awaiting(file, about.get(file.proposal_id)) for file in waiting]


async def precedents(source: Source) -> list[PrecedentRow]:
    """What every case of the district is about, those that await dispatch included."""
    return await source.rows(PRECEDENTS)


def _awaiting(file: FileRow, about: PrecedentRow | None) -> Awaiting:
    return Awaiting(
        proposal_id=file.proposal_id,
        year=file.year,
        number=file.number or "",
        title=file.title,
        key=file.is_key,
        fabricated=file.fabricated,
        proposers=file.proposers,
        wished_units=about.wished_units if about else [],
        handed_down=HandedDown(**file.handed_down[-1]) if file.handed_down else None,
    )
