"""What intake does when it hears of a merge: it is noted where the case is handled, or undone.

Where the case that took a proposal in has ended in the meantime, the merge is undone.
"""

from collections.abc import Mapping
from types import MappingProxyType

from contracts.command import Command
from contracts.event import Event
from contracts.intake import ProposalMerged, ProposalNotTakenIn
from hosting.reacting import Occasion, Reaction
from intake.commands import TakeIn, UndoMerge


async def when_a_proposal_is_merged(event: ProposalMerged, occasion: Occasion) -> list[Command]:
    return [
        TakeIn(
            at=occasion.recorded.happened_at,
            proposal_id=event.into_proposal_id,
            merged_proposal_id=event.proposal_id,
            proposers=event.proposers,
        )
    ]


async def when_a_proposal_is_not_taken_in(
    event: ProposalNotTakenIn, occasion: Occasion
) -> list[Command]:
    return [
        UndoMerge(
            at=occasion.recorded.happened_at,
            proposal_id=event.merged_proposal_id,
            into_proposal_id=event.proposal_id,
        )
    ]


REACTIONS: Mapping[type[Event], Reaction] = MappingProxyType(
    {
        ProposalMerged: when_a_proposal_is_merged,
        ProposalNotTakenIn: when_a_proposal_is_not_taken_in,
    }
)
