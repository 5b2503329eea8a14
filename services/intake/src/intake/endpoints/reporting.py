"""What is said about a ledger: what it holds, what is wrong with it, what was written of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from types import MappingProxyType

from contracts.deadlines import deadlines_of
from contracts.limits import LimitPassed
from contracts.refusal import Refused
from contracts.rulebook import Rulebook
from intake.decisions.differences import HEADINGS
from ledger import FilledHeading, PlacedRow, Problem, Severity
from ledger.problems import Finding, Place, problem

CODES = MappingProxyType({"CaseNumberTaken": "number_taken", "LimitPassed": "limit_passed"})


CLASS_COLUMN = "办理结果类别"
UNKNOWN_CLASS = Finding(
    "unknown_class",
    Severity.ERROR,
    "办理结果类别“{letter}”不在规则手册中，应为{letters}之一。",
    "Class “{letter}” is not in the rulebook; use one of {letters}.",
)


LEVEL_COLUMN = "满意度"
UNKNOWN_LEVEL = Finding(
    "unknown_level",
    Severity.ERROR,
    "本区本年度的规则手册没有“{level}”这一档，应为{levels}之一。",
    "The rulebook of the year has no level “{level}”; use one of {levels}.",
)


IN_THE_FUTURE = Finding(
    "date_in_future",
    Severity.ERROR,
    "“{day}”还没有到（今天是{today}）；台账只登记已经发生的事，请更正日期或先留空。",
    "“{day}” has not come yet (today is {today}); a ledger tells what has happened.",
)


def refused_row(sheet: str, sheet_row: int, refusal: Refused) -> Problem:
    """A row that the rules of intake, or the log itself, do not take."""
    code = CODES.get(type(refusal).__name__, "differs_from_log")
    finding = Finding(code, Severity.ERROR, "{chinese}", "{english}")
    facts = {"chinese": refusal.chinese, "english": refusal.in_english}
    return problem(finding, Place(sheet, sheet_row), facts)


def in_the_future(placed: PlacedRow, today: date) -> Problem | None:
    """A day of the row, other than its deadline, that has not come yet."""
    told = placed.row.model_dump(exclude={"due_on"})
    days = [day for day in told.values() if isinstance(day, date) and day > today]
    if not days:
        return None
    facts = {"day": min(days), "today": today}
    return problem(IN_THE_FUTURE, Place(placed.sheet, placed.sheet_row), facts)


def against_rulebook(placed: PlacedRow, rulebook: Rulebook) -> Problem | None:
    """What the year's rulebook has against a row that is well formed by itself."""
    row = placed.row
    if row.result_class is not None and rulebook.result_class(row.result_class) is None:
        letters = "、".join(each.code for each in rulebook.result_classes)
        facts = {"letter": row.result_class, "letters": letters}
        return problem(UNKNOWN_CLASS, Place(placed.sheet, placed.sheet_row, CLASS_COLUMN), facts)
    if row.satisfaction is not None and rulebook.level(row.satisfaction) is None:
        levels = "、".join(each.label for each in rulebook.satisfaction_levels)
        facts = {"level": row.satisfaction.chinese, "levels": levels}
        return problem(UNKNOWN_LEVEL, Place(placed.sheet, placed.sheet_row, LEVEL_COLUMN), facts)
    try:
        deadlines_of(row, rulebook, None)
    except LimitPassed as refusal:
        return refused_row(placed.sheet, placed.sheet_row, refusal)
    return None


def filled_headings(rows: Iterable[Sequence[str]]) -> tuple[FilledHeading, ...]:
    """In how many rows each heading was filled in, in the order of the headings."""
    counts = Counter(field for fields in rows for field in fields)
    return tuple(
        FilledHeading(heading=heading, heading_en=name, rows=counts[field])
        for field, (heading, name) in HEADINGS.items()
        if counts[field]
    )


def summary(
    counts: Counter[str], *, written: bool, has_errors: bool, checked_only: bool
) -> tuple[str, str]:
    new, unchanged, continued = counts["new"], counts["unchanged"], counts["continued"]
    more, more_en = (f"，补充{continued}行", f", {continued} continued") if continued else ("", "")
    if checked_only:
        return (
            f"只检查，未写入：新增{new}行{more}，已在库中{unchanged}行。",
            f"Checked only, nothing written: {new} new rows{more_en}, {unchanged} already there.",
        )
    if written:
        rest, rest_en = _left_out(counts["overtaken"])
        return (
            f"已写入{new}行{more}，另有{unchanged}行早已在库中。{rest}",
            f"{new} rows written{more_en}, {unchanged} were there already.{rest_en}",
        )
    if has_errors and not (new or continued or counts["clue new"]):
        return (
            "台账有错，一行也没有写入。请更正后重新导入。",
            "The ledger has errors and nothing was written. Correct it, then import it again.",
        )
    if has_errors:
        return (
            "台账有错，一行也没有写入。请更正后重新导入，或选择跳过有问题的行。",
            "The ledger has errors and nothing was written. Correct it, or skip the bad rows.",
        )
    return (
        f"{unchanged}行都已在库中，没有任何改动。",
        f"All {unchanged} rows are there already; nothing was changed.",
    )


def _left_out(overtaken: int) -> tuple[str, str]:
    """What is to be done about rows that were good when they were checked, and refused when written."""
    if not overtaken:
        return "", ""
    chinese = (
        f"检查之后有人先登记了与台账相抵触的内容，{overtaken}行因此没有写入，原因见问题清单。"
        "请按所列原因更正这些行，再导入一次：没有写入的会补上，已写入的不会重复。"
    )
    english = (
        f" After the check somebody recorded what {overtaken} of the rows contradict, so these were"
        " not written; the list says why. Correct them and import again: what is missing will be"
        " written, and nothing twice."
    )
    return chinese, english
