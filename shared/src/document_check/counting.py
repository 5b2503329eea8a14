"""Whether 以下三个方面 is followed by three, and 分别为 by as many figures as names."""

import re
from collections.abc import Iterator

from contracts.checking import Certainty, Finding, Kind
from document_check.document import Document
from document_check.findings import Wording
from document_check.numbering import NUMERAL, headings_in
from document_check.numerals import chinese

ANNOUNCED = re.compile(
    rf"(?P<n>[{NUMERAL}两]|\d{{1,2}})(?P<what>(?:个|大|项|点|条|种|类)(?:方面)?|方面)"
    r"(?:的?[^，。；：、\d\n]{0,10})?[：。，；]?\n?(?=(?P<first>一是|第一，|\(一\)|\(1\)|1[.、]|一、))"
)
FOLLOWING = {
    "一是": re.compile(rf"(?:^|[，；。：、！”\n])(?P<n>[{NUMERAL}]+)是(?!否|非|因|由于)"),
    "第一，": re.compile(rf"(?:^|[，；。：！”\n])第(?P<n>[{NUMERAL}]+)，"),
    "(1)": re.compile(r"(?:^|[；：。，\n])\((?P<n>\d{1,2})\)"),
    "1": re.compile(r"(?:^|[；：。(\n])(?P<n>\d{1,2})[.、](?!\d)"),
}
NAMED_RESPECTIVELY = re.compile(
    r"(?:^|[，；。：\n])(?P<names>[^，；。：\n\d、]{2,8}(?:、[^，；。：\n\d、和与及]{2,8})+(?:(?:和|与|及)[^，；。：\n\d、]{2,8})?)分别(?:为|是|达|达到)(?P<values>[^；。\n]*)"
)
ONE_VALUE = re.compile(r"\d+(?:\.\d+)?(?:%|[^\d，、和与及；。\n]{0,6})")
RATE_NAME = re.compile(r"(?:率|件|数|量|度|提案|建议)$")
FURTHEST = 3000
SEVERAL = 2
DEEPEST_HEADING = 2


def contradictions_in_counts(document: Document) -> Iterator[Finding]:
    yield from _announced(document)
    yield from _respective(document)


def _announced(document: Document) -> Iterator[Finding]:
    for match in ANNOUNCED.finditer(document.text):
        said = _value(match["n"])
        if not said or said < SEVERAL or _stands_in_a_name(document.text, match.start()):
            continue
        numbers = _numbers_behind(document, match.start("first"), match["first"])
        if len(numbers) < SEVERAL or said in {len(numbers), numbers[-1]}:
            continue
        yield _miscounted(document, match, said, len(numbers))


def _stands_in_a_name(text: str, start: int) -> bool:
    return (
        text[max(0, start - 1) : start] in {"第", "“", "每", "几"}
        or text[start - 1 : start].isdigit()
    )


def _value(printed: str) -> int | None:
    return int(printed) if printed.isdecimal() else chinese(printed)


def _numbers_behind(document: Document, start: int, first: str) -> list[int]:
    """1, 2, 3 … as far as the enumeration goes: until it begins anew, or a heading ends it."""
    end = min(start + FURTHEST, len(document.text))
    if first in {"(一)", "一、"}:
        level = 2 if first == "(一)" else 1
        markers = [each for each in headings_in(document) if each.start >= start]
        higher = next((each.start for each in markers if each.level < level), len(document.text))
        found = [each.number for each in markers if each.level == level and each.start < higher]
    else:
        higher = next(
            (
                each.start
                for each in headings_in(document)
                if each.start > start and each.level <= DEEPEST_HEADING
            ),
            end,
        )
        pattern = FOLLOWING["1" if first[0] == "1" else first]
        matches = pattern.finditer(document.text, max(start - 1, 0), min(end, higher))
        found = [number for match in matches if (number := _value(match["n"]))]
    again = next((i for i, number in enumerate(found) if i and number == 1), len(found))
    return found[:again]


def _miscounted(document: Document, match: re.Match[str], said: int, counted: int) -> Finding:
    says = Wording(document, Kind.COUNT, Certainty.LIKELY)
    says.arithmetic = f"{said} ≠ {counted}"
    says.message = (
        f"文中说“{match['n']}{match['what']}”，之后列出 {counted} 项。",
        f"The text announces {said}; {counted} are listed.",
    )
    says.right = (
        f"应为 {counted} 项，或补齐、删减至 {said} 项。",
        f"Either say {counted}, or list {said}.",
    )
    return says.found_at([(match.start("n"), match.end("what"))])


def _respective(document: Document) -> Iterator[Finding]:
    """办结率、答复率、满意率分别为100%、98%: three names, two figures."""
    for match in NAMED_RESPECTIVELY.finditer(document.text):
        names = re.split(r"[、和与及]", match["names"])
        values = ONE_VALUE.findall(match["values"].split("，")[0])
        clean = all(RATE_NAME.search(name) for name in names)
        if clean and len(values) >= SEVERAL and len(values) != len(names):
            says = Wording(document, Kind.COUNT, Certainty.LIKELY)
            says.arithmetic = f"{len(names)} ≠ {len(values)}"
            says.message = (
                f"“分别”之前列了 {len(names)} 个名称，之后只有 {len(values)} 个数。"
                if len(values) < len(names)
                else f"“分别”之前列了 {len(names)} 个名称，之后却有 {len(values)} 个数。",
                f"{len(names)} names are followed by {len(values)} figures.",
            )
            says.right = ("名称与数应当一一对应。", "There should be one figure for each name.")
            yield says.found_at(
                [
                    (match.start("values"), match.end("values")),
                    (match.start("names"), match.end("names")),
                ]
            )
