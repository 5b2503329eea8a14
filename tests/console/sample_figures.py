"""The figures that evaluation answers in these tests: a small made-up year."""

from decimal import Decimal
from typing import Any

from contracts.figures import (
    CaseNote,
    Comparison,
    Figures,
    Rate,
    RoleCount,
    ScoreItem,
    ScoreSheet,
)

LATE = CaseNote(
    proposal_id="20240099",
    number="20240099",
    title="关于完善社区托育服务的提案",
    why="会办意见晚于期限三天提交",
    why_en="the opinion came three days after the limit",
    positions=(41, 57),
)
KEY = CaseNote(
    proposal_id="20240104",
    number="20240104",
    title="关于加快科教城基础建设的提案",
    why="重点提案，已答复",
    why_en="key proposal, answered",
    positions=(3, 12),
)
AGAIN = CaseNote(
    proposal_id="20240105",
    number="20240105",
    title="关于改善公交接驳的提案",
    why="首轮评价不满意，已重新答复",
    why_en="first rated dissatisfied, answered again",
    positions=(60,),
)


def a_rate(identity: str, label: str, label_en: str, terms: tuple[int, int], **more: Any) -> Rate:
    numerator, denominator = terms
    value = Decimal(100 * numerator) / denominator if denominator else None
    return Rate(
        id=identity,
        label=label,
        label_en=label_en,
        formula=f"{identity.removesuffix('_rate')}.by_case.v1",
        formula_text="期限内完成的件数除以全部件数",
        formula_text_en="cases completed within the limit, divided by all cases",
        counted="本区承办的全部提案",
        counted_en="all cases of the district",
        numerator=numerator,
        denominator=denominator,
        value=value,
        display="—" if value is None else f"{value:.4g}%",
        **more,
    )


SCORE_ITEMS = (
    ScoreItem(
        id="base",
        kind="base",
        label="基础分",
        label_en="Base",
        rule="各区基础分 95 分",
        rule_en="Every district starts with 95",
        count=1,
        points=Decimal(95),
        source="年度自评表",
    ),
    ScoreItem(
        id="late",
        kind="deduction",
        label="逾期办结",
        label_en="Completed late",
        rule="每件扣 0.5 分",
        rule_en="0.5 off for each case",
        count=1,
        points=Decimal("-0.5"),
        cases=(LATE,),
        assumed=True,
    ),
    ScoreItem(
        id="key",
        kind="bonus",
        label="重点提案",
        label_en="Key proposals",
        rule="主办重点提案每件加 2 分",
        rule_en="2 for each key proposal led",
        count=1,
        points=Decimal("2.00"),
        cases=(KEY,),
    ),
)


COMPARISONS = (
    Comparison(
        figure="bonus",
        label="加分合计",
        label_en="Bonus in all",
        claimed=Decimal(10),
        computed=Decimal(2),
        differs=True,
        source="年度总结",
    ),
    Comparison(
        figure="total",
        label="承办件数",
        label_en="Cases in all",
        claimed=Decimal(33),
        computed=Decimal(33),
        differs=False,
        source="年度总结",
    ),
)


def a_score(**more: Any) -> ScoreSheet:
    facts: dict[str, Any] = {
        "rulebook_id": "shenzhen-2024",
        "rulebook_version": 1,
        "rulebook_title": "提案办理自评规则",
        "sample": True,
        "base": Decimal(95),
        "deductions": Decimal("-0.5"),
        "bonus": Decimal(2),
        "total": Decimal("96.50"),
        "ceiling": Decimal(100),
        "items": SCORE_ITEMS,
    }
    return ScoreSheet(**(facts | more))


def some_figures(**more: Any) -> Figures:
    facts: dict[str, Any] = {
        "district": "longgang",
        "year": 2024,
        "position": 412,
        "total": 33,
        "by_role": (
            RoleCount(role="sole", label="独办", count=0),
            RoleCount(role="lead", label="主办", count=4),
            RoleCount(role="split", label="分办", count=1),
            RoleCount(role="co", label="会办", count=28),
        ),
        "rates": (
            a_rate(
                "on_time_completion_rate", "按时办结率", "On-time rate", (32, 33), misses=(LATE,)
            ),
            a_rate("reply_rate", "答复率", "Reply rate", (5, 5)),
            a_rate("satisfaction_rate", "满意率", "Satisfaction rate", (0, 0)),
        ),
        "score": a_score(),
        "comparisons": COMPARISONS,
        "rehandled": (AGAIN,),
    }
    return Figures(**(facts | more))
