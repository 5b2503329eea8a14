"""Columns that allow only certain words, and which words clerks use for them."""

import re
from collections.abc import Mapping
from typing import Final, TypeVar

from contracts.vocabulary import Openness, ProposalCategory, ProposalForm, Satisfaction
from ledger.cells import Cell, plain
from ledger.problems import Finding, Misread, Severity

CHOICE_UNKNOWN: Final = Finding(
    "choice_unknown",
    Severity.ERROR,
    "“{written}”无法识别，应为：{accepted}",
    "“{written}” is not known here; write one of: {accepted}",
)

CATEGORY_ELSEWHERE: Final = Finding(
    "category_elsewhere",
    Severity.ERROR,
    "“{written}”是提案的内容类别，这一列读作{read_as}。请把列名改为“内容类别”",
    "“{written}” tells what the proposal is about, but this column is read as {read_as_en}. "
    "Give the column the heading 内容类别",
)

FORMS: Final[Mapping[str, ProposalForm]] = {
    **dict.fromkeys(("个人", "委员", "委员个人", "单独"), ProposalForm.INDIVIDUAL),
    **dict.fromkeys(("联名", "委员联名", "多人联名", "联合"), ProposalForm.JOINT),
    **dict.fromkeys(
        (
            *("集体", "党派", "民主党派", "团体", "人民团体", "党派团体", "工商联", "界别"),
            *("界别小组", "委员小组", "专委会", "专门委员会", "政协专门委员会"),
        ),
        ProposalForm.COLLECTIVE,
    ),
}
CATEGORIES: Final[Mapping[str, ProposalCategory]] = {
    **{term.chinese: term for term in ProposalCategory},
    **{term.chinese.removesuffix("建设"): term for term in ProposalCategory},
    "生态": ProposalCategory.ECOLOGICAL,
    "生态环境": ProposalCategory.ECOLOGICAL,
    "其它": ProposalCategory.OTHER,
}
OPENNESS: Final[Mapping[str, Openness]] = {
    **dict.fromkeys(("主动公开", "公开", "是"), Openness.PUBLIC),
    **dict.fromkeys(("依申请公开", "依申请"), Openness.ON_REQUEST),
    **dict.fromkeys(("不予公开", "不公开", "否"), Openness.WITHHELD),
}
SATISFACTION: Final[Mapping[str, Satisfaction]] = {
    **{term.chinese: term for term in Satisfaction},
    "同意": Satisfaction.SATISFIED,
    "理解": Satisfaction.UNDERSTANDING,
    "不同意": Satisfaction.DISSATISFIED,
}
FLAGS: Final[Mapping[str, bool]] = {
    **dict.fromkeys(("是", "√", "✓", "✔", "Y", "YES", "1", "TRUE", "重点", "重点提案"), True),
    **dict.fromkeys(("否", "×", "N", "NO", "0", "FALSE", "非重点", "一般", "一般提案"), False),
    **dict.fromkeys(("虚构", "虚构样例"), True),
}
CLASSES: Final = "A、B、C、D 等字母（可带“类”字），或规则手册中的类别名称"

_LETTER = re.compile(r"([A-Z])类?(?:\(.*\))?")
_WORD = re.compile(r"[\u4e00-\u9fff]{2,20}")
Choice = TypeVar("Choice")


def form(cell: Cell) -> ProposalForm | None:
    written = plain(cell)
    bare = written.removesuffix("类").removesuffix("提案")
    _is_no_category(written, "提案形式", "the form")
    return _chosen(bare, FORMS, written, "、".join(FORMS))


def category(cell: Cell) -> ProposalCategory | None:
    """What the proposal is about; an empty cell says nothing of it."""
    written = plain(cell)
    accepted = "、".join(term.chinese for term in ProposalCategory)
    return _chosen(_bare_category(written), CATEGORIES, written, accepted)


def openness(cell: Cell) -> Openness | None:
    written = plain(cell)
    return _chosen(written, OPENNESS, written, "主动公开、依申请公开、不予公开")


def satisfaction(cell: Cell) -> Satisfaction | None:
    written = plain(cell)
    return _chosen(written, SATISFACTION, written, "、".join(SATISFACTION))


def flag(cell: Cell) -> bool | None:
    written = plain(cell)
    return _chosen(written.upper(), FLAGS, written, "是、否（空白为否）")


def result_class(cell: Cell) -> str | None:
    """The letter of a result class (办理结果类别), or its word; which a place has, its rulebook says."""
    written = plain(cell)
    if not written:
        return None
    if found := _LETTER.fullmatch(written.upper()):
        return found.group(1)
    _is_no_category(written, "办理结果类别", "the result class")
    if not _WORD.fullmatch(written):
        raise Misread(CHOICE_UNKNOWN, written=written, accepted=CLASSES)
    return written


def _bare_category(written: str) -> str:
    return written.removesuffix("提案").removesuffix("类").removesuffix("方面")


def _is_no_category(written: str, read_as: str, read_as_en: str) -> None:
    """Raises Misread for what can only be a category, under a heading that may mean either."""
    known = CATEGORIES.get(_bare_category(written), ProposalCategory.OTHER)
    if known is not ProposalCategory.OTHER:
        facts = {"written": written, "read_as": read_as, "read_as_en": read_as_en}
        raise Misread(CATEGORY_ELSEWHERE, **facts)


def _chosen(bare: str, choices: Mapping[str, Choice], written: str, accepted: str) -> Choice | None:
    if not written:
        return None
    if bare not in choices:
        raise Misread(CHOICE_UNKNOWN, written=written, accepted=accepted)
    return choices[bare]
