"""How a TOML file is checked, and what is said of one that is not right, in both languages."""

import re
import tomllib
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from contracts.lines import KeyPath, line_of

Whole = Annotated[int, Field(strict=True, ge=1, le=10_000)]
Points = Annotated[Decimal, Field(ge=0, max_digits=7, decimal_places=3)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$")]

_SAID_IN_CHINESE = {
    "missing": "缺少此项",
    "extra_forbidden": "没有这一项，请删去或改正拼写",
    "model_type": "应为一组键值",
    "tuple_type": "应为列表",
    "too_short": "至少要有 {min_length} 项",
    "string_type": "应为文字",
    "string_too_short": "不能留空",
    "string_pattern_mismatch": "应符合格式 {pattern}",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "int_type": "应为整数",
    "enum": "应为以下之一：{expected}",
    "literal_error": "应为以下之一：{expected}",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "decimal_type": "应为数字",
    "decimal_parsing": "应为数字",
    "greater_than": "应大于 {gt}",
    "decimal_max_places": "小数最多 {decimal_places} 位",
    "decimal_max_digits": "数字最多 {max_digits} 位",
    "decimal_whole_digits": "整数部分最多 {whole_digits} 位",
    "finite_number": "应为有限的数字",
    "wrong": "{chinese}",
}


class Part(BaseModel):
    """A frozen part of a rulebook; an unknown key is an error, so a typing error shows."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sourced(Part):
    """A value, and in words where it comes from, or the admission that it is assumed (or both)."""

    source: str = ""
    assumed: bool = False

    @model_validator(mode="after")
    def has_a_source_or_is_assumed(self) -> Self:
        if not self.source.strip() and not self.assumed:
            raise wrong(
                "应写明出处 source，没有出处的标明 assumed = true",
                "needs its `source`, or `assumed = true` where there is none",
            )
        return self


def problems(error: ValidationError, text: str) -> tuple[str, str]:
    """Name every key that is not right, with what would be, in Chinese and in English.

    A key stands with its line and its path; "score.bonuses#1.points" is in the first of the
    bonuses. One that is missing stands with the line of the table that it is missing from.
    """
    found = [(_path(each), each) for each in error.errors(include_url=False)]
    places = [(named(path), line_of(text, path), each) for path, each in found]
    return (
        "；".join(f"{at_line(line)[0]}{key}：{_in_chinese(each)}" for key, line, each in places),
        "; ".join(f"{at_line(line)[1]}{key}: {each['msg']}" for key, line, each in places),
    )


def at_line(line: int | None) -> tuple[str, str]:
    """How a line is named before a key, in Chinese and in English; nothing where it is not known."""
    return ("", "") if line is None else (f"第 {line} 行 ", f"line {line}, ")


def unreadable(error: Exception) -> tuple[str, str]:
    """Say where a text stops being TOML, in Chinese and in English."""
    if not isinstance(error, tomllib.TOMLDecodeError):
        return "有的数字太大或嵌套太深，读不出来", "a number is too big, or the nesting too deep"
    place = re.search(r"line (\d+), column (\d+)", str(error))
    where = f"第 {place[1]} 行第 {place[2]} 列" if place else "末尾"
    return (
        f"{where}不是 TOML 的写法，应为“键 = 值”",
        f"it is not TOML, which is written `key = value`: {error}",
    )


def wrong(chinese: str, english: str, at: KeyPath = ()) -> PydanticCustomError:
    """Make an error for a validator to raise, that `problems` passes on as it is.

    `at` leads from where the validator stands to the key that is meant.
    """
    context = {"chinese": chinese, "english": english, "at": at}
    return PydanticCustomError("wrong", "{english}", context)


def each_once(key: str, names: Sequence[str]) -> None:
    """Raise `wrong` for names that stand there twice."""
    if twice := sorted({name for name in names if names.count(name) > 1}):
        listed = ", ".join(twice)
        raise wrong(f"{key} 重复：{listed}", f"{key} is used twice: {listed}")


def named(path: KeyPath) -> str:
    """A path as people read it: "score.bonuses#1.points"."""
    steps = (f"#{step + 1}" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".") or "rulebook"


def _path(problem: ErrorDetails) -> KeyPath:
    return (*problem["loc"], *problem.get("ctx", {}).get("at", ()))


def _in_chinese(problem: ErrorDetails) -> str:
    said = _SAID_IN_CHINESE.get(problem["type"], "有误（{msg}）")
    return said.format(msg=problem["msg"], **problem.get("ctx", {}))
