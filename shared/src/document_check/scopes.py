"""What a figure is about: which year, which assembly, proposals or suggestions, whose."""

import re
from dataclasses import dataclass

from document_check.document import Document
from document_check.numbering import headings_in
from document_check.quantities import Quantity

YEAR = re.compile(r"20\d\d(?=年)|去年|上年|上一年|往年|前年")
SESSION = re.compile(
    r"[一二三四五六七八九十]+届[一二三四五六七八九十]+次|[一二三四五六七八九十]+届"
)
LEVEL = re.compile(r"(?:全国|[省市区县州镇])(?=政协|人大|级|委|本级)")
OBJECT = re.compile(r"议案|建议提案|提案建议|代表建议|人大建议|政协提案|委员提案|提案|建议")
WHO = re.compile(
    r"(?:^|[，。；：由\n])([\u4e00-\u9fff]{2,8}?(?:局|委员会|街道|办事处|公司|中心|镇|乡|部|院|厅))(?=[共承办收受])"
)


@dataclass(frozen=True)
class Scope:
    """What narrows a figure down; an empty set says nothing."""

    years: frozenset[str]
    sessions: frozenset[str]
    levels: frozenset[str]
    objects: frozenset[str]
    who: frozenset[str]

    def may_be(self, other: "Scope") -> bool:
        """Whether two figures may be about the same: nothing each of them says differs."""
        pairs = zip(self.marks, other.marks, strict=True)
        return all(not mine or not theirs or mine == theirs for mine, theirs in pairs)

    @property
    def marks(self) -> tuple[frozenset[str], ...]:
        return self.years, self.sessions, self.levels, self.objects, self.who


def scope_of(document: Document, quantity: Quantity) -> Scope:
    """The marks in the figure's own sentence, else those of its paragraph and its headings."""
    sentence = document.sentence_of(quantity)
    own = document.text[sentence.start : quantity.end] + quantity.tail
    around = document.text[_paragraph_start(document, quantity) : sentence.start]
    headings = _headings_over(document, quantity.start)
    return Scope(
        years=_marks(YEAR, own, around, headings),
        sessions=_marks(SESSION, own, around),
        levels=_marks(LEVEL, own, around, headings),
        objects=frozenset(_objects(own) or _objects(around) or _objects(headings)),
        who=_marks(WHO, own),
    )


def _marks(pattern: re.Pattern[str], *texts: str) -> frozenset[str]:
    for text in texts:
        found = frozenset(pattern.findall(text))
        if found:
            return found
    return frozenset()


def _objects(text: str) -> set[str]:
    """提案, 建议, 议案; 建议提案 is its own object."""
    found: set[str] = set()
    for match in OBJECT.finditer(text):
        word = match[0]
        if word in {"建议提案", "提案建议"}:
            found |= {"提案", "建议"}
        else:
            found.add("建议" if "建议" in word else "议案" if word == "议案" else "提案")
    return found


def _paragraph_start(document: Document, quantity: Quantity) -> int:
    return document.text.rfind("\n", 0, quantity.start) + 1


def _headings_over(document: Document, place: int) -> str:
    """The lines of the headings a place stands under."""
    over: dict[int, str] = {}
    for marker in headings_in(document):
        if marker.start > place:
            break
        over = {level: line for level, line in over.items() if level < marker.level}
        end = document.text.find("\n", marker.start)
        over[marker.level] = document.text[marker.start : min(end, marker.start + 40)]
    return "".join(over.values())
