"""What a proposer may read: one's own proposals, those taken in beside them, and published answers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum

from contracts.assignment import ReplyPublished
from contracts.identity import Actor
from contracts.intake import ProposalReceived, ProposalTookIn
from contracts.proposing import DraftSaved, ProposalCosigned, PublicationConsentStated
from contracts.vocabulary import ActorRole
from eventlog import EventLog, Recorded

SIGNING = frozenset({DraftSaved.type, ProposalReceived.type, ProposalCosigned.type})


class Reach(Enum):
    """How much of a proposal and its case somebody reads."""

    WHOLE = "whole"
    PUBLISHED = "published"


async def may_read(log: EventLog, district: str, proposal_id: str, actor: Actor) -> bool:
    """Whether the actor may read a proposal, its case, and what became of it.

    Everybody may but proposers. A proposer reads what is one's own: written, handed in or signed
    under one's own subject, or entered by an office under one's name; and, as somebody to be
    answered with it, what one's own proposal was merged into, however often. Names are shared, so a name counts
    only where no subject is known. What was published is less than the whole: see `reach_of`.
    """
    return bool(await readable(log, district, [proposal_id], actor))


async def readable(
    log: EventLog, district: str, proposal_ids: Iterable[str], actor: Actor
) -> list[str]:
    """Those of these proposals that the actor may read as a whole, in their order."""
    reach = await reach_of(log, district, proposal_ids, actor)
    return [each for each, how_much in reach.items() if how_much is Reach.WHOLE]


async def reach_of(
    log: EventLog, district: str, proposal_ids: Iterable[str], actor: Actor
) -> Mapping[str, Reach]:
    """How much the actor may read of each of these proposals; those closed to the actor are absent.

    Where an answer was made public anybody reads that answer, with the title and the text that it
    answers, unless the proposers did not consent.
    """
    asked = list(proposal_ids)
    if actor.role is not ActorRole.PROPOSER:
        return dict.fromkeys(asked, Reach.WHOLE)
    streams = [name for each in asked for name in (f"proposal-{each}", f"case-{each}")]
    histories = await log.read_streams(district, streams)
    while further := _merged_into(histories):
        histories |= await log.read_streams(district, further)
    reach = {}
    for each in asked:
        proposal = histories[f"proposal-{each}"]
        if any(is_own(history, actor) for history in _with_all_taken_in(each, histories)):
            reach[each] = Reach.WHOLE
        elif _is_published(proposal, histories[f"case-{each}"]):
            reach[each] = Reach.PUBLISHED
    return reach


def is_own(history: Sequence[Recorded], actor: Actor) -> bool:
    """Whether the actor wrote, handed in or signed the proposal."""
    return any(
        recorded.envelope["actor"] == actor.subject
        if recorded.envelope["actorrole"] == ActorRole.PROPOSER.value
        else _names(recorded, actor.name)
        for recorded in history
        if recorded.type in SIGNING
    )


def wrote(history: Sequence[Recorded], actor: Actor) -> bool:
    """Whether the actor wrote the proposal or handed it in; to sign it is less."""
    return is_own([each for each in history if each.type != ProposalCosigned.type], actor)


def _names(recorded: Recorded, name: str) -> bool:
    return name == recorded.data.get("name") or name in recorded.data.get("proposers", ())


def _merged_into(histories: Mapping[str, Sequence[Recorded]]) -> list[str]:
    """The streams of what these proposals took in, as far as they are not among them."""
    taken = (f"proposal-{one}" for history in histories.values() for one in _taken_in(history))
    return sorted(set(taken) - histories.keys())


def _with_all_taken_in(
    proposal_id: str, histories: Mapping[str, Sequence[Recorded]]
) -> Iterator[Sequence[Recorded]]:
    """A proposal's history, those of what it took in, and of what these had taken in before."""
    seen, left = {proposal_id}, [proposal_id]
    while left:
        history = histories[f"proposal-{left.pop()}"]
        yield history
        new = [each for each in _taken_in(history) if each not in seen]
        seen.update(new)
        left += new


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
