"""What an official is told of a field that is not filled in right."""

from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel, Field, ValidationError

from contracts.command import Day, Flag, Id, Line, Year
from contracts.filling_in import in_both, misfilled
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
