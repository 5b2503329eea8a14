"""Days, tasks and roles as they are said in a message."""

from collections.abc import Iterable
from datetime import date

from contracts.vocabulary import Duty, Role

TASKS = {
    Duty.SIGNING: "签收",
    Duty.OPINION: "提出会办意见",
    Duty.REPLY: "答复提案人",
    Duty.COMMITMENT: "兑现承诺事项",
}
ROLES = {Role.SOLE: "独立承办", Role.LEAD: "主办", Role.SPLIT: "分别办理", Role.CO: "会办"}
PROVISIONAL = "此期限跨入节假日尚未公布的年度，系暂定，公布后可能调整。"


def day(moment: date) -> str:
    return f"{moment.year}年{moment.month}月{moment.day}日"


def answered(days: Iterable[tuple[str, date]]) -> str:
    """Which unit answered on which day."""
    return "、".join(f"{unit}已于{day(on)}" for unit, on in days)


def maybe_day(moment: date | None) -> str | None:
    return None if moment is None else day(moment)


def left(due_on: date, today: date) -> str:
    """How a deadline lies from a day: still so many days, today, or so many days ago."""
    days = (due_on - today).days
    if days > 0:
        return f"还有{days}天"
    return "今日到期" if days == 0 else f"已逾期{-days}天"


def limits(sign_by: date | None, return_until: date | None) -> str:
    """The limits that are another day now, in one line."""
    said = {"签收期限为": maybe_day(sign_by), "申请退回的期限为": maybe_day(return_until)}
    return "，".join(f"{name}{on}" for name, on in said.items() if on)


def task_of(role: Role) -> str:
    return TASKS[Duty.OPINION if role is Role.CO else Duty.REPLY]
