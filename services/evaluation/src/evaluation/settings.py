"""What evaluation reads from its environment."""

from pathlib import Path

from pydantic import Field

from hosting.settings import ServiceSettings


class Settings(ServiceSettings):
    """Settings of evaluation, prefix EVALUATION_ for its own."""

    evaluation_host: str = "127.0.0.1"
    evaluation_port: int = 8003
    tian_rulebooks: Path | None = None
    tian_calendar: Path | None = Field(
        None, description="Calendar of public holidays; beside the districts unless it is named"
    )

    @property
    def rulebooks(self) -> Path:
        """The folder of shipped rulebooks; beside that of the districts unless it is named."""
        return self.tian_rulebooks or self.tian_districts.parent / "rulebooks"

    @property
    def calendar(self) -> Path:
        return self.tian_calendar or self.tian_districts.parent / "calendars" / "china.toml"
