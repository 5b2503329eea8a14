"""What a place calls its levels of rating, and how they are coloured."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from console.endpoints.language import Language
from contracts.deadlines import BY_HAND, BY_UPPER_LEVEL, NAMED_IN_LEDGER
from contracts.explained import ExplainedRulebook, LevelTitle, RuleLine
from contracts.rating_levels import DISSATISFIED, USUAL, USUAL_IN_ENGLISH


@dataclass(frozen=True)
class Cited:
    """A rule as a page cites it: what it says in short, of which rulebook, and where it comes from."""

    code: str
    in_short: str
    in_short_en: str
    rulebook: ExplainedRulebook | None = None
    source: str = ""
    assumed: bool = False


# What a limit rests on where that is no rule of a rulebook.
NOT_OF_A_RULEBOOK: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        NAMED_IN_LEDGER: ("台账写明的期限", "as the ledger says"),
        BY_HAND: ("交办时写明的期限", "as set at the dispatch"),
        BY_UPPER_LEVEL: ("上级规定的期限", "as set by the upper level"),
    }
)
NOT_AT_HAND = ("交办时所用的规则", "by the rule in force at the dispatch")


@dataclass(frozen=True)
class Place:
    """The words of a place; without a rulebook it has none of its own.

    `others` are rulebooks that something was decided by before the adopted one, or elsewhere.
    """

    rulebook: ExplainedRulebook | None = None
    others: tuple[ExplainedRulebook, ...] = ()

    def line(self, key: str) -> RuleLine | None:
        """A rule of the adopted rulebook."""
        return None if self.rulebook is None else _line(self.rulebook, key)

    def cited(self, code: str) -> Cited:
        """The rule behind a code such as "shenzhen-2024/limits.lead", in words."""
        named, _, key = code.partition("/")
        for rulebook in self._rulebooks:
            line = _line(rulebook, key) if rulebook.id == named else None
            if line is not None:
                short = f"{line.label}，{line.said}"
                short_en = f"{line.label_en}, {line.said_en}"
                return Cited(code, short, short_en, rulebook, line.source, line.assumed)
        return Cited(code, *NOT_OF_A_RULEBOOK.get(code, NOT_AT_HAND))

    def called(self, rulebook_id: str) -> ExplainedRulebook | None:
        return next((each for each in self._rulebooks if each.id == rulebook_id), None)

    def rules_behind(self, codes: Iterable[str]) -> list[Cited]:
        """The rules of rulebooks among these, each once, in their order."""
        cited = (self.cited(code) for code in dict.fromkeys(codes))
        return [each for each in cited if each.rulebook is not None]

    def lacks(self, codes: Iterable[str]) -> list[str]:
        """The ids of the rulebooks that these codes name and that are not at hand."""
        named = dict.fromkeys(code.partition("/")[0] for code in codes if "/" in code)
        known = {rulebook.id for rulebook in self._rulebooks}
        return [each for each in named if each not in known]

    @property
    def _rulebooks(self) -> tuple[ExplainedRulebook, ...]:
        return (*((self.rulebook,) if self.rulebook else ()), *self.others)

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


def _line(rulebook: ExplainedRulebook, key: str) -> RuleLine | None:
    return next((each for each in rulebook.lines if each.key == key), None)


NOWHERE = Place()
