"""The headings that a ledger's columns may have, in every wording that is accepted."""

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum
from types import MappingProxyType


def _dated(*stems: str) -> tuple[str, ...]:
    return tuple(stem + ending for stem in stems for ending in ("", "日期", "时间", "情况"))


def _meetings(stage: str) -> tuple[str, ...]:
    acts = ("", "见面", "沟通", "走访", "联系", "面商", "了解", "协商", "回访", "调研")
    return _dated(*(stage + act for act in acts))


class Column(Enum):
    """A column by its accepted headings; the first is the one we write ourselves."""

    NUMBER = ("案号", "提案号", "提案编号", "提案案号", "编号")
    TITLE = ("案由", "提案题目", "提案标题", "提案名称", "题目", "标题")
    PROPOSERS = ("提案人", "提案者", "提出者", "第一提案人", "领衔委员")
    FORM = ("提案形式", "形式", "提案类型", "类型", "提案类别")
    CATEGORY = ("内容类别", "提案内容类别", "内容分类", "提案分类")
    KEY = ("重点", "重点提案", "是否重点", "是否重点提案")
    LEAD = ("主办", "主办单位", "承办", "承办单位", "牵头", "牵头单位")
    SOLE = ("独办", "独办单位")
    SPLIT = ("分办", "分办单位")
    CO = ("会办", "会办单位", "协办", "协办单位")
    DISPATCHED = ("交办日期", "交办时间", "分办日期", "分办时间", "交办")
    DUE = ("答复期限", "办理期限", "办结期限", "办理时限", "答复时限", "期限")
    SIGNED = ("签收", "签收日期", "签收时间")
    BEFORE = _meetings("办前")
    DURING = _meetings("办中")
    AFTER = _meetings("办后")
    CO_OPINIONS = _dated("会办意见", "协办意见", "会办意见反馈", "协办意见反馈")
    REPLIED = ("答复日期", "答复时间", "办结日期", "办结时间", "复文日期", "复文时间")
    DOCUMENT_NUMBER = ("文号", "复文字号", "复文文号", "答复文号")
    RESULT_CLASS = ("办理结果类别", "办理结果", "答复类别", "结果类别", "类别")
    OPENNESS = ("公开属性", "公开", "是否公开")
    SATISFACTION = ("满意度", "满意度评价", "评价", "评价结果", "反馈意见")
    RATED = ("评价日期", "评价时间", "反馈日期", "反馈时间")
    REMARK = ("备注", "说明")
    FABRICATED = ("虚构", "是否虚构")
    CLUE_NUMBER = ("线索编号", "线索号", "编号", "序号")
    CLUE_TITLE = ("提案线索", "线索", "线索题目", "线索标题", "线索名称", "线索内容")
    CLUE_UNIT = ("提供单位", "报送单位", "单位")
    ADOPTED = ("采用日期", "采用时间", "采纳日期", "采纳时间")

    def __init__(self, *headings: str) -> None:
        self.headings = headings

    @property
    def heading(self) -> str:
        return self.headings[0]

    @property
    def accepted(self) -> str:
        return "、".join(self.headings)


CLUE_COLUMNS = (
    *(Column.CLUE_NUMBER, Column.CLUE_TITLE, Column.CLUE_UNIT, Column.ADOPTED),
    *(Column.REMARK, Column.FABRICATED),
)
LEDGER_COLUMNS = tuple(
    column for column in Column if column not in CLUE_COLUMNS or column in CLUE_COLUMNS[4:]
)
# What these headings mean depends on the table: beside a column of the form, or of the result, by a
# better name, they tell what a proposal is about.
OTHERWISE = MappingProxyType({"提案类别": Column.CATEGORY, "类别": Column.CATEGORY})
NOT_READ = frozenset({"序号", "联系人", "联系电话", "电话", "联系方式", "三见面"})

_SPACES = re.compile(r"\s+")
_IN_PARENTHESES = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]")


def normal(written: str) -> str:
    """A heading without spaces, line breaks, parentheses, stars and full-width forms."""
    bare = _SPACES.sub("", unicodedata.normalize("NFKC", written))
    return (_IN_PARENTHESES.sub("", bare) or bare).strip("*:.、")


def vocabulary(columns: Iterable[Column]) -> dict[str, tuple[Column, int]]:
    """For each accepted heading its column, and how near it is to the proper one (0 is it)."""
    return {
        heading: (column, rank)
        for column in columns
        for rank, heading in enumerate(column.headings)
    }
