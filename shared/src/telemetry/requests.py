"""What the web framework traces of requests: one span each, and none for who only asks how it is."""

from collections.abc import MutableMapping
from typing import Any

from fastapi.telemetry import TelemetryConfig

NOT_TRACED = ("/livez", "/readyz", "/metrics", "/version", "/static/")


def _is_asked_by_machines(scope: MutableMapping[str, Any]) -> bool:
    path: str = scope.get("path", "")
    return path.startswith(NOT_TRACED)


REQUESTS_TRACED: TelemetryConfig = {
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "exclude": _is_asked_by_machines,
}
