"""What people write in a summary, and what stands there until they do."""

from datetime import date

from annual_summary.facts import Letterhead
from annual_summary.model import Prose, Style
from annual_summary.numerals import day

PRACTICE = Prose(
    key="practice",
    label="主要做法",
    label_en="How the work was organised",
    style=Style.BODY,
    suggestion=("〔请填写：组织领导、沟通协商、跟踪督办等方面的做法。〕",),
    to_fill=True,
)
PROBLEMS = Prose(
    key="problems",
    label="存在问题",
    label_en="Problems",
    style=Style.BODY,
    suggestion=("〔请填写：对上述情况的分析，以及记录以外的问题。〕",),
    to_fill=True,
)
MEASURES = Prose(
    key="measures",
    label="改进措施",
    label_en="Measures",
    style=Style.BODY,
    suggestion=("〔请填写：与所列问题一一对应的改进措施、责任单位和完成时限。〕",),
    to_fill=True,
)
SUGGESTIONS = Prose(
    key="suggestions",
    label="意见建议",
    label_en="Suggestions",
    style=Style.BODY,
    suggestion=("〔请填写：对提案工作的意见建议；没有的，写“无”。〕",),
    to_fill=True,
)
CLOSING = Prose(
    key="closing",
    label="结束语",
    label_en="Closing words",
    style=Style.BODY,
    suggestion=("特此报告。",),
)


def head(letterhead: Letterhead, year: int) -> list[Prose]:
    """From the mark of the issuing authority (发文机关标志) to the opening words."""
    return [
        _given("mark", "发文机关标志", "Issuing authority", Style.MARK, letterhead.issuer),
        _to_fill("number", "发文字号", "Document number", Style.NUMBER, f"　　〔{year}〕　　号"),
        _given("title_issuer", "标题（机关）", "Title: who", Style.TITLE, letterhead.issuer),
        _given(
            "title", "标题（事由）", "Title: what", Style.TITLE, f"{year}年政协提案办理工作总结"
        ),
        _given("addressee", "主送机关", "Addressee", Style.ADDRESSEE, f"{letterhead.addressee}："),
        _given(
            "opening",
            "开头",
            "Opening words",
            Style.BODY,
            f"现将{year}年政协提案办理工作情况报告如下。",
        ),
    ]


def foot(letterhead: Letterhead, year: int) -> list[Prose]:
    """From the signature (署名) to the imprint (版记)."""
    signed_on = letterhead.signed_on
    dated = _date(signed_on, year)
    return [
        _given("signature", "发文机关署名", "Signature", Style.SIGNATURE, letterhead.issuer),
        _dated("date", "成文日期", "Date", Style.DATE, dated, is_known=signed_on is not None),
        _to_fill("note", "附注", "Note", Style.NOTE, "（联系人：　　　，电话：　　　　　　）"),
        _given("copies", "抄送", "Copies", Style.COPIES, f"抄送：{letterhead.copies_to}。"),
        _dated(
            "printed",
            "印发机关和印发日期",
            "Printed by and on",
            Style.PRINTED,
            f"{letterhead.issuer}办公室\t{dated}印发",
            is_known=signed_on is not None,
        ),
    ]


def _date(signed_on: date | None, year: int) -> str:
    return day(signed_on) if signed_on else f"{year}年　月　日"


def _given(key: str, label: str, label_en: str, style: Style, text: str) -> Prose:
    return Prose(key=key, label=label, label_en=label_en, style=style, suggestion=(text,))


def _to_fill(key: str, label: str, label_en: str, style: Style, text: str) -> Prose:
    return _given(key, label, label_en, style, text).model_copy(update={"to_fill": True})


def _dated(
    key: str, label: str, label_en: str, style: Style, text: str, *, is_known: bool
) -> Prose:
    given = _given(key, label, label_en, style, text)
    return given.model_copy(update={"to_fill": not is_known})
