"""A text beside the figures of the log."""

from decimal import Decimal

import pytest

from contracts.checking import Kind
from contracts.figures import Figures, Rate, RoleCount, ScoreSheet
from document_check import against_the_log, read


def a_rate(identity: str, numerator: int, denominator: int) -> Rate:
    return Rate(
        id=identity,
        label="",
        label_en="",
        formula="",
        formula_text="",
        formula_text_en="",
        counted="",
        counted_en="",
        numerator=numerator,
        denominator=denominator,
        value=Decimal(100 * numerator) / denominator,
        display="",
    )


FIGURES = Figures(
    district="longgang",
    year=2024,
    position=90,
    total=33,
    by_role=(
        RoleCount(role="lead", label="主办", count=4),
        RoleCount(role="co", label="会办", count=28),
    ),
    rates=(a_rate("on_time_completion_rate", 33, 33), a_rate("satisfaction_rate", 61, 64)),
    score=ScoreSheet(
        rulebook_id="sample",
        rulebook_version=1,
        rulebook_title="",
        sample=True,
        base=Decimal(95),
        deductions=Decimal(0),
        bonus=Decimal(5),
        total=Decimal(100),
        ceiling=Decimal(110),
        items=(),
    ),
    comparisons=(),
    rehandled=(),
)


@pytest.mark.parametrize(
    ("text", "arithmetic"),
    [
        ("2024年，本区共办理市政协提案35件。", "35 ≠ 33"),
        ("本区办理市政协提案共33件，其中主办件5件。", "5 ≠ 4"),
        ("会办件29件。", "29 ≠ 28"),
        ("按时办结率98%。", "98 ≠ 100"),
        ("满意率为97.3%。", "97.3 ≠ 95.3"),
        ("基础分95分，加分10分，自评总分105分。", "10 ≠ 5"),
    ],
)
def test_a_figure_that_the_log_has_otherwise_is_named(text: str, arithmetic: str) -> None:
    findings = against_the_log(read(text), FIGURES)
    assert arithmetic in {each.arithmetic for each in findings}
    assert {each.kind for each in findings} == {Kind.RECORD}


@pytest.mark.parametrize(
    "text",
    [
        "2024年，本区共办理市政协提案33件，主办件4件、会办件28件。",
        "满意率为95.3%，按时办结率100%。",
        "满意率为95.31%。",
        "2023年，本区共办理市政协提案41件，按时办结率98%。",
        "本区共办理人大代表建议35件，满意率98%。",
        "基础分95分，加分5分，自评总分100分。",
    ],
)
def test_nothing_is_said_where_the_log_agrees_or_something_else_is_meant(text: str) -> None:
    assert against_the_log(read(text), FIGURES) == []
