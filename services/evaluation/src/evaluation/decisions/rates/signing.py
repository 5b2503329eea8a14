"""Formulas of what was signed for, and of whether that was in time."""

from collections.abc import Callable
from datetime import date

from contracts.limits import Limit
from evaluation.decisions import wording
from evaluation.decisions.rates.formula import Formula, Measured, Tally, Thing, tallied
from evaluation.decisions.rates.naming import RateName
from evaluation.decisions.rates.saying import ENDED, ENDED_EN
from evaluation.decisions.wording import Said
from evaluation.state import AssignmentFact

STEPS = ("dispatched", "signing_moved", "signed")


def signed_by_assignment(measured: Measured) -> Tally:
    return _signed(measured, was_signed)


def signed_on_time_by_assignment(measured: Measured) -> Tally:
    limit = measured.rulebook.limits.signing if measured.rulebook else None
    if limit is None:
        absent = Said("规则手册没有规定签收期限", "the rulebook sets no limit for signing")
        return Tally(0, 0, (), absent=absent)
    return _signed(measured, lambda fact: was_signed_on_time(fact, limit))


def signed_by_the_day_told(measured: Measured) -> Tally:
    limit = measured.rulebook.limits.signing if measured.rulebook else None
    if limit is None and not any(
        each.sign_by for case in measured.cases for each in case.assignments
    ):
        absent = Said(
            "规则手册没有规定签收期限，交办时也没有载明",
            "the rulebook sets no limit for signing, and no dispatch named one",
        )
        return Tally(0, 0, (), absent=absent)
    return tallied(
        Thing(
            was_signed_by_its_day(each, limit),
            case.note((each,), said_with_its_day(limit), *STEPS),
        )
        for case in measured.cases
        for each in case.assignments
    )


def was_signed(fact: AssignmentFact) -> bool | None:
    """Whether the unit signed; None where a ledger does not tell."""
    if fact.signed_on is not None:
        return True
    return False if fact.recorded_live else None


def was_signed_on_time(fact: AssignmentFact, limit: Limit | None) -> bool | None:
    """Whether the unit signed within the limit by weekdays; None where that, or the limit, is not known.

    This is how the first version counts; it stays for the rulebooks that have named it.
    """
    if limit is None:
        return None
    if fact.signed_on is None:
        return was_signed(fact)
    return fact.signed_on <= limit.ends_on(fact.dispatched_on)


def last_day_to_sign(fact: AssignmentFact, limit: Limit | None) -> date | None:
    """The day that the unit was told, by the calendar of the dispatch; None where it was told of none.

    A ledger tells of no such day: there it is that of the rulebook's limit, by weekdays.
    """
    if fact.sign_by is not None or fact.recorded_live or limit is None:
        return fact.sign_by
    return limit.ends_on(fact.dispatched_on)


def was_signed_by_its_day(fact: AssignmentFact, limit: Limit | None) -> bool | None:
    """Whether the unit signed by the day it was told; None where that, or the day, is not known."""
    last_day = last_day_to_sign(fact, limit)
    if last_day is None:
        return None
    if fact.signed_on is None:
        return was_signed(fact)
    return fact.signed_on <= last_day


def said_with_its_day(limit: Limit | None) -> Callable[[AssignmentFact], Said]:
    """Say when it was signed for, and by which day it had to be."""

    def say(fact: AssignmentFact) -> Said:
        said, last_day = wording.signed(fact), last_day_to_sign(fact, limit)
        if last_day is None:
            return Said(
                f"{said.chinese}，没有规定签收期限", f"{said.english}, no limit for signing was set"
            )
        return Said(
            f"{said.chinese}，签收期限 {last_day}",
            f"{said.english}, to be signed for by {last_day}",
        )

    return say


def _signed(measured: Measured, is_met: Callable[[AssignmentFact], bool | None]) -> Tally:
    return tallied(
        Thing(is_met(each), case.note((each,), wording.signed, "dispatched", "signed"))
        for case in measured.cases
        for each in case.assignments
    )


FORMULAS = (
    Formula(
        id="signing.by_assignment.v1",
        rate=RateName.SIGNING,
        text="签收率＝已签收的交办件÷全部交办件。",
        text_en="Assignments signed for ÷ all assignments.",
        counted="全部交办件，按单位分别计；台账没有记录签收的不计，另行列出。" + ENDED,
        counted_en="All assignments, each unit by itself; those whose ledger does not tell of"
        f" signing are not counted and listed apart. {ENDED_EN}",
        tally=signed_by_assignment,
    ),
    Formula(
        id="signing.on_time.by_assignment.v1",
        rate=RateName.SIGNING,
        text="签收率＝在规则手册的签收期限内签收的交办件÷全部交办件。",
        text_en="Assignments signed for within the rulebook's limit ÷ all assignments.",
        counted="全部交办件，按单位分别计；台账没有记录签收的不计，另行列出。" + ENDED,
        counted_en="All assignments, each unit by itself; those whose ledger does not tell of"
        f" signing are not counted and listed apart. {ENDED_EN}",
        tally=signed_on_time_by_assignment,
    ),
    Formula(
        id="signing.on_time.by_assignment.v2",
        rate=RateName.SIGNING,
        text="签收率＝在交办时载明的签收期限内签收的交办件÷全部交办件。",
        text_en="Assignments signed for by the day that their unit was told ÷ all assignments.",
        counted="全部交办件，按单位分别计。签收期限以交办时按国务院放假安排算出、载明的日期为准；只有台账所载、没有"
        "载明的，按规则手册的期限推算，工作日按周一至周五计。交办时没有规定签收期限的、台账没有记录签收的不计，另行列出。"
        + ENDED,
        counted_en="All assignments, each unit by itself. The last day is the one that the dispatch"
        " named, by the calendar of public holidays; of what only a ledger tells it follows from the"
        " rulebook's limit, with Monday to Friday as working days. Those whose dispatch named no day"
        " and those whose ledger does not tell of signing are not counted and listed apart."
        f" {ENDED_EN}",
        tally=signed_by_the_day_told,
    ),
)
