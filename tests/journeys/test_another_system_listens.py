"""Another system wants to listen: each service says what it takes and what it publishes."""

from contracts.schemas import SERVICES
from tests.journeys.conftest import Town


async def test_each_service_describes_its_commands_and_its_events(town: Town) -> None:
    for service in SERVICES:
        client = getattr(town, service)
        commands = (await client.get("/openapi.json")).json()
        events = (await client.get("/asyncapi.json")).json()
        assert any("/commands/" in path for path in commands["paths"])
        assert events["info"]["title"] == f"Tian {service}"
        assert events["channels"]
        version = (await client.get("/version")).json()
        assert events["info"]["version"] == version["version"]
