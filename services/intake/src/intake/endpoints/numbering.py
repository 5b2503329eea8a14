"""Case numbers that are taken: which proposal holds a number, said to who asks for it again."""

from collections.abc import Iterable, Sequence
from typing import Any

from contracts.intake import CaseNumberAssigned
from contracts.refusal import Refused
from eventlog import Conflict, Handled, Handling, Intent
from intake.commands import IntakeCommand
from intake.decisions.refusals import CaseNumberTaken
from intake.state import NumberTaken, known_proposal

IntakeHandling = Handling[Any, Any, Any]


async def handled(handling: IntakeHandling, district: str, intent: Intent[Any]) -> Handled:
    """Handle one command. Raises CaseNumberTaken where a Conflict is over a case number."""
    try:
        return await handling.handle(district, intent)
    except Conflict as conflict:
        raise await explained(handling, district, conflict) from conflict


async def explained(handling: IntakeHandling, district: str, refusal: Refused) -> Refused:
    """The refusal itself, or what it comes from where it is a Conflict over a case number."""
    if not isinstance(refusal, Conflict):
        return refusal
    stream = refusal.facts["stream"]
    taken = await numbers_taken(handling, district, [str(stream)])
    return taken.get(str(stream), refusal)


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
            holders[stream] = decider.decode(history[0].type, history[0].data)
    proposals = await log.read_streams(
        district, [f"proposal-{held.proposal_id}" for held in holders.values()]
    )
    refusals: dict[str, CaseNumberTaken] = {}
    for stream, held in holders.items():
        known = known_proposal(decider.fold(proposals[f"proposal-{held.proposal_id}"]))
        title = known.proposal.received.title if known else held.proposal_id
        refusals[stream] = CaseNumberTaken(year=held.year, number=held.number, title=title)
    return refusals


def _number_given(events: Sequence[Any]) -> str | None:
    given = (event.stream for event in events if isinstance(event, CaseNumberAssigned))
    return next(given, None)
