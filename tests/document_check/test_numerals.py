"""Numbers as prose prints them."""

from decimal import Decimal

import pytest

from document_check import read
from document_check.numerals import chinese


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("十", 10), ("十二", 12), ("二十", 20), ("二十三", 23), ("一百零五", 105), ("两百", 200),
        ("一百二十", 120), ("一千二百三十四", 1234), ("两万", 20000), ("一亿零三万", 100030000),
        ("零", 0), ("件", None), ("", None),
    ],
)  # fmt: skip
def test_a_chinese_number_has_its_value(written: str, value: int | None) -> None:
    assert chinese(written) == value


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("共33件", "33", "件"),
        ("共 ３３ 件", "33", "件"),
        ("共1,286条", "1286", "条"),
        ("共三十三件", "33", "件"),
        ("占百分之九十七点六", "97.6", "%"),
        ("占97.6％", "97.6", "%"),
        ("资金1.5亿元", "150000000", "元"),
        ("提高1.5个百分点", "1.5", "个百分点"),
        ("基础分得95的满分", "95", "分"),
    ],
)
def test_a_figure_is_read_with_its_unit(text: str, value: str, unit: str) -> None:
    (quantity,) = read(text).quantities
    assert (quantity.value, quantity.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    "text",
    [
        "第20240104号提案", "2024年3月15日", "《关于三件实事的通知》", "坚持“两个确立”", "第五条",
        "每件提案", "三项制度改革", "5分钟", "3个月内", "四次会议", "六届四次",
    ],
)  # fmt: skip
def test_what_is_no_count_is_not_read_as_one(text: str) -> None:
    assert [each.printed for each in read(text).quantities if each.unit in {"件", "分", "%"}] == []


@pytest.mark.parametrize(
    "text", ["430余件", "约430件", "近430件", "430件以上", "超过430件", "430多件"]
)
def test_a_rough_figure_is_known_to_be_rough(text: str) -> None:
    (quantity,) = read(text).quantities
    assert not quantity.exact
