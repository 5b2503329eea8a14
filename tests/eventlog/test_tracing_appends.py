"""A trace of appends that travel together: each in the trace of its caller, linked to the commit."""

import asyncio

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from eventlog import EventLog, committing
from tests.eventlog.making import event, write


async def test_a_commit_is_linked_to_the_appends_it_carried(
    log: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    tracer = provider.get_tracer("test")
    monkeypatch.setattr(committing, "tracer", tracer)

    async def command(stream: str) -> None:
        with tracer.start_as_current_span("command"):
            await log.append("longgang", [write(event(stream, 1))])

    await asyncio.gather(command("a"), command("b"))

    spans = exporter.get_finished_spans()
    commands = {one.context.trace_id for one in spans if one.name == "command" and one.context}
    appends = [one.context for one in spans if one.name == "append"]
    commits = [one for one in spans if one.name == "commit"]
    assert {one.trace_id for one in appends if one} == commands
    assert len(commands) == 2
    linked = {link.context.span_id for commit in commits for link in commit.links}
    assert linked == {one.span_id for one in appends if one}
