"""What an official is told of a field that is not filled in right."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import pytest
from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, ValidationError

from contracts.command import Day, Flag, Id, Line, Words, Year
from contracts.filling_in import in_both, misfilled
from contracts.reading import wrong
from contracts.vocabulary import Role


class Form(BaseModel, extra="forbid"):
    """A form with one field of each kind."""

    number: Id = "1"
    year: Year = 2024
    signed_on: Day = date(2024, 3, 5)
    title: Line = "x"
    role: Role = Role.SOLE
    assignments: list[str] = Field(default=["a"], min_length=1)
    consents: Flag = True


@pytest.mark.parametrize(
    ("typed", "chinese", "english"),
    [
        (
            {"number": "第 2026 号 !"},
            "案号只能用汉字、字母、数字和〔〕.-，不超过48个字。",
            "Case number: use Chinese characters, letters, digits and 〔〕.- only, at most 48 of them.",
        ),
        ({"number": ""}, "请填写案号。", "Case number: fill it in."),
        ({"year": 99999}, "年度不能大于 2100。", "Year: it cannot be greater than 2100."),
        (
            {"year": "二〇二六"},
            "年度请写四位数字，例如 2026。",
            "Year: write four digits, such as 2026.",
        ),
        (
            {"signed_on": "三月"},
            "签收日期请写成年-月-日，例如 2024-03-05。",
            "Day of signing: write year-month-day, such as 2024-03-05.",
        ),
        (
            {"signed_on": "1900-01-01"},
            "签收日期不能早于 1949-01-01。",
            "Day of signing: it cannot be before 1949-01-01.",
        ),
        ({"title": " "}, "请填写案由。", "Subject: fill it in."),
        (
            {"title": "好" * 201},
            "案由不能超过 200 个字。",
            "Subject: at most 200 characters are taken.",
        ),
        (
            {"role": "q"},
            "角色请从所列的各项中选一项。",
            "Role: choose one of those that are listed.",
        ),
        ({"assignments": []}, "请填写主办单位。", "Lead unit: fill it in."),
        ({"consents": "x"}, "“consents”请选“是”或“否”。", '"consents": choose yes or no.'),
        (
            {"colour": "red"},
            "没有“colour”这一项，请删去。",
            '"colour": there is no such field; leave it out.',
        ),
        (
            {"number": "", "title": ""},
            "请填写案号；请填写案由。",
            "Case number: fill it in; Subject: fill it in.",
        ),
    ],
)
def test_each_kind_of_mistake_has_a_sentence(
    typed: dict[str, Any], chinese: str, english: str
) -> None:
    with pytest.raises(ValidationError) as raised:
        Form(**typed)
    assert in_both(misfilled(raised.value.errors())) == (chinese, english)


def not_of_this_place(_text: str) -> str:
    raise wrong("请写本区的单位", "name a unit of the district")


class Sheet(BaseModel):
    """A form with a field for every bound that a sentence tells of."""

    amount: Decimal = Field(default=Decimal(1), gt=0, lt=100, max_digits=4, decimal_places=1)
    page: int = Field(default=1, ge=1)
    points: list[int] = Field(default=[1, 2], min_length=2, max_length=3)
    digest: str = Field(default="abcd", min_length=4, pattern="^[a-f]+$")
    since: AwareDatetime | None = None
    row: UUID | None = None
    day: Day = date(2024, 3, 5)
    title: Line = "x"
    text: Words = "x"
    unit: Annotated[str, AfterValidator(not_of_this_place)] = "x"


@pytest.mark.parametrize(
    ("typed", "chinese", "english"),
    [
        ({"amount": 0}, "“amount”应大于 0。", "it must be greater than 0"),
        ({"amount": 100}, "“amount”应小于 100。", "it must be less than 100"),
        ({"amount": "1.25"}, "“amount”小数最多 1 位。", "at most 1 decimal places are taken"),
        ({"amount": "123456"}, "“amount”最多 4 位数字。", "at most 4 digits are taken"),
        ({"amount": "x"}, "“amount”请写数字。", "write a number"),
        ({"page": 0}, "页码不能小于 1。", "it cannot be less than 1"),
        ({"page": "x"}, "页码请写整数。", "write a whole number"),
        ({"points": [1]}, "对各条建议的答复至少要有 2 项。", "at least 2 are needed"),
        ({"points": [1, 2, 3, 4]}, "对各条建议的答复最多 3 项。", "at most 3 are taken"),
        (
            {"digest": "a"},
            "文件的校验值至少要有 4 个字。",
            "at least 4 characters are needed",
        ),
        (
            {"digest": "none"},
            "文件的校验值填写有误，请更正。",
            "it is not written right; put it right",
        ),
        (
            {"since": "2024-03-05T08:00:00"},
            "起始日期请写日期、时间和时区，例如 2024-03-05T08:00:00+08:00。",
            "write a day, a time and its zone, such as 2024-03-05T08:00:00+08:00",
        ),
        (
            {"row": "x"},
            "台账行请写编号，例如 01a2…。",
            "write an identifier such as 01a2…",
        ),
        ({"day": "2999-01-01"}, "日期不能晚于 2100-12-31。", "it cannot be after 2100-12-31"),
        (
            {"title": "甲\n乙"},
            "案由应写在一行里，不能有控制字符。",
            "write it on one line, without control characters",
        ),
        ({"text": "甲\x00乙"}, "内容不能有控制字符。", "leave out control characters"),
        ({"unit": "甲"}, "承办单位：请写本区的单位。", "name a unit of the district"),
    ],
)
def test_each_bound_has_a_sentence(typed: dict[str, Any], chinese: str, english: str) -> None:
    with pytest.raises(ValidationError) as raised:
        Sheet(**typed)
    said, said_in_english = in_both(misfilled(raised.value.errors()))
    assert said == chinese
    assert said_in_english.endswith(f": {english}.")


def test_what_is_no_json_is_said_to_be_none() -> None:
    with pytest.raises(ValidationError) as raised:
        Sheet.model_validate_json("{")
    assert in_both(misfilled(raised.value.errors())) == (
        "请求内容应为 JSON。",
        "The body: the body must be JSON.",
    )
