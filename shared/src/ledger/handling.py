"""Whether what a row says was done can have happened, and whether something is missing."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from contracts.ledger import LedgerRow
from contracts.vocabulary import Role
from ledger.headings import Column
from ledger.problems import Finding, Severity
from ledger.records import Record

ORDER_IMPOSSIBLE: Final = Finding(
    "order_impossible",
    Severity.ERROR,
    "“{later}”{later_date}早于“{earlier}”{earlier_date}（{earlier_cell}），请核对这两个日期",
    "“{later}” {later_date} is before “{earlier}” {earlier_date} ({earlier_cell}); "
    "check the two dates",
)
ORDER_UNUSUAL: Final = Finding(
    "order_unusual",
    Severity.WARNING,
    "“{later}”{later_date}早于“{earlier}”{earlier_date}（{earlier_cell}），请核对",
    "“{later}” {later_date} is before “{earlier}” {earlier_date} ({earlier_cell}); please check",
)
DATE_OTHER_YEAR: Final = Finding(
    "date_other_year",
    Severity.WARNING,
    "日期在{found}年，不在{year}年至{next_year}年之内，请核对年份",
    "the date is in {found}, not within {year} and {next_year}; please check the year",
)
CO_ROW_RATED: Final = Finding(
    "co_row_rated",
    Severity.ERROR,
    "会办件只向主办单位反馈意见，不由提案人评价，请清空此格",
    "a co-handled case (会办) answers the lead unit only and is not rated; clear this cell",
)
RATED_WITHOUT_REPLY: Final = Finding(
    "rated_without_reply",
    Severity.ERROR,
    "有评价而没有答复日期，请填写答复日期，或清空评价",
    "there is a rating but no reply date; fill in the reply date or clear the rating",
)
RATING_EMPTY: Final = Finding(
    "rating_empty",
    Severity.ERROR,
    "有评价日期而没有满意度，请填写满意、基本满意或不满意，或清空评价日期",
    "there is a rating date but no rating; write 满意, 基本满意 or 不满意, or clear the date",
)
RATING_DATE_MISSING: Final = Finding(
    "rating_date_missing",
    Severity.WARNING,
    "有满意度而没有评价日期，将按答复日期登记，以后不能再改，建议现在补上",
    "there is a rating without its date; it will count as of the reply and keep that day: "
    "it should be filled in now",
)
CONTACTS_MISSING: Final = Finding(
    "contacts_missing",
    Severity.WARNING,
    "已经答复，但没有{missing}与提案人见面的日期，建议补上",
    "the case is answered, but meetings with the proposer are missing: {missing_en}",
)
REPLY_INCOMPLETE: Final = Finding(
    "reply_incomplete",
    Severity.WARNING,
    "已经答复，但没有填写“{heading}”，建议补上",
    "the case is answered, but “{heading}” is empty; it should be filled in",
)
CO_OPINIONS_MISSING: Final = Finding(
    "co_opinions_missing",
    Severity.WARNING,
    "已经答复，但没有填写会办意见日期，建议补上",
    "the case is answered, but the date of the co-units' opinions is empty; it should be filled in",
)
TWO_OPINION_DATES: Final = Finding(
    "two_opinion_dates",
    Severity.ERROR,
    "会办件的“{reply}”和“{opinion}”不一致，会办件只有一个反馈日期，请只填一项",
    "“{reply}” and “{opinion}” differ; a co-handled case hands over one opinion, fill in one date",
)

_CANNOT_BE_BEFORE: Final = (
    *((Column.DISPATCHED, Column.DUE), (Column.DISPATCHED, Column.SIGNED)),
    *((Column.DISPATCHED, Column.BEFORE), (Column.DISPATCHED, Column.DURING)),
    *((Column.DISPATCHED, Column.AFTER), (Column.DISPATCHED, Column.CO_OPINIONS)),
    *((Column.DISPATCHED, Column.REPLIED), (Column.SIGNED, Column.REPLIED)),
    (Column.REPLIED, Column.RATED),
)
_SHOULD_NOT_BE_BEFORE: Final = (
    *((Column.BEFORE, Column.DURING), (Column.BEFORE, Column.REPLIED)),
    *((Column.DURING, Column.REPLIED), (Column.CO_OPINIONS, Column.REPLIED)),
    (Column.REPLIED, Column.AFTER),
)

Dates = Mapping[Column, date]


def check_dates(record: Record, dates: Dates, year: int) -> None:
    for column, written in dates.items():
        record.years.add(written.year)
        if written.year not in (year, year + 1):
            facts = {"found": written.year, "year": year, "next_year": year + 1}
            record.report(DATE_OTHER_YEAR, column, **facts)
    for finding, pairs in (
        (ORDER_IMPOSSIBLE, _CANNOT_BE_BEFORE),
        (ORDER_UNUSUAL, _SHOULD_NOT_BE_BEFORE),
    ):
        for earlier, later in pairs:
            if earlier in dates and later in dates and dates[later] < dates[earlier]:
                _report_order(record, finding, dates, (earlier, later))


def check_opinion(record: Record, dates: Dates) -> None:
    """A co-handled case has one date of its own opinion, in either of two columns."""
    replied, opinion = dates.get(Column.REPLIED), dates.get(Column.CO_OPINIONS)
    if replied and opinion and replied != opinion:
        headings = {
            "reply": record.place(Column.REPLIED).column,
            "opinion": record.place(Column.CO_OPINIONS).column,
        }
        record.report(TWO_OPINION_DATES, Column.REPLIED, **headings)


def check_rating(record: Record, row: LedgerRow) -> None:
    if row.role is Role.CO:
        for column, rating in (
            (Column.SATISFACTION, row.satisfaction),
            (Column.RATED, row.rated_on),
        ):
            if rating:
                record.report(CO_ROW_RATED, column)
    elif row.satisfaction and not row.replied_on:
        record.report(RATED_WITHOUT_REPLY, Column.REPLIED)
    elif row.rated_on and not row.satisfaction:
        record.report(RATING_EMPTY, Column.SATISFACTION)
    elif row.satisfaction and not row.rated_on:
        record.report(RATING_DATE_MISSING, Column.RATED)


def check_reply(record: Record, row: LedgerRow) -> None:
    """What an answer to the proposer should have beside it."""
    if not row.role.answers_the_proposer or not row.replied_on:
        return
    met = {"办前": row.contacted_before_on, "办中": row.contacted_during_on}
    missing = [stage for stage, on in met.items() if not on]
    if missing:
        english = {"办前": "before", "办中": "during"}
        facts = {
            "missing": "、".join(missing),
            "missing_en": ", ".join(english[stage] for stage in missing),
        }
        record.report(
            CONTACTS_MISSING, Column.BEFORE if "办前" in missing else Column.DURING, **facts
        )
    for column, filled in (
        (Column.DOCUMENT_NUMBER, row.document_number),
        (Column.RESULT_CLASS, row.result_class),
        (Column.OPENNESS, row.openness),
    ):
        if not filled:
            record.report(REPLY_INCOMPLETE, column, heading=record.place(column).column)
    if row.co_units and row.lead_unit and not row.co_opinions_on:
        record.report(CO_OPINIONS_MISSING, Column.CO_OPINIONS)


def _report_order(
    record: Record, finding: Finding, dates: Dates, pair: tuple[Column, Column]
) -> None:
    earlier, later = pair
    facts = {
        "earlier": record.place(earlier).column,
        "earlier_cell": record.place(earlier).cell,
        "earlier_date": dates[earlier],
        "later": record.place(later).column,
        "later_date": dates[later],
    }
    record.report(finding, later, **facts)
