"""What intake reads from its environment."""

from hosting.settings import ServiceSettings


class Settings(ServiceSettings):
    """Settings of intake, prefix INTAKE_ for its own."""

    intake_host: str = "127.0.0.1"
    intake_port: int = 8001
