"""Chinese and English: the catalogue of texts, and how days and moments are written."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from typing import Self

TEXTS = Path(__file__).parent.parent / "texts"
CHINA = timezone(timedelta(hours=8))
MIDNIGHT = time()
CHINESE = re.compile(r"[\u4e00-\u9fff]")


class Language(StrEnum):
    """A language of the console."""

    CHINESE = "zh"
    ENGLISH = "en"

    @property
    def tag(self) -> str:
        return "zh-CN" if self is Language.CHINESE else "en"

    @property
    def other(self) -> "Language":
        return Language.ENGLISH if self is Language.CHINESE else Language.CHINESE


def language_of(code: str | None) -> Language:
    return Language.ENGLISH if code == Language.ENGLISH else Language.CHINESE


@dataclass(frozen=True)
class Catalogue:
    """English texts by their Chinese original; an entry may have a form for one and for many."""

    english: dict[str, str | dict[str, str]]

    @classmethod
    def read(cls) -> Self:
        return cls(tomllib.loads((TEXTS / "en.toml").read_text(encoding="utf-8")))

    def say(self, language: Language, chinese: str, **facts: object) -> str:
        """The text in this language, with the facts filled in."""
        text: str | dict[str, str] = chinese
        if language is Language.ENGLISH:
            text = self.english.get(chinese, chinese)
        if isinstance(text, dict):
            text = text["one" if facts.get("count") == 1 else "other"]
        return text.format(**facts) if facts else text


def write_day(language: Language, day: date) -> str:
    if language is Language.ENGLISH:
        return f"{day.day} {day:%B %Y}"
    return f"{day.year}年{day.month}月{day.day}日"


def write_moment(moment: datetime) -> str:
    """Day and time in China; the day alone where only the day is known, that is at midnight."""
    local = moment.astimezone(CHINA)
    return f"{local:%Y-%m-%d}" if local.time() == MIDNIGHT else f"{local:%Y-%m-%d %H:%M:%S}"


def write_day_of(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d}"


def choose_side(language: Language, text: str) -> str:
    """One side of a text that gives Chinese and English around a slash; any other text as it is."""
    chinese, slash, english = text.partition(" / ")
    if not slash or CHINESE.search(english) or not CHINESE.search(chinese):
        return text
    return english if language is Language.ENGLISH else chinese
