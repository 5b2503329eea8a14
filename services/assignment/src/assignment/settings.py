"""What assignment reads from its environment."""

from hosting.settings import ServiceSettings


class Settings(ServiceSettings):
    """Settings of assignment, prefix ASSIGNMENT_ for its own."""

    assignment_host: str = "127.0.0.1"
    assignment_port: int = 8002
