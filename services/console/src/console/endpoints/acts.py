"""What can be done with a form: which command it gives, who sees it, what has to be filled in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from contracts.vocabulary import ActorRole

BETWEEN_NAMES = re.compile(r"[\s、，,；;]+")
BEFORE_A_POINT = re.compile(r"^[(（]?[0-9]{1,3}[)）.．、]\s*")


@dataclass(frozen=True)
class Blank:
    """Something to fill in.

    `kind` is line, words, day, unit (a line beside the units of the directory), names (several, on
    one line), lines (several, each on its own), points (the same, numbered), choice or flag; the last
    two name codes and terms. A day that is `today` at first may be changed. `choices_of` names a list
    that only the case knows; `facts` are for the label. Beside a blank with `look_alikes` stand
    earlier proposals that read like it.
    """

    name: str
    label: str
    kind: str = "line"
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = True
    hint: str = ""
    rows: int = 3
    look_alikes: bool = False
    today: bool = False
    choices_of: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    said: str = ""

    def read(self, typed: str) -> Any:
        """What was typed, as the command takes it."""
        match self.kind:
            case "names":
                return [name for name in BETWEEN_NAMES.split(typed) if name]
            case "lines":
                return _lines(typed)
            case "points":
                texts = (BEFORE_A_POINT.sub("", line) for line in _lines(typed))
                return [{"number": number, "text": text} for number, text in enumerate(texts, 1)]
            case "flag":
                return typed == "true"
            case _:
                return typed


@dataclass(frozen=True)
class Act:
    """A form that gives one command. It is shown to these roles while the thing is in these states.

    `about` are fields that the page fills in: the unit, the version … that the form is about. What
    has been read may be put together otherwise by `compose`, which sees everything that was typed.
    The day in the blank `foresees` moves a limit; the new limit is shown before it is confirmed.
    """

    command: str
    title: str
    roles: frozenset[ActorRole] = frozenset()
    states: frozenset[str] = frozenset()
    blanks: tuple[Blank, ...] = ()
    hint: str = ""
    prefilled: bool = False
    about: tuple[str, ...] = ()
    compose: Callable[[dict[str, Any], Mapping[str, str]], dict[str, Any]] | None = None
    service: str = "assignment"
    foresees: str = ""

    def is_for(self, role: ActorRole, state: str) -> bool:
        return role in self.roles and state in self.states

    def fields(self, typed: Mapping[str, str]) -> dict[str, Any]:
        """What was typed, as the command's fields; what was left blank is left out."""
        read = {
            blank.name: blank.read(given)
            for blank in self.blanks
            if (given := typed.get(blank.name, "").strip())
        }
        read |= {name: typed[name] for name in self.about if typed.get(name)}
        return self.compose(read, typed) if self.compose else read


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]
