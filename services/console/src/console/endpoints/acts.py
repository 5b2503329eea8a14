"""What can be done with a form: which command it gives, who sees it, what has to be filled in."""

from collections.abc import Mapping
from dataclasses import dataclass

from contracts.vocabulary import ActorRole


@dataclass(frozen=True)
class Blank:
    """Something to fill in. `kind` is line, words, day or choice; a choice names codes and terms."""

    name: str
    label: str
    kind: str = "line"
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = True
    hint: str = ""
    rows: int = 3


@dataclass(frozen=True)
class Act:
    """A form that gives one command. It is shown to these roles while the thing is in these states."""

    command: str
    title: str
    roles: frozenset[ActorRole]
    states: frozenset[str]
    blanks: tuple[Blank, ...] = ()
    hint: str = ""

    def is_for(self, role: ActorRole, state: str) -> bool:
        return role in self.roles and state in self.states

    def fields(self, typed: Mapping[str, str]) -> dict[str, str]:
        """What was typed, as the command's fields; what was left blank is left out."""
        given = {blank.name: typed.get(blank.name, "").strip() for blank in self.blanks}
        return {name: value for name, value in given.items() if value}
