"""The forms of an answer: draft, signature, review, issue, delivery, publication, and its rating."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from console.endpoints.acts import Act, Blank
from console.endpoints.proposal_acts import choices
from contracts.vocabulary import Openness

POINT = "point-"
GOES_OUT_WITH = frozenset({"document_number", "result_class", "openness", "contact_person"})

LETTER = (
    Blank("document_number", "文号", required=False, hint="例如：龙教函〔2024〕31号。"),
    Blank("result_class", "办理结果类别", "choice", choices_of="classes", required=False),
    Blank("openness", "公开属性", "choice", choices(Openness), required=False),
    Blank("withheld_because", "不予公开的理由", required=False),
    Blank("contact_person", "联系人", required=False),
    Blank("addressees", "称谓（答复的提案人）", "names", required=False),
)
LETTER_TO_ISSUE = tuple(
    replace(each, required=each.name in GOES_OUT_WITH, hint="") for each in LETTER
)


def _with_points(fields: dict[str, Any], typed: Mapping[str, str]) -> dict[str, Any]:
    """The answers to the suggestions, each from a blank of its own."""
    points = [
        {"number": int(number), "answer": answer.strip()}
        for name, answer in typed.items()
        if name.startswith(POINT)
        and (number := name.removeprefix(POINT)).isdecimal()
        and answer.strip()
    ]
    return fields | ({"points": points} if points else {})


def _by_proxy(fields: dict[str, Any], typed: Mapping[str, str]) -> dict[str, Any]:
    return fields | ({"by_proxy": True} if fields.get("scan") else {})


LETTER_ACTS = (
    Act(
        "draft-reply",
        "拟写答复稿",
        blanks=(*LETTER, Blank("drafted_on", "拟稿日期", "day", today=True)),
        hint="每次保存为新的一版，旧版保留。",
        about=("unit",),
        compose=_with_points,
    ),
    Act(
        "sign-reply",
        "领导签发",
        blanks=(
            Blank("signed_by", "签发人"),
            Blank("signed_on", "签发日期", "day", today=True),
        ),
        hint="签发以后需要修改的，另拟一版。",
        about=("unit", "version"),
    ),
    Act("pass-draft", "审核通过", about=("unit", "version")),
    Act(
        "send-back-draft",
        "审核退回",
        blanks=(Blank("findings", "需要修改之处", "lines", rows=4, hint="一行写一处。"),),
        about=("unit", "version"),
    ),
    Act(
        "issue-reply",
        "发出答复",
        blanks=(*LETTER_TO_ISSUE, Blank("issued_on", "答复日期", "day", today=True)),
        hint="发出的答复应与审核通过的一版一致。",
        about=("unit",),
        compose=_with_points,
    ),
    Act(
        "deliver-reply",
        "登记答复送达",
        blanks=(
            Blank("proposer", "送达的提案人"),
            Blank("delivered_on", "送达日期", "day", today=True),
        ),
        hint="并案办理的，也要分别送达各提案人。",
        about=("unit",),
    ),
    Act(
        "publish-reply",
        "登记答复公开",
        blanks=(
            Blank("published_on", "公开日期", "day", today=True),
            Blank("address", "公开网址", required=False),
            Blank(
                "summary_only",
                "公开方式",
                "flag",
                (("false", "全文公开"), ("true", "摘要公开")),
                required=False,
            ),
        ),
        hint="公开以前，请隐去联系电话等个人信息。",
        about=("unit",),
    ),
    Act(
        "change-result-class",
        "调整办理结果类别",
        blanks=(
            Blank("result_class", "调整为", "choice", choices_of="classes"),
            Blank("reason", "调整的理由", "words"),
            Blank("changed_on", "调整日期", "day", today=True),
        ),
        hint="承办单位原来所报的类别仍保留在记录里。",
        about=("unit",),
    ),
    Act(
        "rate-reply",
        "评价答复",
        blanks=(
            Blank("satisfaction", "满意度", "choice", choices_of="levels"),
            Blank(
                "scan",
                "意见表扫描件名称",
                required=False,
                hint="提案委代为录入的，必须写明纸质意见表的扫描件。",
            ),
            Blank("rated_on", "评价日期", "day", today=True),
        ),
        hint="评为不满意的，由承办单位重新办理，原评价保留。",
        about=("unit",),
        compose=_by_proxy,
        service="evaluation",
    ),
)
