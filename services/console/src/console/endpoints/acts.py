"""What can be done with a form: which command it gives, who sees it, what has to be filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.vocabulary import ActorRole

BETWEEN_NAMES = re.compile(r"[\s、，,；;]+")


@dataclass(frozen=True)
class Blank:
    """Something to fill in.

    `kind` is line, words, day, names (several, on one line), choice or flag; the last two name codes
    and terms. Beside a blank with `look_alikes` stand earlier proposals that read like it.
    """

    name: str
    label: str
    kind: str = "line"
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = True
    hint: str = ""
    rows: int = 3
    look_alikes: bool = False

    def read(self, typed: str) -> Any:
        """What was typed, as the command takes it."""
        match self.kind:
            case "names":
                return [name for name in BETWEEN_NAMES.split(typed) if name]
            case "flag":
                return typed == "true"
            case _:
                return typed


@dataclass(frozen=True)
class Act:
    """A form that gives one command. It is shown to these roles while the thing is in these states."""

    command: str
    title: str
    roles: frozenset[ActorRole]
    states: frozenset[str]
    blanks: tuple[Blank, ...] = ()
    hint: str = ""
    prefilled: bool = False

    def is_for(self, role: ActorRole, state: str) -> bool:
        return role in self.roles and state in self.states

    def fields(self, typed: Mapping[str, str]) -> dict[str, Any]:
        """What was typed, as the command's fields; what was left blank is left out."""
        return {
            blank.name: blank.read(given)
            for blank in self.blanks
            if (given := typed.get(blank.name, "").strip())
        }
