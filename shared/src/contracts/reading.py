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


def problems(error: ValidationError) -> tuple[str, str]:
    """Name every key that is not right, with what would be, in Chinese and in English.

    A key stands with its path; "score.bonuses#1.points" is in the first of the bonuses.
    """
    found = error.errors(include_url=False)
    return (
        "；".join(f"{_path(each)}：{_in_chinese(each)}" for each in found),
        "; ".join(f"{_path(each)}: {each['msg']}" for each in found),
    )


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


def wrong(chinese: str, english: str) -> PydanticCustomError:
    """Make an error for a validator to raise, that `problems` passes on as it is."""
    return PydanticCustomError("wrong", "{english}", {"chinese": chinese, "english": english})


def each_once(key: str, names: Sequence[str]) -> None:
    """Raise `wrong` for names that stand there twice."""
    if twice := sorted({name for name in names if names.count(name) > 1}):
        listed = ", ".join(twice)
        raise wrong(f"{key} 重复：{listed}", f"{key} is used twice: {listed}")


def _path(problem: ErrorDetails) -> str:
    steps = (f"#{step + 1}" if isinstance(step, int) else f".{step}" for step in problem["loc"])
    return "".join(steps).removeprefix(".") or "rulebook"


def _in_chinese(problem: ErrorDetails) -> str:
    said = _SAID_IN_CHINESE.get(problem["type"], "有误（{msg}）")
    return said.format(msg=problem["msg"], **problem.get("ctx", {}))
