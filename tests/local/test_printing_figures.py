"""The terminal names the cases behind every figure, and its columns add up."""

from datetime import date
from decimal import Decimal

import pytest

from contracts.figures import (
    CalendarDay,
    CaseNote,
    Comparison,
    Figures,
    Margin,
    Rate,
    RoleCount,
    ScoreItem,
    ScoreSheet,
    UnitScore,
)
from contracts.vocabulary import Role
from tian.printing_figures import print_figures
from tian.printing_scores import plain

LATE = CaseNote(
    proposal_id="20240107",
    number="20240107",
    title="关于口袋公园的提案",
    why="逾期 3 天",
    why_en="3 days late",
)
AGAIN = LATE.model_copy(update={"number": "20240108", "why": "评价为不满意"})


def item(kind: str, label: str, rule: str, points: str, *cases: CaseNote) -> ScoreItem:
    return ScoreItem.model_validate(
        {
            "id": label,
            "kind": kind,
            "label": label,
            "label_en": label,
            "rule": rule,
            "rule_en": rule,
            "measure": "条" if "条" in rule else "件",
            "count": len(cases),
            "points": points,
            "cases": cases,
        }
    )


def comparison(figure: str, claimed: str, computed: str) -> Comparison:
    return Comparison(
        figure=figure,
        label=figure,
        label_en=figure,
        claimed=Decimal(claimed),
        computed=Decimal(computed),
        differs=claimed != computed,
        source="总结",
    )


def figures(district: str = "longgang") -> Figures:
    rate = Rate(
        id="on_time_completion_rate",
        label="按时办结率",
        label_en="on time",
        formula="on_time_completion.by_case.v1",
        formula_text="算法",
        formula_text_en="formula",
        counted="",
        counted_en="",
        numerator=32,
        denominator=33,
        value=Decimal(3200) / Decimal(33),
        display="96.97%",
        misses=(LATE,),
    )
    score = ScoreSheet(
        rulebook_id="sample",
        rulebook_version=1,
        rulebook_title="样例",
        sample=True,
        base=Decimal(95),
        deductions=Decimal(1),
        bonus=Decimal(1),
        total=Decimal(95),
        ceiling=Decimal(100),
        items=(
            item("base", "基础分", "基础分 95 分", "95"),
            item("deduction", "逾期", "每件扣 1 分", "1", LATE),
            item("bonus", "线索", "每条加 0.5 分", "1.0", LATE, AGAIN),
        ),
    )
    return Figures(
        district=district,
        year=2024,
        position=9,
        total=33,
        by_role=(RoleCount(role=Role.CO.value, label="会办", count=33),),
        rates=(rate,),
        score=score,
        comparisons=(
            comparison("on_time_completion_rate", "100", "96.969696969697"),
            comparison("total", "30", "33"),
            comparison("bonus", "10", "5"),
            comparison("score", "95", "95"),
        ),
        rehandled=(AGAIN,),
    )


@pytest.fixture
def screen(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("TIAN_LANG", "zh")
    print_figures(figures())
    return capsys.readouterr().out


def table(screen: str, title: str) -> str:
    """A table from its title to the blank line or the title after it."""
    return screen.split(f"\n{title}", 1)[1].split("└", 1)[0]


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.replace("┃", "│").split("│")[1:-1]]


def rows(screen: str, title: str) -> list[list[str]]:
    return [cells(line) for line in table(screen, title).splitlines() if line.startswith("│")]


def test_the_cases_behind_a_rate_are_named_with_the_reason(screen: str) -> None:
    assert rows(screen, "未达到的件") == [
        ["按时办结率", "第20240107号", "关于口袋公园的提案", "逾期 3 天"]
    ]


def test_cases_handled_again_and_cases_that_cost_points_are_named(screen: str) -> None:
    assert rows(screen, "重新办理")[0][0] == "第20240108号"
    assert rows(screen, "扣分的件")[0][:2] == ["逾期", "第20240107号"]


def test_the_points_of_the_score_sheet_add_up_to_its_total(screen: str) -> None:
    lines = rows(screen, "评分")
    assert [line[3] for line in lines] == ["95", "−1", "1", "95"]
    assert [line[2] for line in lines[:3]] == ["—", "1 件", "2 条"]


def test_what_else_there_is_to_know_stands_below_the_formula_and_the_rule(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = figures()
    rate = told.rates[0].model_copy(
        update={"margin": Margin(days=1, case=LATE), "missing": "另有 2 件没有记录，未计入"}
    )
    assert told.score is not None
    waiting = told.score.items[1].model_copy(update={"remark": "需人工认定，尚未录入，未计分"})
    day = CalendarDay(
        label="自评", label_en="Self", opens_on=None, closes_on=date(2024, 11, 15), source="通知"
    )
    score = told.score.model_copy(update={"items": (waiting,), "grade": "优秀", "calendar": (day,)})
    unit = UnitScore(unit="区教育局", cases=3, score=score)
    print_figures(told.model_copy(update={"rates": (rate,), "score": score, "units": (unit,)}))
    shown = capsys.readouterr().out
    assert "最近一件提前 1 天（第20240107号）" in shown
    assert "另有 2 件没有记录，未计入" in shown
    assert "需人工认定，尚未录入，未计分" in shown
    assert rows(shown, "各承办单位得分") == [["区教育局", "3", "−1", "1", "95", "优秀"]]
    assert rows(shown, "考核日程") == [["", "2024-11-15", "自评"]]


def test_a_difference_is_told_in_words_and_a_rate_with_its_sign(screen: str) -> None:
    assert [line[1:4] for line in rows(screen, "自报与计算")] == [
        ["100%", "96.97%", "多报 3.03%"],
        ["30", "33", "少报 3"],
        ["10", "5", "多报 5"],
        ["95", "95", "一致"],
    ]


def test_the_heading_names_the_district_or_else_its_code(
    screen: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "深圳市龙岗区 2024 年" in screen
    print_figures(figures("atlantis"))
    assert "atlantis 2024 年" in capsys.readouterr().out


def test_nothing_missed_shows_no_empty_table(capsys: pytest.CaptureFixture[str]) -> None:
    full = figures().rates[0].model_copy(update={"misses": ()})
    print_figures(figures().model_copy(update={"rates": (full,), "rehandled": ()}))
    shown = capsys.readouterr().out
    assert "未达到的件" not in shown
    assert "重新办理" not in shown


@pytest.mark.parametrize(
    ("number", "text"),
    [("96.969697", "96.97"), ("100", "100"), ("-1", "−1"), ("-0", "0"), ("0.50", "0.5")],
)
def test_numbers_have_two_places_at_most(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text
