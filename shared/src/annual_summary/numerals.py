"""Numbers, dates and lists as official Chinese documents write them."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零一二三四五六七八九"
ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
BLANK_BESIDE_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff]) +| +(?=[\u4e00-\u9fff])")
TENTH = Decimal("0.1")
NAMED_AT_MOST = 10


def ordinal(number: int) -> str:
    """1 → 一, 10 → 十, 21 → 二十一; from 100 on in digits, as nobody numbers headings so far."""
    tens, ones = divmod(number, 10)
    if tens >= len(DIGITS):
        return str(number)
    if tens == 0:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def heading(number: int, words: str) -> str:
    return f"{ordinal(number)}、{words}"


def subheading(number: int, words: str) -> str:
    return f"（{ordinal(number)}）{words}"


def day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def official(text: str) -> str:
    """A sentence of a screen as a document writes it: dates in full, no blanks beside Chinese."""
    dated = ISO_DAY.sub(lambda found: f"{found[1]}年{int(found[2])}月{int(found[3])}日", text)
    return BLANK_BESIDE_CHINESE.sub("", dated)


def plain(number: Decimal) -> str:
    """Digits without trailing zeros and without an exponent."""
    digits = f"{number:f}"
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits) or "0"


def mean(total: int, count: int) -> Decimal:
    """The mean to one place, rounded half up."""
    return (Decimal(total) / count).quantize(TENTH, ROUND_HALF_UP)


def listed(names: Iterable[str]) -> str:
    """A list with 、 between its members; after ten of them only «等»."""
    all_names = list(names)
    shown = "、".join(all_names[:NAMED_AT_MOST])
    return f"{shown}等" if len(all_names) > NAMED_AT_MOST else shown


def width(text: str) -> Decimal:
    """How many full characters a text takes; a letter or digit takes half of one."""
    return sum((Decimal("0.5") if sign.isascii() else Decimal(1) for sign in text), Decimal(0))
