"""What a place calls its levels of rating, and how they are coloured."""

from dataclasses import dataclass

from console.endpoints.language import Language
from contracts.explained import ExplainedRulebook, LevelTitle
from contracts.rating_levels import DISSATISFIED, USUAL, USUAL_IN_ENGLISH


@dataclass(frozen=True)
class Place:
    """The words of a place; without a rulebook it has none of its own."""

    rulebook: ExplainedRulebook | None = None

    def level(self, code: str) -> LevelTitle | None:
        levels = self.rulebook.levels if self.rulebook else ()
        return next((each for each in levels if each.code == code), None)

    def title_of_level(self, language: Language, code: str) -> str | None:
        """What a level of rating is called here; None where the usual name will do."""
        level = self.level(code)
        if level is None:
            return None
        return level.label_en if language is Language.ENGLISH else level.label

    def levels_offered(self, language: Language) -> tuple[tuple[str, str], ...]:
        """What a proposer may choose from: the levels of the rulebook, or the usual three."""
        if self.rulebook is None:
            return tuple(
                (
                    each.value,
                    USUAL_IN_ENGLISH[each] if language is Language.ENGLISH else each.chinese,
                )
                for each in USUAL
            )
        return tuple(
            (each.code.value, each.label_en if language is Language.ENGLISH else each.label)
            for each in self.rulebook.levels
        )

    def class_titled(self, language: Language, code: str) -> str:
        """What a result class means here; nothing where that is not known."""
        classes = self.rulebook.classes if self.rulebook else ()
        found = next((each for each in classes if each.code == code), None)
        if found is None:
            return ""
        return found.label_en if language is Language.ENGLISH else found.label

    def mark_of_level(self, code: str) -> str:
        """How a rating is coloured: good, bad or fair, by what it counts as."""
        level = self.level(code)
        if level is None:
            return {"satisfied": "good"}.get(code, "bad" if code in set(DISSATISFIED) else "fair")
        if level.satisfied:
            return "good"
        return "bad" if level.dissatisfied else "fair"


NOWHERE = Place()
