"""How the rules say no: a sentence in both languages that tells what would be right."""

from typing import ClassVar


class Refused(Exception):
    """A refusal. The docstring of a subclass is the Chinese sentence, `english` the other one.

    Both may name facts in braces; they are filled from the keyword arguments.
    """

    english: ClassVar[str] = ""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.chinese)

    @property
    def chinese(self) -> str:
        return (type(self).__doc__ or "").strip().format(**self.facts)

    @property
    def in_english(self) -> str:
        return self.english.format(**self.facts)
