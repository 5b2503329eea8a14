"""One line of a rulebook in words."""

from contracts.explained import RuleLine
from contracts.reading import Sourced
from evaluation.decisions.wording import Said


def line(key: str, label: Said, said: Said, rule: Sourced | None = None) -> RuleLine:
    """The section is what the key begins with."""
    return RuleLine(
        section=key.partition(".")[0],
        key=key,
        label=label.chinese,
        label_en=label.english,
        said=said.chinese,
        said_en=said.english,
        source=rule.source if rule else "",
        assumed=rule.assumed if rule else False,
    )
