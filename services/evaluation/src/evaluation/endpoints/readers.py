"""Who reads the cases behind figures: counts and rates are everybody's, a case its readers'."""

from collections.abc import Iterator
from typing import Any, TypeVar

from contracts.figures import CaseNote, Figure, Margin
from contracts.identity import Actor
from contracts.vocabulary import ActorRole
from eventlog import EventLog
from hosting.reading_rights import readable

F = TypeVar("F", bound=Figure)

# Reports name proposers, and proposals that were not filed: those are not for units or proposers.
REPORT_READERS = frozenset(
    {
        ActorRole.SUPERVISION,
        ActorRole.COMMITTEE,
        ActorRole.LEADER,
        ActorRole.AUDITOR,
        ActorRole.SERVICE,
    }
)

# What cannot be told without its cases is for those who may read every case.
READERS_OF_ALL_CASES = frozenset(ActorRole) - {ActorRole.PROPOSER}


async def with_readable_cases(log: EventLog, district: str, actor: Actor, told: F) -> F:
    """The same figures, naming only cases that the actor may read; counts and rates stay."""
    if actor.role in READERS_OF_ALL_CASES:
        return told
    named = sorted({note.proposal_id for note in notes_in(told)})
    return naming_only(told, frozenset(await readable(log, district, named, actor)))


def notes_in(told: Any) -> Iterator[CaseNote]:
    """Every case that a figure names, at any depth."""
    if isinstance(told, CaseNote):
        yield told
    elif isinstance(told, Figure):
        for name in type(told).model_fields:
            yield from notes_in(getattr(told, name))
    elif isinstance(told, tuple):
        for each in told:
            yield from notes_in(each)


def naming_only(told: F, open_to: frozenset[str]) -> F:
    """A figure without the cases that are not among these, at any depth."""
    changed = {
        name: _kept(getattr(told, name), open_to)
        for name in type(told).model_fields
        if isinstance(getattr(told, name), Figure | tuple)
    }
    return told.model_copy(update=changed)


def _kept(value: Any, open_to: frozenset[str]) -> Any:
    """None for a case that is not open, and for a margin, which is nothing without its case."""
    if isinstance(value, CaseNote | Margin):
        note = value.case if isinstance(value, Margin) else value
        return value if note.proposal_id in open_to else None
    if isinstance(value, tuple):
        kept = (_kept(each, open_to) for each in value)
        return tuple(each for each in kept if each is not None)
    return naming_only(value, open_to) if isinstance(value, Figure) else value
