"""What every command is: an imperative with its time, the roles that may give it, bounded words."""

import re
from datetime import date
from typing import Annotated, ClassVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, Strict, StringConstraints

from contracts.vocabulary import ActorRole

# What is written into the log stays there. A NUL, which PostgreSQL does not store, or a year beyond
# its integers would stop every reader at that event for ever, so it is turned away at the door.
# (A lone surrogate is no Unicode text, and pydantic takes none for a str.)
ON_ONE_LINE = re.compile(r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$")
ON_SOME_LINES = re.compile(r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")

ID = re.compile(r"^[\w〔〕.\-]{1,48}$")

Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=ON_ONE_LINE),
]
OptionalLine = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200, pattern=ON_ONE_LINE)
]
Words = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=20_000, pattern=ON_SOME_LINES)
]
Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=5_000, pattern=ON_SOME_LINES)
]
Id = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=ID),
]
Year = Annotated[int, Field(ge=1949, le=2100)]
ItemNumber = Annotated[int, Field(ge=1, le=1_000)]
VersionNumber = Annotated[int, Field(ge=0, le=1_000_000)]
# JSON Schema cannot compare dates; the pattern tells other systems what `ge` and `le` say here.
Day = Annotated[
    date,
    Field(
        ge=date(1949, 1, 1),
        le=date(2100, 12, 31),
        json_schema_extra={"pattern": "^(1949|19[5-9][0-9]|20[0-9]{2}|2100)-"},
    ),
]
# A limit that begins on the last Day ends later; none is longer than a hundred years.
Deadline = Annotated[
    date,
    Field(
        ge=date(1949, 1, 1),
        le=date(2200, 12, 31),
        json_schema_extra={"pattern": "^(1949|19[5-9][0-9]|2[01][0-9]{2}|2200)-"},
    ),
]
Flag = Annotated[bool, Strict()]


class Command(BaseModel):
    """Something that somebody asks for. Unknown fields are refused, so a typing error shows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    may: ClassVar[frozenset[ActorRole]]

    at: AwareDatetime

    @property
    def stream(self) -> str:
        """The stream whose state decides this command."""
        raise LookupError(type(self).__name__)
