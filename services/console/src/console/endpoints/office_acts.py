"""The forms of the supervision office: dispatch, returns, limits, co-units, chasing."""

from collections.abc import Mapping
from typing import Any

from console.endpoints.acts import Act, Blank
from console.endpoints.proposal_acts import choices
from contracts.vocabulary import ChasingManner, Origin, Role

ANSWERING = tuple((code, term) for code, term in choices(Role) if code != Role.CO)
BY_HAND = "不填的，按规则手册计算。"
REASON = Blank("reason", "理由", "words")


def _parts(fields: dict[str, Any], typed: Mapping[str, str]) -> dict[str, Any]:
    """The units with their roles, as a dispatch names them."""
    role = fields.pop("answering_role", "")
    due = {"due_on": fields.pop("due_on")} if "due_on" in fields else {}
    answering = [{"unit": unit, "role": role, **due} for unit in fields.pop("answering", [])]
    co_units = [{"unit": unit, "role": Role.CO.value} for unit in fields.pop("co_units", [])]
    return fields | {"assignments": [*answering, *co_units]}


OFFICE_ACTS = (
    Act(
        "dispatch-case",
        "交办",
        blanks=(
            Blank(
                "answering",
                "答复提案人的单位",
                "names",
                required=False,
                hint="几个单位分办的，用顿号隔开。",
            ),
            Blank("answering_role", "办理方式", "choice", ANSWERING, required=False),
            Blank("co_units", "会办单位", "names", required=False, hint="几个单位的，用顿号隔开。"),
            Blank(
                "lead_unit",
                "区外主办单位",
                required=False,
                hint="本区只会办的，填写区外的主办单位。",
            ),
            Blank("origin", "交办来源", "choice", choices(Origin), required=False),
            Blank("dispatched_on", "交办日期", "day", today=True),
            Blank("due_on", "答复期限", "day", required=False, hint=BY_HAND),
        ),
        compose=_parts,
    ),
    Act(
        "grant-return",
        "同意退回并改派",
        blanks=(
            Blank("new_unit", "改派给", "unit"),
            Blank("granted_on", "同意日期", "day", today=True),
            Blank("due_on", "新的期限", "day", required=False, hint=BY_HAND),
        ),
        about=("unit",),
    ),
    Act("decline-return", "不同意退回", blanks=(REASON,), about=("unit",)),
    Act("allow-late-return", "批准逾期退回", blanks=(REASON,), about=("unit",)),
    Act(
        "grant-extension",
        "同意延期",
        blanks=(
            Blank("due_on", "延至", "day", hint="可以早于申请的日期，不能更晚。"),
            Blank("granted_on", "同意日期", "day", today=True),
        ),
        about=("unit",),
        foresees="due_on",
    ),
    Act("decline-extension", "不同意延期", blanks=(REASON,), about=("unit",)),
    Act(
        "suspend-handling",
        "中止办理",
        blanks=(
            Blank("reason", "中止的理由", "words"),
            Blank("suspended_on", "中止日期", "day", today=True),
        ),
        hint="中止期间停止计时，不能答复。",
        about=("unit",),
    ),
    Act(
        "resume-handling",
        "恢复办理",
        blanks=(Blank("resumed_on", "恢复日期", "day", today=True),),
        hint="期限按中止的天数顺延；上级定下的期限不因此顺延。",
        about=("unit",),
        foresees="resumed_on",
    ),
    Act(
        "add-co-unit",
        "同意增加会办单位",
        blanks=(
            Blank("added_on", "增办日期", "day", today=True),
            Blank("due_on", "会办意见期限", "day", required=False, hint=BY_HAND),
        ),
        about=("unit", "co_unit"),
    ),
    Act(
        "decline-co-unit",
        "不同意增加会办单位",
        blanks=(REASON,),
        about=("unit", "co_unit"),
    ),
    Act(
        "waive-co-opinion",
        "免除会办意见",
        blanks=(REASON,),
        hint="主办单位可以不等这个单位的意见；该单位仍可以补交。",
        about=("unit",),
    ),
    Act(
        "close-assignment",
        "办结已免除意见的会办件",
        blanks=(Blank("closed_on", "办结日期", "day", today=True),),
        about=("unit",),
    ),
    Act(
        "chase-unit",
        "登记催办",
        blanks=(
            Blank("manner", "催办方式", "choice", choices(ChasingManner)),
            Blank("chased_on", "催办日期", "day", today=True),
            Blank("note", "催办情况", "words", required=False),
        ),
        about=("unit",),
    ),
    Act(
        "list-suggestions",
        "列出建议条目",
        blanks=(
            Blank(
                "suggestions",
                "提案的建议",
                "points",
                rows=6,
                hint="一行一条，按先后自动编号；答复时须逐条回应。",
            ),
        ),
    ),
)
