"""What assignment reads from its environment."""

from pathlib import Path

from pydantic import Field

from hosting.settings import ServiceSettings


class Settings(ServiceSettings):
    """Settings of assignment, prefix ASSIGNMENT_ for its own."""

    assignment_host: str = "127.0.0.1"
    assignment_port: int = 8002
    tian_calendar: Path | None = Field(
        None, description="Calendar of public holidays; beside the districts unless it is named"
    )

    tian_channels: Path | None = Field(
        None,
        description="Folder with a channels file for each district, such as longgang.toml; beside"
        " the districts unless it is named. Without a file everything stays in the inboxes",
    )

    @property
    def channels(self) -> Path:
        return self.tian_channels or self.tian_districts.parent / "channels"

    @property
    def calendar(self) -> Path:
        return self.tian_calendar or self.tian_districts.parent / "calendars" / "china.toml"
