"""What docs/figures.md says of formulas and rules is what the code knows."""

import re
from typing import Literal, get_args, get_origin

import pytest

from contracts.scoring import Bonus, Deduction, RateRule
from evaluation.decisions.rates.naming import RateName
from evaluation.decisions.rates.registry import FORMULAS
from tests.evaluation.figures_document import DOCUMENT, with_tables
from tests.evaluation.test_any_score import RULEBOOKS

TEXT = DOCUMENT.read_text("utf-8")


def counts_of(item: type[Deduction] | type[Bonus]) -> set[str]:
    options = get_args(item.model_fields["counts"].annotation)
    return {name for each in options if get_origin(each) is Literal for name in get_args(each)}


def test_the_tables_of_formulas_are_those_of_the_code() -> None:
    assert with_tables(TEXT) == TEXT, "python -m tests.evaluation.figures_document writes them anew"
    for formula in FORMULAS:
        assert TEXT.count(f"| `{formula}` |") == 2


def test_every_thing_that_can_be_counted_is_explained() -> None:
    counts = counts_of(Deduction) | counts_of(Bonus)
    assert counts >= {"late_cases", "total_cases", "entered_points"}
    table = TEXT.split("| `counts` |")[1].split("\n\n")[0]
    assert set(re.findall(r"`(\w+_\w+)`", table)) == counts


@pytest.mark.parametrize("key", RateRule.model_fields)
def test_every_key_of_a_rate_rule_is_explained(key: str) -> None:
    table = TEXT.split("| 写法 / key |")[1].split("\n\n")[0]
    assert key in table


def test_every_shipped_rulebook_is_listed() -> None:
    table = TEXT.split("| id | 依据 / after |")[1].split("\n\n")[0]
    assert re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE) == [
        "shenzhen-2024",
        "shijiazhuang",
        "hainan-2002",
        "baoji",
        "shanghai-2018",
        "hongkou",
        "jingxian",
        "zhejiang-ocean-2011",
    ]
    assert set(re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE)) == RULEBOOKS.keys()


def test_every_rate_has_a_formula_in_the_table() -> None:
    for rate in RateName:
        assert f"| {rate.chinese} | `" in TEXT
