"""An operator follows one command from the HTTP request to the last projection, in one trace."""

from collections.abc import Iterator

import pytest
from opentelemetry import trace
from opentelemetry.instrumentation.asyncpg import AsyncPGInstrumentor
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from hosting.progress import FOLLOWERS
from tests.journeys.conftest import Town

DATE = "2024-03-01"


@pytest.fixture(scope="module")
def provider() -> Iterator[TracerProvider]:
    """The process has one tracer provider for good; this module sets it."""
    provider = TracerProvider()
    trace.set_tracer_provider(provider)
    instrumentor = AsyncPGInstrumentor()  # type: ignore[no-untyped-call]  # it has no types
    instrumentor.instrument(tracer_provider=provider)
    yield provider
    instrumentor.uninstrument()


@pytest.fixture
def spans(provider: TracerProvider) -> InMemorySpanExporter:
    exporter = InMemorySpanExporter()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    return exporter


def trace_id(span: ReadableSpan) -> str:
    assert span.context is not None
    return f"{span.context.trace_id:032x}"


async def test_request_append_relay_subscriber_and_projection_share_a_trace(
    spans: InMemorySpanExporter, town: Town
) -> None:
    body = {
        "proposal_id": "20240001",
        "year": 2024,
        "title": "关于试办的建议",
        "form": "individual",
        "proposers": ["委员甲"],
    }
    spans.clear()
    await town.done("intake", "receive-proposal", body)

    history = (await town.ask("intake", "/proposals/20240001/events"))["events"]
    (received,) = history
    names = [
        span.name for span in spans.get_finished_spans() if trace_id(span) == received["trace_id"]
    ]

    projecting = [follower for follower in FOLLOWERS if not follower.endswith(".reactions")]
    assert any(name.startswith("POST /districts/{district}/commands") for name in names), names
    assert "handle ReceiveProposal" in names
    assert any(name.lower().startswith("select") for name in names), names
    assert names.count("publish tian.intake.proposal_received.v1") == 1
    assert names.count("project tian.intake.proposal_received.v1") == len(projecting)


async def test_who_only_asks_how_a_service_is_leaves_no_trace(
    spans: InMemorySpanExporter, town: Town
) -> None:
    spans.clear()

    assert (await town.intake.get("/readyz")).status_code == 200

    assert not [span.name for span in spans.get_finished_spans() if "readyz" in span.name]
