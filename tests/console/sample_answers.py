"""What the services answer in these tests: a small made-up year of a made-up district."""

from datetime import UTC, date, datetime
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
        formula=f"{identity}.by_case.v1",
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


def a_score(**more: Any) -> ScoreSheet:
    items = (
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
        "items": items,
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
            a_rate("on_time_completion", "按时办结率", "On-time rate", (32, 33), misses=(LATE,)),
            a_rate("reply", "答复率", "Reply rate", (5, 5)),
            a_rate("satisfaction", "满意率", "Satisfaction rate", (0, 0)),
        ),
        "score": a_score(),
        "comparisons": (
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
        ),
        "rehandled": (AGAIN,),
    }
    return Figures(**(facts | more))


DISTRICTS = {
    "districts": [
        {"code": "longgang", "name": "龙岗区", "name_en": "Longgang", "years": [2023, 2024]},
        {"code": "example", "name": "示例区", "name_en": "Example", "years": []},
    ]
}

DISTRICT = {
    "code": "longgang",
    "name": "龙岗区",
    "name_en": "Longgang",
    "units": [{"name": "区教育局", "aliases": ["教育局"], "own": True}, {"name": "市交通局"}],
}


def a_case(number: str, title: str, **more: Any) -> dict[str, Any]:
    return {
        "proposal_id": number,
        "number": number,
        "title": title,
        "role": "co",
        "units": ["区教育局"],
        "lead_unit": "市交通局",
        "state": "closed",
        "due_on": "2024-04-30",
        "completed_on": "2024-04-12",
        "days_late": 0,
        "key": False,
        "satisfaction": None,
        "fabricated": True,
        "handling_round": 1,
    } | more


CASES = [
    a_case(KEY.number, KEY.title, role="lead", lead_unit="区教育局", key=True, fabricated=False)
    | {"satisfaction": "satisfied", "units": ["区教育局", "区发展和改革局"]},
    a_case(AGAIN.number, AGAIN.title, role="split", state="rehandling", handling_round=2)
    | {"satisfaction": "dissatisfied", "completed_on": None},
    a_case(LATE.number, LATE.title, completed_on="2024-05-03", days_late=3),
    a_case("20240120", "关于中小学校门口交通疏导的提案", state="handling", completed_on=None)
    | {"days_late": 6},
]

PROPOSAL = {
    "proposal_id": KEY.number,
    "year": 2024,
    "number": KEY.number,
    "title": KEY.title,
    "form": "collective",
    "proposers": ["某民主党派市委会"],
    "state": "filed",
    "key": True,
    "fabricated": False,
}

OUTSIDE_PART: dict[str, Any] = {
    "unit": "市交通局",
    "role": "co",
    "own": False,
    "reporting": False,
    "state": "handling",
    "due_on": "2024-04-30",
    "signed_on": None,
    "contacts": [],
    "replied_on": None,
    "handling_round": 1,
}

CASE = {
    "proposal_id": KEY.number,
    "number": KEY.number,
    "year": 2024,
    "assignments": [
        {
            "unit": "区教育局",
            "role": "lead",
            "own": True,
            "reporting": True,
            "state": "closed",
            "due_on": "2024-07-31",
            "due_rule": "lead.three-months",
            "signed_on": "2024-03-12",
            "contacts": [
                {"stage": "before", "manner": "visit", "contacted_on": "2024-03-20", "note": ""}
            ],
            "replied_on": "2024-05-20",
            "document_number": "龙教函〔2024〕31号",
            "result_class": "A",
            "openness": "public",
            "contact_person": "李老师",
            "handling_round": 1,
        },
        OUTSIDE_PART,
    ],
}


def an_event(position: int, kind: str, data: dict[str, Any], **more: Any) -> dict[str, Any]:
    service = kind.split(".")[1]
    return {
        "position": position,
        "type": kind,
        "service": service,
        "stream": f"{service}-{KEY.number}",
        "happened_at": datetime(2024, 3, 10, 1, 30, tzinfo=UTC).isoformat(),
        "recorded_at": datetime(2024, 11, 20, 2, 0, 5, tzinfo=UTC).isoformat(),
        "actor": {"subject": "liu", "name": "刘科员", "role": "supervision", "unit": None},
        "imported": True,
        "attested_by": "2024 年提案台账.xlsx",
        "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
        "data": {"proposal_id": KEY.number} | data,
    } | more


INTAKE_EVENTS = [
    an_event(
        3,
        "tian.intake.proposal_received.v1",
        {"title": KEY.title, "form": "collective", "proposers": ["某民主党派市委会"]},
    ),
    an_event(4, "tian.intake.proposal_filed.v1", {"number": KEY.number, "title": KEY.title}),
]
ASSIGNMENT_EVENTS = [
    an_event(
        7,
        "tian.assignment.assignment_dispatched.v1",
        {"unit": "区教育局", "role": "lead", "due_on": "2024-07-31", "lead_unit": None},
    ),
    an_event(
        12,
        "tian.assignment.reply_issued.v1",
        {
            "unit": "区教育局",
            "issued_on": "2024-05-20",
            "document_number": "龙教函〔2024〕31号",
            "result_class": "A",
            "openness": "public",
            "handling_round": 1,
        },
    ),
]
EVALUATION_EVENTS = [
    an_event(
        9,
        "tian.evaluation.reply_rated.v1",
        {"unit": "区教育局", "satisfaction": "satisfied", "rated_on": str(date(2024, 6, 1))},
        imported=False,
        attested_by=None,
    )
]

CHECK_REPORT: dict[str, Any] = {
    "ledger_name": "台账.xlsx",
    "sha256": "ab" * 32,
    "checked_only": True,
    "total_rows": 33,
    "new_rows": 30,
    "unchanged_rows": 1,
    "different_rows": 1,
    "clues_new": 2,
    "clues_unchanged": 0,
    "problems": [
        {
            "severity": "error",
            "code": "unknown_unit",
            "sheet": "提案",
            "row": 14,
            "column": "承办单位",
            "cell": "F14",
            "message": "目录中没有“区科创局”，是否为“区科技创新局”？",
            "message_en": "The directory has no such unit. Did you mean the bureau of science?",
        },
        {
            "severity": "warning",
            "code": "no_document_number",
            "sheet": "提案",
            "row": 20,
            "column": "文号",
            "cell": "M20",
            "message": "没有文号。",
            "message_en": "There is no document number.",
        },
    ],
    "written": False,
    "message": "共 33 行，其中 1 行有误。",
    "message_en": "33 rows, one of them with an error.",
}
