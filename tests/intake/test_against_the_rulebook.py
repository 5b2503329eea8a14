"""A ledger's row is held to the classes and levels of the year's rulebook, with those it has."""

from datetime import date
from pathlib import Path
from typing import Any

from contracts.ledger import LedgerRow
from contracts.rulebook import Rulebook, read_rulebook
from contracts.vocabulary import ProposalForm, Role
from intake.endpoints.reporting import against_rulebook
from ledger import PlacedRow

RULEBOOKS = Path(__file__).parents[2] / "deploy" / "rulebooks"


def rulebook(name: str) -> Rulebook:
    return read_rulebook((RULEBOOKS / f"{name}.toml").read_text("utf-8"))


def a_row(**told: Any) -> PlacedRow:
    row = LedgerRow(
        number="20240104",
        title="题",
        form=ProposalForm.INDIVIDUAL,
        proposers=("甲",),
        role=Role.SOLE,
        own_units=("区教育局",),
        dispatched_on=date(2024, 3, 8),
        **told,
    )
    return PlacedRow(sheet="台账", sheet_row=2, row=row)


def test_a_level_that_the_place_does_not_have_is_named_with_those_it_has() -> None:
    row = a_row(satisfaction="basically_satisfied")
    assert against_rulebook(row, rulebook("shenzhen-2024")) is None
    problem = against_rulebook(row, rulebook("hongkou"))
    assert problem is not None
    assert (problem.row, problem.column) == (2, "满意度")
    assert "应为同意、理解、保留、不同意之一" in problem.message


def test_a_class_may_be_a_word_where_the_place_has_words() -> None:
    row = a_row(result_class="列入计划拟解决")
    assert against_rulebook(row, rulebook("hongkou")) is None
    problem = against_rulebook(row, rulebook("shenzhen-2024"))
    assert problem is not None
    assert "应为A、B、C、D之一" in problem.message
