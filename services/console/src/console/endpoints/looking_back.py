"""The moment that a visitor looks at: now, unless the address names an earlier one."""

from dataclasses import asdict, dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query


@dataclass(frozen=True)
class Moment:
    """A day, a moment or a position of the log; by recording, or by when things happened."""

    as_of: Annotated[str, Query(max_length=40)] = ""
    happened_by: Annotated[str, Query(max_length=40)] = ""

    @property
    def asked(self) -> dict[str, str]:
        """What the services are asked for beside the rest."""
        return {name: value.strip() for name, value in asdict(self).items() if value.strip()}

    @property
    def query(self) -> str:
        """What an address ends in, so that the page behind it shows the same moment."""
        return f"?{urlencode(self.asked)}" if self.asked else ""


LookedAt = Annotated[Moment, Depends()]
