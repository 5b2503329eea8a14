"""A ledger that grows: what a later row may add to the row that is logged, and what it may not."""

from collections.abc import Iterable

from contracts.importing import LedgerRowRecorded
from contracts.ledger import LedgerRow
from intake.commands import RecordLedgerRow
from intake.decisions.differences import differing, in_chinese, in_english
from intake.decisions.refusals import (
    CategorisedOtherwise,
    KeyMarkWasTakenBack,
    LedgerRowDiffers,
    LimitOfALaterLedger,
    RatingHasItsDay,
)
from intake.state import Proposal

FILLED_LATER = frozenset(
    {
        "category",
        "signed_on",
        "contacted_before_on",
        "contacted_during_on",
        "contacted_after_on",
        "co_opinions_on",
        "replied_on",
        "document_number",
        "result_class",
        "openness",
        "satisfaction",
        "rated_on",
        "remark",
    }
)


def what_was_blank(
    command: RecordLedgerRow, logged: LedgerRowRecorded, proposal: Proposal
) -> tuple[str, ...]:
    """The fields that the new row fills in, of those that the logged row left blank.

    A blank says “not yet”, so it may be filled as long as nothing has been derived from its being
    blank: dates of signing, contacts, opinions and the answer, what the answer says of itself, its
    rating, a remark; what the proposal is about; and 重点, which is blank while it is no. Not so the limit (`due_on`): a blank
    one was computed from the rulebook and binds the unit since, and only an extension moves it. Nor
    the day of a rating that came without one: it counts as of the day of the answer, and the case
    was closed, or handled again, from that day on. Who handles a case, in which role and since
    when, is never blank: a unit that joins later is added in the system.

    Raises LedgerRowDiffers, LimitOfALaterLedger, RatingHasItsDay, KeyMarkWasTakenBack or
    CategorisedOtherwise.
    """
    row, number = command.row, command.row.number
    changed = differing(logged.row, row)
    wrong = [field for field in changed if not _is_filled(field, logged.row, row)]
    if wrong == ["due_on"] and logged.row.due_on is None and logged.year == command.year:
        raise LimitOfALaterLedger(number=number, due_on=row.due_on)
    if wrong or logged.year != command.year:
        raise _differs(command, logged, wrong)
    if "rated_on" in changed and _is_rated(logged.row) and row.rated_on != logged.row.replied_on:
        raise RatingHasItsDay(number=number, day=logged.row.replied_on, rated_on=row.rated_on)
    if "key" in changed and proposal.unmarked_because is not None and not proposal.key:
        raise KeyMarkWasTakenBack(number=number, reason=proposal.unmarked_because)
    if "category" in changed and proposal.category not in {None, row.category}:
        raise _categorised_otherwise(number, proposal, row)
    return changed


def _is_filled(field: str, logged: LedgerRow, told: LedgerRow) -> bool:
    if field == "key":
        return told.key
    return field in FILLED_LATER and not getattr(logged, field) and bool(getattr(told, field))


def _categorised_otherwise(number: str, proposal: Proposal, row: LedgerRow) -> CategorisedOtherwise:
    said = [each for each in (proposal.category, row.category) if each is not None]
    logged, told = said
    return CategorisedOtherwise(
        number=number,
        logged=logged.chinese,
        logged_en=logged.value,
        told=told.chinese,
        told_en=told.value,
    )


def _is_rated(logged: LedgerRow) -> bool:
    """Its answer and its rating are logged, so the rating has had its effect."""
    return logged.satisfaction is not None and logged.replied_on is not None


def _differs(
    command: RecordLedgerRow, logged: LedgerRowRecorded, wrong: Iterable[str]
) -> LedgerRowDiffers:
    years, fields = (logged.year, command.year), frozenset(wrong)
    return LedgerRowDiffers(
        number=command.row.number,
        differences=in_chinese(logged.row, command.row, years, fields),
        differences_in_english=in_english(logged.row, command.row, years, fields),
    )
