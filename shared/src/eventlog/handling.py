"""Handling a command: load its stream, decide, append; again if somebody else was faster."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Generic

from opentelemetry import trace
from opentelemetry.propagate import extract, inject

from contracts.refusal import Refused
from contracts.vocabulary import CHINA
from eventlog.deciding import C, Decider, E, Handled, Intent, S
from eventlog.log import EventLog
from eventlog.recorded import (
    Circumstances,
    CommandNote,
    NewEvent,
    Provenance,
    Recorded,
    event_id_of,
    new_event,
)
from eventlog.refusing import Conflict, KeyUsedForSomethingElse, Overtaken
from eventlog.writes import Outcome, Write

ATTEMPTS = 8

tracer = trace.get_tracer("tian.eventlog")


class Handling(Generic[C, S, E]):
    """Handles the commands of one service over the log."""

    def __init__(
        self, log: EventLog, decider: Decider[C, S, E], clock: Callable[[], datetime]
    ) -> None:
        self.log = log
        self.decider = decider
        self._clock = clock

    async def handle(self, district: str, intent: Intent[C]) -> Handled:
        """Decide and append one command. Raises Refused, Conflict or LogUnavailable."""
        (result,) = await self.handle_many(district, [intent])
        if isinstance(result, Refused):
            raise result
        return result

    async def handle_many(
        self, district: str, intents: Sequence[Intent[C]]
    ) -> list[Handled | Refused]:
        """Decide and append commands together; a refusal or conflict touches only its own command."""
        results: dict[int, Handled | Refused] = {}
        tries: Counter[int] = Counter()
        waiting = dict(enumerate(intents))
        contested: set[str] = set()
        while waiting:
            answers, histories = await self._log_of(district, waiting.values(), contested)
            results |= _answers_given_before(answers, waiting)
            waiting = {index: one for index, one in waiting.items() if index not in results}
            for index, result in (await self._attempt(district, waiting, histories)).items():
                tries[index] += 1
                if _is_to_be_looked_at_again(result) and tries[index] < ATTEMPTS:
                    contested.update(_stream_in_conflict(result))
                    continue
                results[index] = result
                del waiting[index]
        return [results[index] for index in range(len(intents))]

    async def _log_of(
        self, district: str, intents: Collection[Intent[C]], further: Iterable[str]
    ) -> tuple[list[Recorded], dict[str, list[Recorded]]]:
        """The first events of these commands, where they were given before, and the streams."""
        return await self.log.read_answers_and_streams(
            district,
            [event_id_of(intent.command_id, 0) for intent in intents],
            sorted({*further, *(intent.command.stream for intent in intents)}),
        )

    async def foresee(self, district: str, commands: Sequence[C]) -> list[Sequence[E] | Refused]:
        """What each command would come to now, on its own; nothing is written."""
        histories = await self.log.read_streams(
            district, list({command.stream for command in commands})
        )
        foreseen: list[Sequence[E] | Refused] = []
        for command in commands:
            state = self.decider.fold(histories[command.stream])
            try:
                foreseen.append(self.decider.decide(command, state))
            except Refused as refusal:
                foreseen.append(refusal)
        return foreseen

    async def foresee_answer(self, district: str, intent: Intent[C]) -> Handled | Sequence[E]:
        """What would be answered now: as the first time to a repeated command, or these events.

        Nothing is written. Raises Refused where the command would be refused.
        """
        answers, histories = await self._log_of(district, [intent], ())
        for given_before in _answers_given_before(answers, {0: intent}).values():
            if isinstance(given_before, Refused):
                raise given_before
            return given_before
        history = histories[intent.command.stream]
        _not_overtaken(intent.seen_position, history)
        return self.decider.decide(intent.command, self.decider.fold(history))

    async def _attempt(
        self,
        district: str,
        intents: dict[int, Intent[C]],
        histories: dict[str, list[Recorded]],
    ) -> dict[int, Handled | Refused]:
        """Answer those intents that can travel in one transaction: no stream is written twice in it."""
        results: dict[int, Handled | Refused] = {}
        writes: dict[int, Write] = {}
        written: set[str] = set()
        for index, intent in intents.items():
            if intent.command.stream in written:
                continue
            try:
                events = self._decide(district, intent, histories)
            except Refused as refusal:
                results[index] = refusal
                continue
            streams = {event.stream for event in events}
            if not events:
                history = histories[intent.command.stream]
                results[index] = Handled(0, history[-1].position if history else 0)
            elif not streams & written:
                writes[index] = Write(events)
                written |= streams
        outcomes = await self.log.append(district, list(writes.values()))
        for (index, write), outcome in zip(writes.items(), outcomes, strict=True):
            results[index] = _result_of(outcome, len(write.events))
        return results

    def _decide(
        self, district: str, intent: Intent[C], histories: Mapping[str, Sequence[Recorded]]
    ) -> list[NewEvent]:
        history = histories[intent.command.stream]
        _not_overtaken(intent.seen_position, history)
        with _span(f"handle {type(intent.command).__name__}", intent.provenance):
            events = self.decider.decide(intent.command, self.decider.fold(history))
            provenance = replace(intent.provenance, traceparent=_current_traceparent())
        versions = Counter({intent.command.stream: len(history)})
        new_events: list[NewEvent] = []
        for index, event in enumerate(events):
            if event.stream not in versions:
                versions[event.stream] = self._length_before(event, histories)
            versions[event.stream] += 1
            circumstances = Circumstances(
                service=self.decider.service,
                district=district,
                happened_at=_moment(event.happened_on, intent.command.at),
                recorded_at=self._clock(),
                provenance=provenance,
                command=CommandNote(intent.command_id, len(events), intent.fingerprint),
            )
            new_events.append(
                new_event(
                    event,
                    event_id=event_id_of(intent.command_id, index),
                    version=versions[event.stream],
                    circumstances=circumstances,
                )
            )
        return new_events

    def _length_before(self, event: E, histories: Mapping[str, Sequence[Recorded]]) -> int:
        """How long the stream beside the command's own has to be for the event to go there."""
        history = histories.get(event.stream, ())
        return len(history) if self.decider.follows(event, self.decider.fold(history)) else 0


def _answers_given_before(
    answers: Sequence[Recorded], intents: Mapping[int, Intent[C]]
) -> dict[int, Handled | Refused]:
    """The first answers to commands that are repeated, though the rules might refuse them now."""
    indexes = {event_id_of(intent.command_id, 0): index for index, intent in intents.items()}
    found: dict[int, Handled | Refused] = {}
    for recorded in answers:
        index = indexes[recorded.event_id]
        told, fingerprint = recorded.envelope, intents[index].fingerprint
        if fingerprint and told.get("commandfingerprint") != fingerprint:
            found[index] = KeyUsedForSomethingElse()
            continue
        count = int(told["commandevents"])
        found[index] = Handled(count, recorded.position + count - 1, repeated=True)
    return found


def _not_overtaken(seen_position: int | None, history: Sequence[Recorded]) -> None:
    """Raises Overtaken where the stream goes on after what was seen."""
    if seen_position is None:
        return
    unseen = [recorded for recorded in history if recorded.position > seen_position]
    if unseen:
        last = unseen[-1]
        moment = datetime.fromisoformat(last.envelope["recordedtime"]).astimezone(CHINA)
        raise Overtaken(
            count=len(unseen),
            name=last.envelope["actorname"],
            moment=f"{moment:%Y-%m-%d %H:%M}",
            position=last.position,
        )


def _is_to_be_looked_at_again(result: Handled | Refused) -> bool:
    """Somebody was faster: with another command, or with this one, if it is the same request."""
    return isinstance(result, Conflict) or (isinstance(result, Handled) and result.repeated)


def _stream_in_conflict(result: Handled | Refused) -> list[str]:
    return [str(result.facts["stream"])] if isinstance(result, Conflict) else []


def _result_of(outcome: Outcome, event_count: int) -> Handled | Refused:
    if outcome.result == "conflict":
        return Conflict(stream=outcome.conflicting_stream)
    return Handled(event_count, outcome.position, repeated=outcome.result == "repeated")


def _span(name: str, provenance: Provenance) -> AbstractContextManager[trace.Span]:
    """A span in the trace of the cause, or in the current one where nothing is known of a cause."""
    cause = provenance.traceparent
    context = extract({"traceparent": cause}) if cause else None
    return tracer.start_as_current_span(name, context=context)


def _current_traceparent() -> str | None:
    carrier: dict[str, str] = {}
    inject(carrier)
    return carrier.get("traceparent")


def _moment(happened_on: date | None, otherwise: datetime) -> datetime:
    """A day in China as a moment: its first, unless the command itself came on that day."""
    if happened_on is None or otherwise.astimezone(CHINA).date() == happened_on:
        return otherwise.astimezone(UTC)
    return datetime.combine(happened_on, time(), CHINA).astimezone(UTC)
