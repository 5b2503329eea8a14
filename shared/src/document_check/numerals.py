"""Numbers as Chinese prose prints them: 33, 1.07亿, 二十三, 百分之九十五."""

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {
    character: value
    for value, characters in enumerate(
        ("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九")
    )
    for character in characters
}
PLACES = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
CHINESE = r"(?<![零〇一二两三四五六七八九十百千万亿])[零〇一二两三四五六七八九十百千万亿]{1,20}"
CHINESE_DIGITS = r"[零〇一二三四五六七八九十百]{1,8}"
ARABIC = r"\d{1,12}(?:\.\d{1,6})?"
NOT_IN_A_NUMBER = r"(?<![\d.])"


@dataclass(frozen=True)
class Number:
    """A printed number and how many decimals it was printed with."""

    value: Decimal
    decimals: int


def chinese(text: str) -> int | None:
    """The value of a whole number in Chinese characters; None if it is not one."""
    total = section = digit = 0
    seen = False
    for character in text:
        if character in DIGITS:
            digit, seen = DIGITS[character], True
        elif character in PLACES:
            section += (digit or 1) * PLACES[character]
            digit, seen = 0, True
        elif character == "亿":
            total, section, digit = (total + section + digit) * MYRIADS[character], 0, 0
        elif character == "万":
            total, section, digit = total + (section + digit) * MYRIADS[character], 0, 0
        else:
            return None
    return total + section + digit if seen else None


def digits_in_a_row(text: str) -> str:
    return "".join(str(DIGITS[character]) for character in text)


def arabic(text: str, multiplier: str = "") -> Number:
    """An Arabic number, with 万 or 亿 behind it or not."""
    decimals = len(text.partition(".")[2])
    return Number(Decimal(text) * MYRIADS.get(multiplier, 1), decimals)


def percent(text: str) -> Number | None:
    """What follows 百分之: 九十五, 百, 九十七点六, 97.6."""
    if re.fullmatch(ARABIC, text):
        return arabic(text)
    whole, _, fraction = text.partition("点")
    value = 100 if whole == "百" else chinese(whole)
    if value is None or any(character not in DIGITS for character in fraction):
        return None
    digits = digits_in_a_row(fraction)
    return Number(Decimal(f"{value}.{digits}" if digits else value), len(digits))
