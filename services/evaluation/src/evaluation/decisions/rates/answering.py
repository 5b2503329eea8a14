"""Formulas of what was answered and completed."""

from evaluation.decisions import wording
from evaluation.decisions.rates.formula import Formula, Measured, Tally, Thing, tallied
from evaluation.decisions.rates.naming import RateName
from evaluation.decisions.rates.saying import ENDED, ENDED_EN

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
)
