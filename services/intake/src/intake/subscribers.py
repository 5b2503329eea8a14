"""What intake does when it hears of something: what is merged is noted where it is handled."""

from collections.abc import Mapping
from types import MappingProxyType

from contracts.command import Command
from contracts.event import Event
from contracts.intake import ProposalMerged
from hosting.reacting import Occasion, Reaction
from intake.commands import TakeIn


async def when_a_proposal_is_merged(event: ProposalMerged, occasion: Occasion) -> list[Command]:
    return [
        TakeIn(
            at=occasion.recorded.happened_at,
            proposal_id=event.into_proposal_id,
            merged_proposal_id=event.proposal_id,
            proposers=event.proposers,
        )
    ]


REACTIONS: Mapping[type[Event], Reaction] = MappingProxyType(
    {ProposalMerged: when_a_proposal_is_merged}
)
