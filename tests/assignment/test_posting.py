"""What is posted to a group of people, and what a trace may hold of it."""

from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from assignment.subscribers.channels.posting import post
from tests.assignment.receiving import http_server


async def test_the_key_of_a_group_stands_in_no_trace() -> None:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    instrumentor = HTTPXClientInstrumentor()
    instrumentor.instrument(tracer_provider=provider)
    try:
        async with http_server() as server:
            await post(f"{server.address}/send?key=a-secret", b"{}", {})
    finally:
        instrumentor.uninstrument()
    assert [each.query for each in server.posted] == [{"key": "a-secret"}]
    said = "".join(span.to_json() for span in exporter.get_finished_spans())
    assert "a-secret" not in said
