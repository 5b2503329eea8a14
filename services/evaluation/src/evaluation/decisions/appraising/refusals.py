"""How the rules of an appraisal say no, and what would be right."""

from typing import ClassVar

from contracts.refusal import Refused


class NotNow(Refused):
    """{year} 年考评现在是“{stage}”，不能{move}；{move}要在“{needed}”时办理。现在可以办理的是：{right}。"""

    english: ClassVar[str] = (
        "The appraisal of {year} is {stage_en}; to {move_en}, it has to be {needed_en}."
        " What can be done now: {right_en}."
    )


class RulebookChanged(Refused):
    """考评按规则手册 {rulebook_id} 第 {version} 版开启，此后本年度改用了另一份规则。请先重新开启考评，再封存数据。"""

    english: ClassVar[str] = (
        "The appraisal was opened under version {version} of rulebook {rulebook_id}, and the year has"
        " adopted another since. Open the appraisal again, then freeze the facts."
    )


class UnknownItem(Refused):
    """评分表里没有“{item}”这一项；可用的有：{known}。"""

    english: ClassVar[str] = "The score sheet has no item {item}; the items are: {known}."


class ClaimedTwice(Refused):
    """同一项自评了两次：{items}。请每项只写一次。"""

    english: ClassVar[str] = "These items are claimed twice: {items_en}. Claim each of them once."


class ItemsMissing(Refused):
    """自评要逐项填写，还缺：{items}。不申请加分的填 0。"""

    english: ClassVar[str] = (
        "Every item has to be claimed; these are missing: {items_en}. Claim 0 where nothing is due."
    )


class GroundsMissing(Refused):
    """“{item}”自评 {claimed} 分，按日志计算为 {computed} 分；请写明理由或依据，或改填 {computed}。"""

    english: ClassVar[str] = (
        "{item_en}: {claimed} claimed, {computed} computed from the log;"
        " give the reason or the evidence, or claim {computed}."
    )


class DiffersFromComputed(Refused):
    """“{item}”自评 {claimed} 分，按日志计算为 {computed} 分，不能直接核定；请用“调整”写明认定的分值和理由。"""

    english: ClassVar[str] = (
        "{item_en}: {claimed} claimed, {computed} computed from the log, so it cannot just be"
        " verified; adjust it, with the points and the reason."
    )


class NothingToAdjust(Refused):
    """自评和计算都是 {points} 分，无需调整；请直接核定。"""

    english: ClassVar[str] = (
        "{points} points are claimed and computed, so there is nothing to adjust; verify the item."
    )


class ReasonMissing(Refused):
    """请写明理由。"""

    english: ClassVar[str] = "Give the reason."


class ItemsUnsettled(Refused):
    """还有没有核定的项目：{items}。请逐项核定或调整后再公布。"""

    english: ClassVar[str] = (
        "These items are not settled yet: {items_en}. Verify or adjust each of them, then publish."
    )


class AppealTooLate(Refused):
    """对 {year} 年得分的申诉，最后一天是 {last_day}（自公布之日起，按规则手册的申诉期限计算），今天 {today} 已经过期，公布的得分不变。申诉应在 {last_day} 当天或以前提出。"""

    english: ClassVar[str] = (
        "The last day to appeal against the score of {year} was {last_day} (by the rulebook's limit,"
        " from its publication); today is {today}, so the published score stands. Appeals have to be"
        " made on {last_day} or before."
    )
