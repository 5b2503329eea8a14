"""What evaluation reads from its environment."""

from hosting.settings import ServiceSettings


class Settings(ServiceSettings):
    """Settings of evaluation, prefix EVALUATION_ for its own."""

    evaluation_host: str = "127.0.0.1"
    evaluation_port: int = 8003
