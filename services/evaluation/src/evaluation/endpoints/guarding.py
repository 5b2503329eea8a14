"""What stands before a rating: an answer is rated in one place, where its proposer was answered."""

from typing import ClassVar

from contracts.catalogue import read_event
from contracts.command import Command
from contracts.directory import unit_for
from contracts.handing_down import HandDownRevoked, HandedDown, ProposalHandedDown
from contracts.refusal import Refused
from evaluation.commands import RateReply
from eventlog import EventLog
from hosting.directories import Directories


class RatedAbove(Refused):
    """本件由{upper_name}交办，提案人在{upper_name}评价，评价会自动转来。请到{upper_name}评价，不要在本区另录。"""

    english: ClassVar[str] = (
        "This case was handed down by {upper_name}. Its proposer rates the answer there, and the"
        " rating comes here by itself; rate it there."
    )


async def only_where_it_is_rated(
    log: EventLog, directories: Directories, district: str, command: Command
) -> None:
    """Two ratings of one answer would send it back twice, and only one of them would be known above.

    Raises RatedAbove while cases pass between the two levels.
    """
    if not isinstance(command, RateReply):
        return
    above = await _handed_down(log, district, command.proposal_id)
    known = {each.code: each for each in directories}
    if above is None or above.upper not in known:
        return
    if unit_for(known[above.upper], directories.find(district)) is not None:
        raise RatedAbove(upper_name=above.upper_name)


async def _handed_down(log: EventLog, district: str, proposal_id: str) -> HandedDown | None:
    above: HandedDown | None = None
    for recorded in await log.read_stream(district, f"proposal-{proposal_id}"):
        match read_event(recorded.type, recorded.data):
            case ProposalHandedDown() as told:
                above = told.handed_down
            case HandDownRevoked():
                above = None
            case _:
                pass
    return above
