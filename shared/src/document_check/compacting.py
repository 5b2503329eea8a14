"""The text without its line wraps and typographic variants, every character knowing where it came from."""

import re
from dataclasses import dataclass

SAME_LENGTH = str.maketrans(
    {chr(0xFEE0 + code): chr(code) for code in range(33, 127)}
    | {"〔": "(", "〕": ")", "﹪": "%", "〇": "零", "【": "(", "】": ")", "﹣": "-"}
)
CHINESE_POINTS = str.maketrans({",": "，", ":": "：", ";": "；", "!": "！", "?": "？"})
FULL_STOPS = "。！？"
ENDS = FULL_STOPS + ".!?"
RUNS_ON = "，、；："
MARKER = re.compile(
    r"(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|第[一二三四五六七八九十]+[章节，、])"
)
BETWEEN_DIGITS = re.compile(r"(?<=\d)[ \t\u3000]+(?=\d)")
LONGEST_HEADING = 30
WRAPPED_AT = 25
"""A line shorter than this was ended by its author, not by the margin."""


@dataclass(frozen=True)
class Compact:
    """What the rules read. `origin[i]` is where character i stands in the text as given."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the given text of a stretch of the compact one."""
        if start >= end:
            return (self.origin[start], self.origin[start]) if self.origin else (0, 0)
        return self.origin[start], self.origin[end - 1] + 1


@dataclass(frozen=True)
class Line:
    """A line as given, without blanks."""

    text: str
    places: tuple[int, ...]


def lines_of(text: str) -> list[Line]:
    lines: list[Line] = []
    at = 0
    for raw in text.splitlines(keepends=True):
        apart = BETWEEN_DIGITS.sub(lambda blanks: "|" * len(blanks[0]), raw)
        kept = [(each, at + i) for i, each in enumerate(apart) if _printed(each)]
        at += len(raw)
        if kept:
            folded = "".join(each for each, _ in kept).translate(SAME_LENGTH)
            lines.append(Line(folded.translate(CHINESE_POINTS), tuple(place for _, place in kept)))
    return lines


def compact(lines: list[Line]) -> Compact:
    """Join wrapped lines; paragraphs stay apart by a newline."""
    characters: list[str] = []
    origin: list[int] = []
    open_brackets = 0
    followers: list[Line | None] = [*lines[1:], None]
    for line, following in zip(lines, followers, strict=False):
        characters.extend(line.text)
        origin.extend(line.places)
        open_brackets = max(0, open_brackets + line.text.count("(") - line.text.count(")"))
        if following is None or _ends(line.text, following.text, open_brackets):
            characters.append("\n")
            origin.append(line.places[-1])
            open_brackets = 0
    return _without_thousands("".join(characters), origin)


def _ends(line: str, following: str, open_brackets: int) -> bool:
    """Whether the paragraph ends with this line."""
    if MARKER.match(following):
        return True
    if line[-1] in RUNS_ON or (open_brackets and (len(line) >= WRAPPED_AT or ")" in following)):
        return False
    if line[-1] in ENDS:
        return True
    return len(line) < WRAPPED_AT or _is_heading(line)


def _is_heading(line: str) -> bool:
    return MARKER.match(line) is not None and "。" not in line and len(line) < LONGEST_HEADING


def _printed(character: str) -> bool:
    return not character.isspace() and character not in "\u200b\ufeff\u3000"


def _without_thousands(text: str, origin: list[int]) -> Compact:
    """1,234 is one number; and a point behind a percentage ends a sentence."""
    dropped = {
        match.start()
        for match in re.finditer(r"(?<=\d)，(?=\d{3}(?!\d))", text)
        if _grouped(text, match.start())
    }
    text = re.sub(r"(?<=%)\.|(?<=[\u4e00-\u9fff])\.(?!\d)", "。", text)
    kept = [i for i in range(len(text)) if i not in dropped]
    return Compact("".join(text[i] for i in kept), tuple(origin[i] for i in kept))


def _grouped(text: str, comma: int) -> bool:
    """Whether the comma stands in a number such as 12,345, not between two numbers."""
    before = re.search(r"(?<![\d.])\d{1,3}(?:，\d{3})*$", text[max(0, comma - 16) : comma])
    return before is not None
