"""Projecting: a batch of events changes the rows of a read model, in the transaction it is given."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from opentelemetry import propagate, trace
from opentelemetry.util.types import AttributeValue

from eventlog.log import Connection
from eventlog.readmodels import ReadModel, Rows, apply, touched
from eventlog.recorded import Recorded
from eventlog.tables import Stored

SPANS_OF_THEIR_OWN = 20
LINKS = 100

tracer = trace.get_tracer("tian.eventlog")


class Projector:
    """Keeps the tables of one read model: one query and one write for each table and batch."""

    def __init__(self, model: ReadModel) -> None:
        self._model = model

    async def __call__(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        pending = self._model.read((one.position, one.type, one.body) for one in batch)
        if not pending:
            return
        stored, rows = Stored(connection, batch[0].district), Rows()
        await stored.load(touched(pending), rows)
        apply(pending, rows)
        await stored.save(rows)


@contextmanager
def projection_spans(batch: Sequence[Recorded]) -> Iterator[None]:
    """A span in the trace of each event's command; for many events at once, one with links to them.

    The span of an event lasts as long as its batch: until then its rows are not there to be seen.
    """
    first = batch[0]
    if len(batch) > SPANS_OF_THEIR_OWN:
        links = [
            trace.Link(span.get_span_context()) for span in map(_cause_of, batch[:LINKS]) if span
        ]
        attributes: dict[str, AttributeValue] = {
            "tian.district": first.district,
            "tian.position": first.position,
            "tian.events": len(batch),
        }
        with tracer.start_as_current_span(
            "project batch", kind=trace.SpanKind.CONSUMER, links=links, attributes=attributes
        ):
            yield
        return
    spans = [_span_of(first)]
    if spans[0].is_recording():
        spans += [_span_of(recorded) for recorded in batch[1:]]
    try:
        with trace.use_span(spans[0]):
            yield
    finally:
        for span in spans:
            span.end()


def _cause_of(recorded: Recorded) -> trace.Span:
    context = propagate.extract({"traceparent": recorded.traceparent or ""})
    return trace.get_current_span(context)


def _span_of(recorded: Recorded) -> trace.Span:
    return tracer.start_span(
        f"project {recorded.type}",
        context=propagate.extract({"traceparent": recorded.traceparent or ""}),
        kind=trace.SpanKind.CONSUMER,
        attributes={"tian.district": recorded.district, "tian.position": recorded.position},
    )
