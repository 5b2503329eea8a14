"""The figures of a text: how many of what, in which words, and how exactly it is meant."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from document_check.numerals import (
    ARABIC,
    CHINESE,
    CHINESE_DIGITS,
    NOT_IN_A_NUMBER,
    Number,
    arabic,
    chinese,
    percent,
)

PERCENT = "%"
POINTS = "分"
PERCENT_POINTS = "个百分点"
UNITS = (
    PERCENT_POINTS,
    "人次", "件次", "场次", "平方公里", "平方米", "万元", "亿元", "公里",
    "件", "项", "条", "篇", "个", "名", "人", "次", "场", "家", "份", "户", "元", "座", "位",
    "所", "处", "批", "宗", "例", "起", "分", "期", "吨", "亩", "块", "本", "台", "辆", "套",
)  # fmt: skip
OTHER_WORDS = {
    "件": "均套", "项": "目", "条": "例件款文", "个": "百性体别", "人": "大民员才均力口行文社数士群",
    "次": "会全提数日", "场": "所地", "家": "庭长", "位": "置于列", "处": "理长级", "分": "办别钟之类管为解析局享"
    "子散布支工段项级配",
    "名": "单称义录誉额", "元": "素旦", "本": "次年月区市单", "所": "有提长", "期": "间限", "起": "步草到",
    "台": "账", "份": "额", "套": "路", "批": "次准复",
}  # fmt: skip
UNIT = "(?:" + "|".join(
    f"{unit}(?![{OTHER_WORDS[unit]}])" if unit in OTHER_WORDS else unit for unit in UNITS
) + ")"  # fmt: skip
LOOSE_IN_CHINESE = "个名人次位家所处批期起块"
"""With a Chinese numeral these are mostly turns of speech (两个确立, 一批), not counts."""
COUNT = re.compile(
    rf"{NOT_IN_A_NUMBER}(?P<number>{ARABIC})(?P<more>[余多几]|)(?P<times>[万亿]?)(?P<still>[余多几]?)(?P<unit>{UNIT})"
)
COUNT_IN_CHINESE = re.compile(rf"(?P<number>{CHINESE})(?P<more>[余多几]?)(?P<unit>{UNIT})")
BARE_POINTS = re.compile(r"(?<=[础本项]分[得为是])(?P<number>\d+(?:\.\d+)?)(?=[的，。；、])")
SHARE = re.compile(
    rf"{NOT_IN_A_NUMBER}(?P<number>{ARABIC})%+|百分之(?P<words>{ARABIC}|{CHINESE_DIGITS}(?:点{CHINESE_DIGITS})?)"
)
NOT_A_COUNT = re.compile(r"[第每—\-~至/〔\[]$|(?:不足|多达)$")
ABOUT = re.compile(r"(?:约|近|超|逾|超过|不到|多达|达到?近|至少|累计近|将近|接近|大约)(?:为|占)?$")
OR_SO = re.compile(r"^(?:以上|以下|左右|之多|多|余)")
OPENS_LABEL = "，、；。：！？\n|"
QUOTED = re.compile(r"《[^》\n]{0,80}》|“[^”\n]{0,16}”|\"[^\"\n]{0,16}\"")
COMPARED = re.compile(
    r"较(?=[上去前往同\d本])|同比|环比|(?<!占)比(?!例|如|赛|较|重)|去年|上年|上一年|往年|同期|增加|增长|增幅|降幅|增速|减少|下降|上升|提高|降低|净增"
)


@dataclass(frozen=True)
class Quantity:
    """A printed figure. `unit` is %, 分 or a counting word; `bracket` the one it stands in."""

    start: int
    end: int
    value: Decimal
    decimals: int
    unit: str
    printed: str
    label: str
    tail: str
    bracket: int
    exact: bool

    @cached_property
    def compared(self) -> bool:
        """Whether it says how one year differs from another."""
        return COMPARED.search(self.label) is not None

    @property
    def number(self) -> str:
        return plain(self.value)

    @property
    def step(self) -> Decimal:
        """One unit in the last printed place."""
        return Decimal(1).scaleb(-self.decimals)


def plain(value: Decimal) -> str:
    """A value as people write it: no exponent, no trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantities_in(text: str, brackets: list[int]) -> list[Quantity]:
    """Every figure of the text, in order; numbers in titles and catchwords are none."""
    quoted = [match.span() for match in QUOTED.finditer(text)]
    found: list[Quantity] = []
    for start, end, number, unit, vague in sorted(_numbers(text), key=lambda each: each[0]):
        if any(opening <= start < closing for opening, closing in quoted):
            continue
        if found and start < found[-1].end:
            continue
        before = text[max(0, start - 12) : start]
        if NOT_A_COUNT.search(before):
            continue
        found.append(
            Quantity(
                start, end, number.value, number.decimals, unit, text[start:end],
                _label(text, start, found[-1].end if found else 0),
                _tail(text, end), brackets[start],
                exact=not (vague or ABOUT.search(before) or OR_SO.match(text[end : end + 2])),
            )
        )  # fmt: skip
    return found


def _numbers(text: str) -> Iterator[tuple[int, int, Number, str, bool]]:
    for match in COUNT.finditer(text):
        number = arabic(match["number"], match["times"])
        vague = bool(match["more"] or match["still"] or match["times"])
        if not _continues_a_number(text, match.start()):
            yield match.start(), match.end(), number, match["unit"], vague
    for match in COUNT_IN_CHINESE.finditer(text):
        value = chinese(match["number"])
        loose = match["unit"] in LOOSE_IN_CHINESE or match["number"] == "一"
        if value is None or (loose and not _counts_cases(text, match.start())):
            continue
        yield (
            match.start(),
            match.end(),
            Number(Decimal(value), 0),
            match["unit"],
            bool(match["more"]),
        )
    for match in BARE_POINTS.finditer(text):
        yield match.start(), match.end(), arabic(match["number"]), POINTS, False
    for match in SHARE.finditer(text):
        share = percent(match["words"]) if match["words"] else arabic(match["number"])
        if share and not _continues_a_number(text, match.start()):
            yield match.start(), match.end(), share, PERCENT, False


def _counts_cases(text: str, start: int) -> bool:
    return (
        re.search(
            r"(?:[主分会协独承]办|立案|重点|[AB-D]类|满意)(?:的?件?|提案|建议)$",
            text[max(0, start - 8) : start],
        )
        is not None
    )


def _continues_a_number(text: str, start: int) -> bool:
    return bool(re.search(r"[\d.]$", text[max(0, start - 1) : start]))


def _label(text: str, start: int, floor: int) -> str:
    """What is said before the figure, brackets directly before it included."""
    at = start
    while at > floor:
        character = text[at - 1]
        if character == ")":
            opening = text.rfind("(", floor, at)
            if opening < 0:
                break
            at = opening
        elif character in OPENS_LABEL or character == "(":
            break
        else:
            at -= 1
    return text[at:start]


def _tail(text: str, end: int) -> str:
    match = re.compile(r"[^，、；。：！？\n()\d|]*").match(text, end)
    return match[0] if match else ""
