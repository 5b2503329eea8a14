"""What intake and assignment answer in these tests: a small made-up year of a made-up district."""

from datetime import UTC, date, datetime
from typing import Any

from tests.console.sample_figures import AGAIN, KEY, LATE

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
    "category": "ecological",
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
            "due_rule": "shenzhen-2024/limits.lead",
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
