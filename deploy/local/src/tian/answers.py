"""What services answer, as far as the terminal shows it."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    """Part of an answer; what the terminal does not show is ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Receipt(Answer):
    """What a command came to."""

    recorded: int


class DeadLetter(Answer):
    """An event that a service refused to act on, for a person to look at."""

    follower: str
    position: int
    reason: str


class PassedBy(Answer):
    """An event that a follower was let pass by, with who decided it and why."""

    follower: str
    position: int
    why: str
    decided_by_name: str
    decided_at: datetime


class Progress(Answer):
    """The end of a district's log, and whether every service has taken it to there."""

    head: int
    settled: bool
    dead_letters: tuple[DeadLetter, ...] = ()
    passed_by: tuple[PassedBy, ...] = ()
