"""What the days named in commands have to keep to: not after today, and in the order of things."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from contracts.refusal import Refused
from contracts.vocabulary import CHINA


class DateInFuture(Refused):
    """{what}{day}晚于今天（{today}）。请填写已经发生的日期。"""

    english: ClassVar[str] = (
        "{what_in_english} on {day} lies after today ({today}). Give the day on which it happened."
    )


class DateTooEarly(Refused):
    """{what}{day}早于{after_what}{after}。请核对两个日期。"""

    english: ClassVar[str] = (
        "{what_in_english} on {day} lies before {after_what_in_english} on {after}. Check both days."
    )


@dataclass(frozen=True)
class Occasion:
    """What it is that has a day."""

    chinese: str
    english: str


DISPATCH = Occasion("交办日期", "The dispatch")
SIGNING = Occasion("签收日期", "The signature")
CONTACT = Occasion("联系日期", "The contact")
REQUEST = Occasion("申请退回日期", "The request to be released")
RELEASE = Occasion("同意退回日期", "The release")
OPINION = Occasion("会办意见日期", "The opinion")
BEGINNING = Occasion("本轮办理开始日期", "The beginning of this round")
REPLY = Occasion("答复日期", "The answer")
ESCALATION = Occasion("提请裁定日期", "The step to a decision")
SUGGESTION = Occasion("建议增办日期", "The request for a co-unit")
ADDITION = Occasion("增办日期", "The addition")
JUDGEMENT = Occasion("处理会办意见的日期", "The judgement of the opinion")
EXTENSION_REQUEST = Occasion("申请延期日期", "The request for more time")
EXTENSION = Occasion("同意延期日期", "The extension")
SUSPENSION = Occasion("中止日期", "The suspension")
RESUMPTION = Occasion("恢复日期", "The resumption")
DRAFT = Occasion("拟稿日期", "The draft")
SIGNATURE = Occasion("签发日期", "The leader's signature")
CLASS_CHANGE = Occasion("类别调整日期", "The change of class")
DELIVERY = Occasion("送达日期", "The delivery")
PUBLICATION = Occasion("公开日期", "The publication")
RESULT = Occasion("结果登记日期", "The result")
COMMITMENT = Occasion("承诺事项的日期", "The commitment")
CHASING = Occasion("催办日期", "The chasing")


def not_in_future(occasion: Occasion, day: date, at: datetime) -> None:
    """A fact has happened. Today is what the calendar says in China."""
    today = at.astimezone(CHINA).date()
    if day > today:
        raise DateInFuture(
            what=occasion.chinese, what_in_english=occasion.english, day=day, today=today
        )


def not_before(
    occasion: Occasion, day: date | None, earlier: Occasion, earlier_day: date | None
) -> None:
    """What comes second is not dated before what comes first; an unknown day breaks no order."""
    if day and earlier_day and day < earlier_day:
        raise DateTooEarly(
            what=occasion.chinese,
            what_in_english=occasion.english,
            day=day,
            after_what=earlier.chinese,
            after_what_in_english=earlier.english[0].lower() + earlier.english[1:],
            after=earlier_day,
        )
