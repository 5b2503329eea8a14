"""Case numbers: which proposal holds one, said to who asks for it again, and found for a row."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from contracts.intake import CaseNumberAssigned, IntakeEvent
from contracts.ledger import LedgerRow, proposal_id_of
from contracts.refusal import Refused
from eventlog import Handled, Handling, Intent
from intake.commands import IntakeCommand
from intake.decisions.numbering import is_plainly_another
from intake.decisions.refusals import CaseNumberTaken
from intake.state import NumberTaken, Proposal, State, known_proposal

IntakeHandling = Handling[Any, Any, Any]


async def handled(handling: IntakeHandling, district: str, intent: Intent[Any]) -> Handled:
    """Handle one command. Raises CaseNumberTaken with the title of the proposal that holds it."""
    try:
        return await handling.handle(district, intent)
    except CaseNumberTaken as taken:
        raise await explained(handling, district, taken) from taken


async def explained(handling: IntakeHandling, district: str, refusal: Refused) -> Refused:
    """The refusal itself; one over a case number names its holder by the title, not by the id."""
    if not isinstance(refusal, CaseNumberTaken):
        return refusal
    stream = "number-{year}-{number}".format(**refusal.facts)
    taken = await numbers_taken(handling, district, [stream])
    return taken.get(stream, refusal)


async def foreseen(
    handling: IntakeHandling, district: str, commands: Sequence[IntakeCommand]
) -> list[Sequence[Any] | Refused]:
    """What each command would come to now; the number it would give has to be free."""
    outcomes = await handling.foresee(district, commands)
    wanted = [
        None if isinstance(outcome, Refused) else _number_given(outcome) for outcome in outcomes
    ]
    taken = await numbers_taken(handling, district, {stream for stream in wanted if stream})
    return [
        taken.get(stream, outcome) if stream else outcome
        for stream, outcome in zip(wanted, outcomes, strict=True)
    ]


async def numbers_taken(
    handling: IntakeHandling, district: str, streams: Iterable[str]
) -> dict[str, CaseNumberTaken]:
    """The refusals for those streams that are case numbers which a proposal holds."""
    log, decider = handling.log, handling.decider
    holders: dict[str, CaseNumberAssigned] = {}
    for stream, history in (await log.read_streams(district, list(streams))).items():
        if isinstance(decider.fold(history), NumberTaken):
            holders[stream] = decider.decode(history[-1].type, history[-1].data)
    proposals = await log.read_streams(
        district, [f"proposal-{held.proposal_id}" for held in holders.values()]
    )
    refusals: dict[str, CaseNumberTaken] = {}
    for stream, held in holders.items():
        known = known_proposal(decider.fold(proposals[f"proposal-{held.proposal_id}"]))
        title = known.proposal.received.title if known else held.proposal_id
        refusals[stream] = CaseNumberTaken(year=held.year, number=held.number, title=title)
    return refusals


async def holders(
    handling: IntakeHandling, district: str, year: int, rows: Sequence[LedgerRow]
) -> dict[str, str]:
    """Which proposals rows are about, by number, where a number was corrected and would mislead."""
    log, decider = handling.log, handling.decider
    by_stream = {f"number-{year}-{row.number}": row for row in rows}
    had: dict[str, tuple[State, list[str]]] = {}
    for stream, history in (await log.read_streams(district, list(by_stream))).items():
        given = _given_to(decider.decode(each.type, each.data) for each in history)
        if given not in ([], [proposal_id_of(year, by_stream[stream].number)]) or history[1:]:
            had[stream] = decider.fold(history), given
    proposals = await _proposals_of(
        handling, district, {id_ for _, ids in had.values() for id_ in ids}
    )
    found = {
        by_stream[stream].number: _meant(
            by_stream[stream], year, state, {id_: proposals[id_] for id_ in ids if id_ in proposals}
        )
        for stream, (state, ids) in had.items()
    }
    return {number: proposal_id for number, proposal_id in found.items() if proposal_id}


def _given_to(events: Iterable[IntakeEvent]) -> list[str]:
    """The proposals that have had a number, each once, in their order."""
    given = (each.proposal_id for each in events if isinstance(each, CaseNumberAssigned))
    return list(dict.fromkeys(given))


async def _proposals_of(
    handling: IntakeHandling, district: str, proposal_ids: Iterable[str]
) -> dict[str, Proposal]:
    streams = {f"proposal-{each}": each for each in proposal_ids}
    histories = await handling.log.read_streams(district, list(streams))
    known = {id_: known_proposal(handling.decider.fold(histories[s])) for s, id_ in streams.items()}
    return {id_: each.proposal for id_, each in known.items() if each is not None}


def _meant(row: LedgerRow, year: int, state: State, had: Mapping[str, Proposal]) -> str | None:
    """The case that has the number now goes on under it, if a ledger or the upper level brought it.

    Under a number that is free again comes another case, if nothing in the row is the old one's.
    """
    if isinstance(state, NumberTaken):
        holder = had.get(state.proposal_id)
        is_listed = holder is not None and (holder.told or holder.handed_down)
        return state.proposal_id if is_listed else None
    for proposal_id, proposal in had.items():
        if not is_plainly_another(row.title, row.proposers, proposal):
            return proposal_id
    return proposal_id_of(year, row.number, len(had) + 1)


def _number_given(events: Sequence[Any]) -> str | None:
    given = (event.stream for event in events if isinstance(event, CaseNumberAssigned))
    return next(given, None)
