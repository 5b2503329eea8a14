"""What is said of a field that is not filled in right, and what would be right, in both languages."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from contracts.command import ID, ON_ONE_LINE, ON_SOME_LINES

MISSING = "missing"
YEAR = "year"
MOST_TOLD = 5
_NOT_OF_A_VALUE = frozenset({"extra_forbidden", "json_invalid", "wrong"})
IN_A_REQUEST = frozenset({"body", "path", "query", "header"})

# By pydantic's type of error (its documentation, "Validation errors"); a name stands before each
# except where the sentence has a place for it.
_SAID: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        MISSING: ("请填写{name}", "fill it in"),
        "too_short": ("{name}至少要有 {min_length} 项", "at least {min_length} are needed"),
        "too_long": ("{name}最多 {max_length} 项", "at most {max_length} are taken"),
        "string_too_short": (
            "{name}至少要有 {min_length} 个字",
            "at least {min_length} characters are needed",
        ),
        "string_too_long": (
            "{name}不能超过 {max_length} 个字",
            "at most {max_length} characters are taken",
        ),
        "greater_than": ("{name}应大于 {gt}", "it must be greater than {gt}"),
        "greater_than_equal": ("{name}不能小于 {ge}", "it cannot be less than {ge}"),
        "less_than": ("{name}应小于 {lt}", "it must be less than {lt}"),
        "less_than_equal": ("{name}不能大于 {le}", "it cannot be greater than {le}"),
        "decimal_max_places": (
            "{name}小数最多 {decimal_places} 位",
            "at most {decimal_places} decimal places are taken",
        ),
        "decimal_max_digits": (
            "{name}最多 {max_digits} 位数字",
            "at most {max_digits} digits are taken",
        ),
        "extra_forbidden": ("没有{name}这一项，请删去", "there is no such field; leave it out"),
        "json_invalid": ("请求内容应为 JSON", "the body must be JSON"),
    }
)

_KINDS: tuple[tuple[tuple[str, ...], tuple[str, str]], ...] = (
    (
        ("datetime_", "timezone_"),
        (
            "{name}请写日期、时间和时区，例如 2024-03-05T08:00:00+08:00",
            "write a day, a time and its zone, such as 2024-03-05T08:00:00+08:00",
        ),
    ),
    (
        ("date_",),
        ("{name}请写成年-月-日，例如 2024-03-05", "write year-month-day, such as 2024-03-05"),
    ),
    (("int_",), ("{name}请写整数", "write a whole number")),
    (("float_", "decimal_", "finite_"), ("{name}请写数字", "write a number")),
    (("bool_",), ("{name}请选“是”或“否”", "choose yes or no")),
    (
        ("enum", "literal_"),
        ("{name}请从所列的各项中选一项", "choose one of those that are listed"),
    ),
    (("uuid_",), ("{name}请写编号，例如 01a2…", "write an identifier such as 01a2…")),
)
_NOT_RIGHT = ("{name}填写有误，请更正", "it is not written right; put it right")
_NOT_A_YEAR = ("{name}请写四位数字，例如 2026", "write four digits, such as 2026")
_BEFORE = ("{name}不能早于 {ge}", "it cannot be before {ge}")
_AFTER = ("{name}不能晚于 {le}", "it cannot be after {le}")

_PATTERNS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        ID.pattern: (
            "{name}只能用汉字、字母、数字和〔〕.-，不超过48个字",
            "use Chinese characters, letters, digits and 〔〕.- only, at most 48 of them",
        ),
        ON_ONE_LINE.pattern: (
            "{name}应写在一行里，不能有控制字符",
            "write it on one line, without control characters",
        ),
        ON_SOME_LINES.pattern: ("{name}不能有控制字符", "leave out control characters"),
    }
)

# What the fields are called where no form says otherwise.
NAMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "answer": ("办理情况", "Answer"),
        "answering": ("主办单位", "Lead unit"),
        "as_of": ("回看的时间", "Moment looked back at"),
        "assignments": ("主办单位", "Lead unit"),
        "body": ("正文", "Text"),
        "category": ("提案类别", "Category"),
        "co_unit": ("会办单位", "Co-handling unit"),
        "count": ("统计项", "Count"),
        "day": ("日期", "Day"),
        "digest": ("文件的校验值", "Digest of the file"),
        "dispatched_on": ("交办日期", "Day of dispatch"),
        "district": ("区县代码", "District code"),
        "due_on": ("期限", "Deadline"),
        "evidence": ("佐证", "Evidence"),
        "file": ("文件", "File"),
        "form": ("提案形式", "Form"),
        "happened_by": ("回看的时间", "Moment looked back at"),
        "lead_unit": ("区外主办单位", "Lead unit outside the district"),
        "level": ("级别", "Level"),
        "manner": ("方式", "Manner"),
        "note": ("情况说明", "Note"),
        "notice": ("告知内容", "Notice"),
        "number": ("案号", "Case number"),
        "occasion": ("提出时间", "Occasion"),
        "opinion": ("会办意见", "Opinion"),
        "password": ("密码", "Password"),
        "page": ("页码", "Page"),
        "points": ("对各条建议的答复", "Answers to the suggestions"),
        "position": ("日志位次", "Position in the log"),
        "proposal_id": ("提案编号", "Proposal id"),
        "proposer": ("提案人", "Proposer"),
        "proposers": ("提案人", "Proposers"),
        "q": ("案号或案由", "Number or subject"),
        "rate": ("比率", "Rate"),
        "reason": ("理由", "Reason"),
        "report": ("报表", "Report"),
        "result_class": ("办理结果类别", "Result class"),
        "role": ("角色", "Role"),
        "row": ("台账行", "Ledger row"),
        "satisfaction": ("满意度", "Satisfaction"),
        "scan": ("意见表扫描件名称", "Name of the scanned form"),
        "signed_on": ("签收日期", "Day of signing"),
        "since": ("起始日期", "First day"),
        "source": ("出处", "Source"),
        "stage": ("办理阶段", "Stage"),
        "state": ("状态", "State"),
        "suggestions": ("建议条目", "Suggestions"),
        "text": ("内容", "Text"),
        "title": ("案由", "Subject"),
        "unit": ("承办单位", "Unit"),
        "until": ("截止日期", "Last day"),
        "username": ("用户名", "User name"),
        "wished_units": ("建议承办单位", "Units wished for"),
        "year": ("年度", "Year"),
    }
)


class Misfilled(BaseModel):
    """One field that is not right: its path, pydantic's type of error, and the bounds it names.

    The path is that of the request ("assignments.0.unit", "path.year"); it is empty where the
    whole body is not right.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    field: str = ""
    rule: str = ""
    bounds: dict[str, str | int | float] = {}

    @classmethod
    def of(cls, error: Mapping[str, Any]) -> Self:
        """From one error as pydantic lists it; what was left empty is missing."""
        path = error["loc"][1:] if error["loc"][:1] == ("body",) else error["loc"]
        given = error.get("input")
        given = given.strip() if isinstance(given, str) else given
        is_empty = error["type"] not in _NOT_OF_A_VALUE and given in (None, "", [])
        bounds = {name: _plain(value) for name, value in (error.get("ctx") or {}).items()}
        return cls(
            field=".".join(str(part) for part in path),
            rule=MISSING if is_empty else error["type"],
            bounds={name: value for name, value in bounds.items() if value is not None},
        )

    @property
    def steps(self) -> list[str]:
        """The path, without the part of the request that it is in."""
        steps = self.field.split(".") if self.field else []
        return steps[1:] if steps and steps[0] in IN_A_REQUEST and len(steps) > 1 else steps

    @property
    def first_step(self) -> str:
        return self.steps[0] if self.steps else ""

    @property
    def usual_name(self) -> tuple[str, str]:
        """What the field is called where no form has a label for it, in Chinese and in English."""
        words = [step for step in self.steps if not step.isdecimal()]
        known = (NAMES[word] for word in reversed(words) if word in NAMES)
        unknown = (f"“{'.'.join(self.steps)}”", f'"{".".join(self.steps)}"')
        return next(known, unknown if self.steps else ("请求内容", "The body"))

    def sentence(self, name: str) -> str:
        """What would be right, in Chinese, without the stop."""
        return self._said[0].format_map({**self.bounds, "name": name})

    def sentence_in_english(self, name: str) -> str:
        return f"{name}: {self._said[1].format_map(self.bounds)}"

    @property
    def _said(self) -> tuple[str, str]:
        if self.rule == "wrong":
            return "{name}：{chinese}", "{english}"
        if self.rule == "string_pattern_mismatch":
            return _PATTERNS.get(str(self.bounds.get("pattern")), _NOT_RIGHT)
        if self.rule.startswith("int_") and self.steps and self.steps[-1].endswith(YEAR):
            return _NOT_A_YEAR
        if isinstance(self.bounds.get("ge"), str):
            return _BEFORE
        if isinstance(self.bounds.get("le"), str):
            return _AFTER
        of_a_kind = (said for starts, said in _KINDS if self.rule.startswith(starts))
        return _SAID.get(self.rule) or next(of_a_kind, _NOT_RIGHT)


def misfilled(errors: Sequence[Mapping[str, Any]]) -> list[Misfilled]:
    """The first few fields that are not right."""
    return [Misfilled.of(each) for each in errors[:MOST_TOLD]]


def in_both(found: Sequence[Misfilled]) -> tuple[str, str]:
    """A sentence for fields that are not right, by their usual names, in Chinese and in English."""
    return (
        in_one([each.sentence(each.usual_name[0]) for each in found], "；", "。"),
        in_one([each.sentence_in_english(each.usual_name[1]) for each in found], "; ", "."),
    )


def in_one(sentences: Sequence[str], between: str, stop: str) -> str:
    return f"{between.join(dict.fromkeys(sentences))}{stop}"


def _plain(value: object) -> str | int | float | None:
    """A bound as JSON has it; what is no bound is left out."""
    if isinstance(value, date | Decimal):
        return str(value)
    return value if isinstance(value, str | int | float) else None
