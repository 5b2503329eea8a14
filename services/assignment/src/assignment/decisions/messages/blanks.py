"""A wording with blanks: which blanks there are, and how they are filled."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

BLANKS = frozenset(
    [
        "answered",
        "asked_for",
        "by_unit",
        "case",
        "class_",
        "document",
        "due_on",
        "happened_on",
        "lead",
        "left",
        "limits",
        "manner",
        "note",
        "number",
        "place",
        "provisional",
        "reason",
        "return_until",
        "role",
        "sign_by",
        "suggested",
        "task",
        "to",
        "unit",
        "was_due_on",
        "was_return_until",
        "was_sign_by",
        "was_number",
    ]
)

Known = Mapping[str, str | None]


class UnknownBlank(Exception):
    """A wording asks for something that no message knows."""


@dataclass(frozen=True)
class Wording:
    """A subject of one line, which has to stand alone in a text message, and a body."""

    subject: str
    body: str

    def __post_init__(self) -> None:
        if unknown := (blanks_in(self.subject) | blanks_in(self.body)) - BLANKS:
            raise UnknownBlank(sorted(unknown))

    def fill(self, known: Known) -> tuple[str, str]:
        """Subject and body. Raises KeyError for a blank of the subject for which nothing is known."""
        there = {name: value for name, value in known.items() if value is not None}
        lines = [line for line in self.body.strip().splitlines() if blanks_in(line) <= set(there)]
        subject = " ".join(self.subject.format(**there).split())
        return subject, "\n".join(line.format(**there) for line in lines)


def blanks_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
