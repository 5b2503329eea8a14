"""Whether headings and enumerations count on without gaps: 一、二、三; （一）（二）; 一是…二是…."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from contracts.checking import Certainty, Finding, Kind
from document_check.document import Document
from document_check.findings import Wording
from document_check.numerals import chinese

NUMERAL = "一二三四五六七八九十"
HEADINGS = (
    re.compile(rf"^第(?P<n>[{NUMERAL}]+)(?P<form>[章节部])"),
    re.compile(rf"^(?P<n>[{NUMERAL}]+)(?P<form>、)"),
    re.compile(rf"^\((?P<n>[{NUMERAL}]+)(?P<form>\))"),
    re.compile(r"^(?P<n>\d{1,2})(?P<form>[.、])(?!\d)"),
    re.compile(r"^\((?P<n>\d{1,2})(?P<form>\))"),
)
INLINE = (
    re.compile(rf"(?:^|[，；。：、！”)])(?P<form>)(?P<n>[{NUMERAL}]+)是(?!否|非|因|由于)"),
    re.compile(rf"(?:^|[，；。：！”)])(?P<form>第)(?P<n>[{NUMERAL}]+)(?=，)"),
    re.compile(r"(?:[；：。(])(?P<form>)(?P<n>\d{1,2})[.、](?!\d)"),
    re.compile(r"(?:[；：。，])\((?P<form>)(?P<n>\d{1,2})\)"),
)
FROM_THE_FIRST = 1


@dataclass(frozen=True)
class Marker:
    """A number that counts on; `form` is what it looks like, `level` how deep it lies."""

    number: int
    printed: str
    start: int
    end: int
    level: int


def contradictions_in_numbering(document: Document) -> Iterator[Finding]:
    yield from _headings(document)
    for pattern in INLINE:
        yield from _enumerations(document, pattern)


@lru_cache(maxsize=2)
def headings_in(document: Document) -> tuple[Marker, ...]:
    """The numbered lines, with their places in the compact text."""
    return tuple(_headings_in(document))


def _headings_in(document: Document) -> list[Marker]:
    found: list[Marker] = []
    at = 0
    for paragraph in document.text.split("\n"):
        for level, pattern in enumerate(HEADINGS):
            match = pattern.match(paragraph)
            number = _value(match["n"]) if match else None
            if match and number:
                found.append(Marker(number, match[0], at, at + match.end(), level))
                break
        at += len(paragraph) + 1
    return found


def _value(printed: str) -> int | None:
    return int(printed) if printed.isdecimal() else chinese(printed)


def _headings(document: Document) -> Iterator[Finding]:
    """Each level counts from the first under its parent; a new first is a new list."""
    last: dict[int, Marker] = {}
    reached: dict[int, int] = {}
    for marker in headings_in(document):
        before = last.get(marker.level)
        parent_is_new = before is None and any(level < marker.level for level in last)
        if before is not None and marker.number not in {before.number + 1, FROM_THE_FIRST}:
            yield _finding(document, before, marker)
        elif parent_is_new and marker.number not in {
            FROM_THE_FIRST,
            reached.get(marker.level, 0) + 1,
        }:
            yield _without_first(document, marker)
        last = {level: each for level, each in last.items() if level < marker.level}
        last[marker.level] = marker
        reached[marker.level] = marker.number


def _enumerations(document: Document, pattern: re.Pattern[str]) -> Iterator[Finding]:
    """Inside a paragraph; 一是 begins anew wherever it stands."""
    at = 0
    for paragraph in document.text.split("\n"):
        before: Marker | None = None
        for match in pattern.finditer(paragraph):
            number = _value(match["n"])
            if not number:
                continue
            marker = Marker(number, match[0], at + match.start("n"), at + match.end("n"), 0)
            if before and number not in {before.number + 1, FROM_THE_FIRST}:
                yield _finding(document, before, marker)
            before = marker
        at += len(paragraph) + 1


def _finding(document: Document, before: Marker, marker: Marker) -> Finding:
    wanted = _like(marker.printed, before.number + 1)
    this, earlier = _bare(marker.printed), _bare(before.printed)
    says = Wording(document, Kind.NUMBERING, Certainty.CERTAIN)
    says.arithmetic = f"{earlier} → {this}"
    if marker.number == before.number:
        says.message = (
            f"序号“{this}”出现了两次。",
            f"The number “{this}” stands twice.",
        )
    elif marker.number > before.number:
        missing = "、".join(
            _like(marker.printed, each) for each in range(before.number + 1, marker.number)
        )
        says.message = (
            f"序号由“{earlier}”跳到“{this}”，缺“{missing}”。",
            f"The numbering goes from “{earlier}” to “{this}”; “{missing}” is missing.",
        )
    else:
        says.message = (
            f"序号“{this}”排在“{earlier}”之后。",
            f"The number “{this}” stands after “{earlier}”.",
        )
    says.right = (f"“{earlier}”之后应为“{wanted}”。", f"After “{earlier}” comes “{wanted}”.")
    return says.found_at([(marker.start, marker.end), (before.start, before.end)])


def _without_first(document: Document, marker: Marker) -> Finding:
    this, first = _bare(marker.printed), _like(marker.printed, FROM_THE_FIRST)
    says = Wording(document, Kind.NUMBERING, Certainty.LIKELY)
    says.arithmetic = f"→ {this}"
    says.message = (
        f"本部分序号由“{this}”开始，前面没有“{first}”。",
        f"The numbering of this part begins with “{this}”; there is no “{first}” before it.",
    )
    says.right = (f"应由“{first}”开始。", f"It should begin with “{first}”.")
    return says.found_at([(marker.start, marker.end)])


def _bare(printed: str) -> str:
    return (
        printed.lstrip("，；。：、！”")
        .removesuffix("、")
        .removesuffix(".")
        .replace("(", "（")
        .replace(")", "）")
    )


def _like(printed: str, number: int) -> str:
    """Another number in the form of a printed one."""
    bare = _bare(printed)
    digits = re.search(rf"[{NUMERAL}]+|\d+", bare)
    if digits is None:
        return str(number)
    return bare.replace(digits[0], str(number) if digits[0].isdecimal() else in_chinese(number))


def in_chinese(number: int) -> str:
    """1 to 99 as headings write them."""
    digits = " 一二三四五六七八九"
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
    return ten + (digits[ones] if ones else "")
