"""Which of the two languages the terminal speaks: Chinese, unless TIAN_LANG says English."""

import os

LANGUAGES = ("zh", "en")


def is_english() -> bool:
    return os.environ.get("TIAN_LANG", "").lower().startswith("en")


def either(chinese: str, english: str) -> str:
    return english if is_english() else chinese
