"""How a row of a ledger differs from the row that is logged, in the words of its headings."""

from collections.abc import Collection, Iterator
from types import MappingProxyType

from contracts.ledger import LedgerRow
from contracts.vocabulary import Term

HEADINGS = MappingProxyType(
    {
        "number": ("案号", "case number"),
        "title": ("案由", "title"),
        "form": ("提案形式", "form"),
        "category": ("内容类别", "category"),
        "proposers": ("提案人", "proposers"),
        "key": ("重点", "key proposal"),
        "fabricated": ("虚构", "made-up data"),
        "role": ("办理类型", "role"),
        "lead_unit": ("主办", "lead unit"),
        "split_units": ("分办", "split units"),
        "co_units": ("会办", "co-units"),
        "own_units": ("本区承办单位", "own units"),
        "dispatched_on": ("交办日期", "dispatched on"),
        "due_on": ("答复期限", "due on"),
        "signed_on": ("签收", "signed on"),
        "contacted_before_on": ("办前", "contacted before handling on"),
        "contacted_during_on": ("办中", "contacted during handling on"),
        "contacted_after_on": ("办后", "contacted after handling on"),
        "co_opinions_on": ("会办意见", "co-opinions complete on"),
        "replied_on": ("答复日期", "replied on"),
        "document_number": ("文号", "document number"),
        "result_class": ("办理结果类别", "result class"),
        "openness": ("公开属性", "openness"),
        "satisfaction": ("满意度", "rating"),
        "rated_on": ("评价日期", "rated on"),
        "remark": ("备注", "remark"),
    }
)


def differing(logged: LedgerRow, told: LedgerRow) -> tuple[str, ...]:
    """The fields that are not the same, in the order of the headings."""
    return tuple(field for field in HEADINGS if getattr(logged, field) != getattr(told, field))


def in_chinese(
    logged: LedgerRow, told: LedgerRow, years: tuple[int, int], fields: Collection[str]
) -> str:
    """For example: 答复日期已登记为“2024-07-03”，这次为“2024-07-05”。"""
    return "；".join(
        f"{heading}已登记为“{_chinese(before)}”，这次为“{_chinese(after)}”"
        for heading, _, before, after in _both(logged, told, years, fields)
    )


def in_english(
    logged: LedgerRow, told: LedgerRow, years: tuple[int, int], fields: Collection[str]
) -> str:
    """For example: replied on (答复日期) is logged as “2024-07-03”, here it is “2024-07-05”."""
    return "; ".join(
        f"{name} ({heading}) is logged as “{_english(before)}”, here it is “{_english(after)}”"
        for heading, name, before, after in _both(logged, told, years, fields)
    )


def _both(
    logged: LedgerRow, told: LedgerRow, years: tuple[int, int], fields: Collection[str]
) -> Iterator[tuple[str, str, object, object]]:
    if years[0] != years[1]:
        yield "年度", "year", *years
    for field, (heading, name) in HEADINGS.items():
        if field in fields:
            yield heading, name, getattr(logged, field), getattr(told, field)


def _chinese(value: object) -> str:
    match value:
        case Term():
            return value.chinese
        case bool():
            return "是" if value else "否"
        case tuple():
            return "、".join(value) or "（空）"
        case None | "":
            return "（空）"
        case _:
            return str(value)


def _english(value: object) -> str:
    match value:
        case Term():
            return f"{value.value.replace('_', ' ')} ({value.chinese})"
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(value) or "(empty)"
        case None | "":
            return "(empty)"
        case _:
            return str(value)
