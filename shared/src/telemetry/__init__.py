"""One call per service: traces, metrics and logs."""

import logging
import os
import sys

import structlog
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.asyncpg import AsyncPGInstrumentor
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF, ALWAYS_ON
from structlog.typing import EventDict, Processor, WrappedLogger

__all__ = ["start"]


def start(service: str) -> TracerProvider:
    """Start telemetry for this process.

    Spans go to `OTEL_EXPORTER_OTLP_ENDPOINT` when it is set; trace ids are made and kept with
    every event in any case. Logs are JSON lines on standard error with the trace id.
    """
    _start_logs(service)
    is_exported = bool(os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"))
    provider = TracerProvider(
        resource=Resource.create({SERVICE_NAME: f"tian-{service}"}),
        # Where nobody collects them, spans only hand on their ids; recording them costs a third.
        sampler=ALWAYS_ON if is_exported else ALWAYS_OFF,
    )
    if is_exported:
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        # Around every statement, for spans that go nowhere: not where nobody collects them.
        AsyncPGInstrumentor().instrument(  # type: ignore[no-untyped-call]  # it has no types
            tracer_provider=provider
        )
    trace.set_tracer_provider(provider)
    HTTPXClientInstrumentor().instrument(tracer_provider=provider)
    return provider


def _start_logs(service: str) -> None:
    def add_service_and_trace(_logger: WrappedLogger, _method: str, entry: EventDict) -> EventDict:
        entry["service"] = service
        context = trace.get_current_span().get_span_context()
        if context.is_valid:
            entry["trace_id"] = f"{context.trace_id:032x}"
        return entry

    shared: list[Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        add_service_and_trace,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(os.environ.get("LOG_LEVEL", "INFO").upper())
    for chatty in ("httpx", "uvicorn.access", "faststream", "nats"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
