"""Which units a row names, and the part the district has among them."""

import pytest

from contracts.vocabulary import Role
from tests.ledger.spreadsheets import (
    Written,
    a_case,
    codes,
    only_problem,
    only_row,
    read_cases,
)


def test_an_unknown_unit_is_named_with_the_nearest_one() -> None:
    problem = only_problem(read_cases(a_case(主办单位="龙岗区科创居")))
    assert problem.code == "unit_unknown"
    assert "“龙岗区科创居”不在单位名录中，是不是“龙岗区科技创新局”？" in problem.message
    assert "is it “龙岗区科技创新局”?" in problem.message_en


def test_a_unit_like_no_other_is_named_without_a_guess() -> None:
    problem = only_problem(read_cases(a_case(主办单位="某公司")))
    assert (problem.code, "是不是" in problem.message) == ("unit_unknown", False)


def test_every_unknown_unit_of_a_cell_is_named() -> None:
    ledger = read_cases(a_case(会办单位="区水务局、区水务居、区财政居"))
    assert codes(ledger) == ["unit_unknown", "unit_unknown"]


def test_a_short_form_stands_for_the_full_name() -> None:
    row = only_row(
        read_cases(a_case(主办单位="区教育局", 会办单位=" 区水务局 , 区财政局;市教育局\n区民政局"))
    )
    assert row.lead_unit == "龙岗区教育局"
    assert row.co_units == ("龙岗区水务局", "龙岗区财政局", "深圳市教育局", "龙岗区民政局")


def test_spaces_inside_the_name_of_a_unit_do_not_matter() -> None:
    assert only_row(read_cases(a_case(主办单位="龙岗区 教育局"))).lead_unit == "龙岗区教育局"


def test_the_unit_named_as_lead_leads() -> None:
    row = only_row(read_cases(a_case(会办单位="区水务局、市教育局")))
    assert (row.role, row.own_units) == (Role.LEAD, ("龙岗区教育局",))


def test_a_lead_without_co_units_is_still_the_lead() -> None:
    assert only_row(read_cases(a_case())).role is Role.LEAD


def test_a_unit_that_handles_a_case_alone_is_sole() -> None:
    row = only_row(read_cases(a_case(主办单位="", 独办单位="区教育局")))
    assert (row.role, row.lead_unit, row.own_units) == (
        Role.SOLE,
        "龙岗区教育局",
        ("龙岗区教育局",),
    )


def test_the_districts_own_units_among_split_units_act() -> None:
    row = only_row(read_cases(a_case(主办单位="", 分办单位="区水务局、市水务局、区财政局")))
    assert row.role is Role.SPLIT
    assert row.split_units == ("龙岗区水务局", "深圳市水务局", "龙岗区财政局")
    assert row.own_units == ("龙岗区水务局", "龙岗区财政局")


def test_a_case_led_by_others_is_co_handled() -> None:
    row = only_row(read_cases(a_case(主办单位="市教育局", 会办单位="市水务局、区水务局")))
    assert (row.role, row.lead_unit) == (Role.CO, "深圳市教育局")
    assert (row.co_units, row.own_units) == (("深圳市水务局", "龙岗区水务局"), ("龙岗区水务局",))


@pytest.mark.parametrize(
    ("units", "code", "cell"),
    [
        ({"主办单位": ""}, "lead_missing", "F2"),
        ({"主办单位": "", "会办单位": "区教育局"}, "lead_missing", "F2"),
        ({"分办单位": "区水务局"}, "lead_and_split", "H2"),
        ({"独办单位": "区水务局"}, "lead_and_split", "G2"),
        ({"主办单位": "区教育局、区水务局"}, "several_leads", "F2"),
        ({"主办单位": "", "独办单位": "区教育局", "会办单位": "区水务局"}, "sole_with_co", "I2"),
        ({"会办单位": "区水务局、龙岗区教育局"}, "unit_twice", "I2"),
        ({"会办单位": "区水务局、龙岗区水务局"}, "unit_twice", "I2"),
        ({"主办单位": "市教育局", "会办单位": "市水务局"}, "no_own_unit", None),
    ],
)
def test_a_row_must_say_clearly_who_does_what(
    units: dict[str, Written], code: str, cell: str | None
) -> None:
    ledger = read_cases(a_case(**units))
    problem = only_problem(ledger)
    assert (problem.code, problem.cell, ledger.rows) == (code, cell, ())
