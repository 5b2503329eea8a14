"""What stands before a command: proposers act for themselves, and what it names is there."""

from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from contracts.command import Command
from contracts.identity import Actor, MayNot
from contracts.vocabulary import ActorRole
from eventlog import EventLog, Intent
from eventlog.readmodels import Source
from hosting.directories import Directories
from hosting.reading_rights import wrote
from intake.commands import (
    CosignProposal,
    DeclineCosigning,
    HandingIn,
    MergeProposal,
    ProposalCommand,
    ReceiveProposal,
    SaveDraft,
)
from intake.decisions.refusals import MergeTargetOver, MergeTargetUnknown, WishedUnitUnknown
from intake.projections.reading import find_proposal, is_proposer
from ledger.problems import Misread
from ledger.units import UnitNames

Given = TypeVar("Given", bound=Command)

ENDED_STATES = MappingProxyType(
    {
        "refused": ("作不予立案处理", "refused"),
        "merged": ("并案", "merged itself"),
        "withdrawn": ("撤案", "withdrawn"),
        "converted": ("转为意见建议等", "passed on"),
        "transferred": ("转送其他政协", "handed over"),
    }
)
NOT_HANDED_IN = frozenset({"draft", "cosigning", "discarded"})


class NotInOwnName(MayNot):
    """第一提案人须是您本人（{name}）。 / The first proposer has to be yourself ({name})."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


async def only_into_open_proposals(stored: Source, command: Command) -> None:
    """Nothing is merged into a proposal that nobody handles. Raises MergeTargetUnknown or -Over.

    What is merged already is left to the rules, which know a repetition.
    """
    if not isinstance(command, MergeProposal):
        return
    source = await find_proposal(stored, command.proposal_id)
    if source is not None and source.state in ENDED_STATES:
        return
    target = await find_proposal(stored, command.into_proposal_id)
    if target is None or target.state in NOT_HANDED_IN:
        raise MergeTargetUnknown(into_proposal_id=command.into_proposal_id)
    if target.state in ENDED_STATES:
        chinese, english = ENDED_STATES[target.state]
        raise MergeTargetOver(
            into_proposal_id=target.proposal_id, state=chinese, state_in_english=english
        )


async def only_own_proposals(
    log: EventLog, district: str, stored: Source, actor: Actor, command: Command
) -> None:
    """Proposers write, hand in and sign in their own name, and act on what is their own.

    Whose a draft is that has no row yet, the log says.

    Raises NotInOwnName or MayNot.
    """
    if actor.role is not ActorRole.PROPOSER or not isinstance(command, ProposalCommand):
        return
    if isinstance(command, ReceiveProposal | SaveDraft) and actor.name not in command.proposers:
        raise NotInOwnName(actor.name)
    match command:
        case CosignProposal(name=name) | DeclineCosigning(name=name):
            is_own = name == actor.name
        case ReceiveProposal():
            is_own = True
        case SaveDraft():
            is_own = await is_proposer(stored, command.proposal_id, actor)
            if not is_own and await find_proposal(stored, command.proposal_id) is None:
                history = await log.read_stream(district, f"proposal-{command.proposal_id}")
                is_own = not history or wrote(history, actor)
        case _:
            is_own = await is_proposer(stored, command.proposal_id, actor)
    if not is_own:
        raise MayNot


def as_reviewed_here(
    directories: Directories, district: str, intent: Intent[Given]
) -> Intent[Given]:
    """What hands a proposal in says how often it is reviewed in this district, whatever was asked."""
    if not isinstance(intent.command, HandingIn):
        return intent
    twice = directories.find(district).reviews_twice
    return replace(intent, command=intent.command.model_copy(update={"reviewed_twice": twice}))


def wishing_known_units(
    directories: Directories, district: str, intent: Intent[Given]
) -> Intent[Given]:
    """The units that a proposal wishes for, by their names in the directory.

    Raises WishedUnitUnknown.
    """
    wished: tuple[str, ...] = getattr(intent.command, "wished_units", ())
    if not wished:
        return intent
    names = UnitNames(directories.find(district))
    units = dict.fromkeys(_known_unit(names, each) for each in wished)
    known = {"wished_units": tuple(units)}
    return replace(intent, command=intent.command.model_copy(update=known))


def _known_unit(names: UnitNames, written: str) -> str:
    try:
        return names.resolve(written).name
    except Misread as misread:
        nearest = misread.facts.get("nearest")
        raise WishedUnitUnknown(
            unit=written,
            guess=f"是不是“{nearest}”？" if nearest else "",
            guess_in_english=f" Is it “{nearest}”?" if nearest else "",
        ) from misread
