"""Formulas of what was answered, completed and signed for."""

from collections.abc import Callable

from contracts.limits import Limit
from evaluation.decisions import wording
from evaluation.decisions.rates.formula import Formula, Measured, Tally, Thing, tallied
from evaluation.decisions.rates.naming import RateName
from evaluation.decisions.rates.saying import ENDED, ENDED_EN
from evaluation.decisions.wording import Said
from evaluation.state import AssignmentFact

FROM_TO = ("dispatched", "moved", "completed")


def answered_by_case(measured: Measured) -> Tally:
    return tallied(
        Thing(
            not case.unanswered,
            case.note(case.unanswered or case.answers, wording.unfinished, *FROM_TO),
        )
        for case in measured.cases
        if case.answers
    )


def answered_by_assignment(measured: Measured) -> Tally:
    return tallied(
        Thing(each.replied_on is not None, case.note((each,), wording.unfinished, *FROM_TO))
        for case in measured.cases
        for each in case.answers
    )


def completed_by_case(measured: Measured) -> Tally:
    return tallied(
        Thing(
            not case.unfinished,
            case.note(case.unfinished or case.assignments, wording.unfinished, *FROM_TO),
        )
        for case in measured.cases
    )


def signed_by_assignment(measured: Measured) -> Tally:
    return _signed(measured, was_signed)


def signed_on_time_by_assignment(measured: Measured) -> Tally:
    limit = measured.rulebook.limits.signing if measured.rulebook else None
    if limit is None:
        absent = Said("规则手册没有规定签收期限", "the rulebook sets no limit for signing")
        return Tally(0, 0, (), absent=absent)
    return _signed(measured, lambda fact: was_signed_on_time(fact, limit))


def was_signed(fact: AssignmentFact) -> bool | None:
    """Whether the unit signed; None where a ledger does not tell."""
    if fact.signed_on is not None:
        return True
    return False if fact.recorded_live else None


def was_signed_on_time(fact: AssignmentFact, limit: Limit | None) -> bool | None:
    """Whether the unit signed within the limit; None where that, or the limit, is not known."""
    if limit is None:
        return None
    if fact.signed_on is None:
        return was_signed(fact)
    return fact.signed_on <= limit.ends_on(fact.dispatched_on)


def _signed(measured: Measured, is_met: Callable[[AssignmentFact], bool | None]) -> Tally:
    return tallied(
        Thing(is_met(each), case.note((each,), wording.signed, "dispatched", "signed"))
        for case in measured.cases
        for each in case.assignments
    )


FORMULAS = (
    Formula(
        id="reply.by_answering_case.v1",
        rate=RateName.REPLY,
        text="答复率＝已答复的提案件数÷应答复的提案件数。本区应答复的各单位都已答复的，为已答复。",
        text_en="Cases answered ÷ cases to be answered. A case is answered when all of the"
        " district's units that have to answer it did.",
        counted="独办、主办、分办的提案，每件计一次；会办只答复主办单位，不计。" + ENDED,
        counted_en="Cases with a sole, lead or split role, each once; a co-unit answers the lead"
        f" unit only and is not counted. {ENDED_EN}",
        tally=answered_by_case,
    ),
    Formula(
        id="reply.by_assignment.v1",
        rate=RateName.REPLY,
        text="答复率＝已答复的交办件÷应答复的交办件。",
        text_en="Assignments answered ÷ assignments to be answered.",
        counted="独办、主办、分办的交办件，按单位分别计；会办不计。" + ENDED,
        counted_en="Assignments in a sole, lead or split role, each unit by itself; co-handling is"
        f" not counted. {ENDED_EN}",
        tally=answered_by_assignment,
    ),
    Formula(
        id="completion.by_answering_case.v1",
        rate=RateName.COMPLETION,
        text="办结率＝已答复的提案件数÷应答复的提案件数。本区应答复的各单位都已答复的，为办结。",
        text_en="Cases answered ÷ cases to be answered. A case is completed when all of the"
        " district's units that have to answer it did.",
        counted="独办、主办、分办的提案，每件计一次；会办不计。" + ENDED,
        counted_en="Cases with a sole, lead or split role, each once; co-handling is not counted."
        f" {ENDED_EN}",
        tally=answered_by_case,
    ),
    Formula(
        id="completion.by_case.v1",
        rate=RateName.COMPLETION,
        text="办结率＝已办结的提案件数÷办理提案总件数。本区报送的各承办单位都已完成的，为办结。",
        text_en="Cases completed ÷ all cases. A case is completed when all of the district's"
        " reporting units completed it.",
        counted="办理的全部提案（独办、主办、分办、会办），每件计一次；会办以交出会办意见为完成。"
        + ENDED,
        counted_en="All cases (sole, lead, split and co), each once; a co-unit completes by giving"
        f" its opinion. {ENDED_EN}",
        tally=completed_by_case,
    ),
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
)
