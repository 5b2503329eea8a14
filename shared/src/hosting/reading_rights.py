"""What a proposer may read of proposals: one's own, those taken in beside them, and published ones."""

from collections.abc import Iterable, Sequence

from contracts.assignment import ReplyPublished
from contracts.identity import Actor
from contracts.intake import ProposalReceived, ProposalTookIn
from contracts.proposing import DraftSaved, ProposalCosigned, PublicationConsentStated
from contracts.vocabulary import ActorRole
from eventlog import EventLog, Recorded

SIGNING = frozenset({DraftSaved.type, ProposalReceived.type, ProposalCosigned.type})


async def may_read(log: EventLog, district: str, proposal_id: str, actor: Actor) -> bool:
    """Whether the actor may read a proposal, its case, and what became of it.

    Everybody may but proposers. A proposer reads what is one's own: written, handed in or signed
    under one's own subject, or entered by an office under one's name; and, as somebody to be
    answered with it, what one's own proposal was merged into. Names are shared, so a name counts
    only where no subject is known. Anybody reads a proposal whose answer was made public, unless
    its proposers did not consent.
    """
    return bool(await readable(log, district, [proposal_id], actor))


async def readable(
    log: EventLog, district: str, proposal_ids: Iterable[str], actor: Actor
) -> list[str]:
    """Those of these proposals that the actor may read, in their order."""
    asked = list(proposal_ids)
    if actor.role is not ActorRole.PROPOSER:
        return asked
    streams = [name for each in asked for name in (f"proposal-{each}", f"case-{each}")]
    histories = await log.read_streams(district, streams)
    merged = {
        recorded.data["merged_proposal_id"]
        for history in histories.values()
        for recorded in history
        if recorded.type == ProposalTookIn.type
    }
    histories |= await log.read_streams(district, [f"proposal-{each}" for each in merged])
    return [
        each
        for each in asked
        if _is_published(histories[f"proposal-{each}"], histories[f"case-{each}"])
        or any(
            is_own(histories[f"proposal-{one}"], actor)
            for one in (each, *_taken_in(histories[f"proposal-{each}"]))
        )
    ]


def is_own(history: Sequence[Recorded], actor: Actor) -> bool:
    """Whether the actor wrote, handed in or signed the proposal."""
    return any(
        recorded.envelope["actor"] == actor.subject
        if recorded.envelope["actorrole"] == ActorRole.PROPOSER.value
        else _names(recorded, actor.name)
        for recorded in history
        if recorded.type in SIGNING
    )


def _names(recorded: Recorded, name: str) -> bool:
    return name == recorded.data.get("name") or name in recorded.data.get("proposers", ())


def _taken_in(history: Sequence[Recorded]) -> list[str]:
    return [
        recorded.data["merged_proposal_id"]
        for recorded in history
        if recorded.type == ProposalTookIn.type
    ]


def _is_published(proposal: Sequence[Recorded], case: Sequence[Recorded]) -> bool:
    said = [
        recorded.data["consents"]
        for recorded in proposal
        if recorded.type == PublicationConsentStated.type
    ]
    consents = said[-1] if said else True
    return consents and any(recorded.type == ReplyPublished.type for recorded in case)
