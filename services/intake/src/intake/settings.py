"""What intake reads from its environment."""

from pathlib import Path

from pydantic import Field

from hosting.settings import ServiceSettings


class Settings(ServiceSettings):
    """Settings of intake, prefix INTAKE_ for its own."""

    intake_host: str = "127.0.0.1"
    intake_port: int = 8001
    tian_calendar: Path | None = Field(
        None, description="Calendar of public holidays; beside the districts unless it is named"
    )

    @property
    def calendar(self) -> Path:
        return self.tian_calendar or self.tian_districts.parent / "calendars" / "china.toml"
