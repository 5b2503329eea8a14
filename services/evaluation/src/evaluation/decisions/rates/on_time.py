"""Formulas of what was completed, and of opinions that were handed over, within their limits."""

from collections.abc import Callable, Iterator, Sequence

from evaluation.decisions import wording
from evaluation.decisions.cases import Assignments, Case
from evaluation.decisions.rates.formula import (
    Cases,
    Formula,
    Measured,
    Tally,
    Thing,
    closest,
    tallied,
)
from evaluation.decisions.rates.naming import RateName
from evaluation.decisions.rates.saying import ENDED, ENDED_EN


def completed_on_time_by_case(measured: Measured) -> Tally:
    return _on_time(measured.cases, lambda case: case.assignments)


def completed_on_time_by_answering_case(measured: Measured) -> Tally:
    return _on_time(measured.cases, lambda case: case.answers)


def completed_on_time_of_completed_cases(measured: Measured) -> Tally:
    return _on_time(measured.cases, lambda case: () if case.unfinished else case.assignments)


def completed_on_time_by_assignment(measured: Measured) -> Tally:
    parts = [(case, (each,)) for case in measured.cases for each in case.assignments]
    return _on_time_of(parts)


def co_opinions_on_time_by_assignment(measured: Measured) -> Tally:
    return _on_time_of([(case, (each,)) for case in measured.cases for each in _opinions_due(case)])


def co_opinions_on_time_by_case(measured: Measured) -> Tally:
    return _on_time(measured.cases, _opinions_due)


def _opinions_due(case: Case) -> Assignments:
    return tuple(
        each
        for each in case.assignments
        if not each.role.answers_the_proposer and not each.opinion_waived
    )


def _on_time(cases: Cases, parts_of: Callable[[Case], Assignments]) -> Tally:
    counted = [(case, parts) for case in cases if (parts := parts_of(case))]
    return _on_time_of(counted)


def _on_time_of(counted: Sequence[tuple[Case, Assignments]]) -> Tally:
    def things() -> Iterator[Thing]:
        for case, parts in counted:
            late = tuple(each for each in parts if each in case.overdue)
            note = case.note(late or parts, wording.overdue, "dispatched", "moved", "completed")
            yield Thing(not late, note)

    kept = [(case, parts) for case, parts in counted if not any(p in case.overdue for p in parts)]
    return tallied(things(), margin=closest(kept))


_FIRST_ANSWER = "尚未完成的不算按时。重新办理的，以首次答复的日期为准。"
_FIRST_ANSWER_EN = (
    "one that is not completed yet is not on time. Where a case was handled again, the date of the"
    " first answer counts."
)

FORMULAS = (
    Formula(
        id="on_time_completion.by_case.v1",
        rate=RateName.ON_TIME_COMPLETION,
        text="按时办结率＝按时办结的提案件数÷办理提案总件数。本区报送的各承办单位都在期限内完成的，"
        f"为按时办结；{_FIRST_ANSWER}",
        text_en="Cases completed on time ÷ all cases. A case is on time when all of the district's"
        f" reporting units completed it within their limits; {_FIRST_ANSWER_EN}",
        counted="办理的全部提案（独办、主办、分办、会办），每件计一次；会办以交出会办意见为完成。"
        + ENDED,
        counted_en="All cases (sole, lead, split and co), each once; a co-unit completes by giving"
        f" its opinion. {ENDED_EN}",
        tally=completed_on_time_by_case,
    ),
    Formula(
        id="on_time_completion.by_answering_case.v1",
        rate=RateName.ON_TIME_COMPLETION,
        text="按时办结率＝按时答复的提案件数÷应答复的提案件数。本区应答复的各单位都在期限内答复的，"
        f"为按时办结；{_FIRST_ANSWER}",
        text_en="Cases answered on time ÷ cases to be answered. A case is on time when all of the"
        f" district's units that have to answer it did so within their limits; {_FIRST_ANSWER_EN}",
        counted="独办、主办、分办的提案，每件计一次；会办不计。" + ENDED,
        counted_en="Cases with a sole, lead or split role, each once; co-handling is not counted."
        f" {ENDED_EN}",
        tally=completed_on_time_by_answering_case,
    ),
    Formula(
        id="on_time_completion.of_completed_cases.v1",
        rate=RateName.ON_TIME_COMPLETION,
        text="按时办结率＝按时办结的提案件数÷已办结的提案件数。本区报送的各承办单位都在期限内完成的，"
        "为按时办结。重新办理的，以首次答复的日期为准。",
        text_en="Cases completed on time ÷ cases completed. A case is on time when all of the"
        " district's reporting units completed it within their limits. Where a case was handled"
        " again, the date of the first answer counts.",
        counted="已办结的提案（独办、主办、分办、会办），每件计一次；尚未办结的，不论是否到期，都不计。"
        + ENDED,
        counted_en="Completed cases (sole, lead, split and co), each once; one that is not"
        f" completed is not counted, whether it is due or not. {ENDED_EN}",
        tally=completed_on_time_of_completed_cases,
    ),
    Formula(
        id="on_time_completion.by_assignment.v1",
        rate=RateName.ON_TIME_COMPLETION,
        text=f"按时办结率＝按时完成的交办件÷全部交办件。{_FIRST_ANSWER}",
        text_en="Assignments completed on time ÷ all assignments. An assignment is on time when its"
        f" unit completed it within the limit; {_FIRST_ANSWER_EN}",
        counted="全部交办件（独办、主办、分办、会办），按单位分别计。" + ENDED,
        counted_en=f"All assignments (sole, lead, split and co), each unit by itself. {ENDED_EN}",
        tally=completed_on_time_by_assignment,
    ),
    Formula(
        id="co_opinion.on_time.by_assignment.v1",
        rate=RateName.CO_OPINION,
        text="会办按时率＝在期限内交出的会办意见÷应交的会办意见。尚未交出的不算按时。",
        text_en="Co-opinions handed over within their limits ÷ co-opinions due. One that is still"
        " out is not in time.",
        counted="会办的交办件，按单位分别计；经批准不再等会办意见的不计。" + ENDED,
        counted_en="Assignments in the co-role, each unit by itself; opinions that were waived are"
        f" not counted. {ENDED_EN}",
        tally=co_opinions_on_time_by_assignment,
    ),
    Formula(
        id="co_opinion.on_time.by_case.v1",
        rate=RateName.CO_OPINION,
        text="会办按时率＝各会办单位都按时交出意见的提案件数÷有会办单位的提案件数。尚未交出的不算按时。",
        text_en="Cases all of whose co-opinions came within their limits ÷ cases with co-units. An"
        " opinion that is still out is not in time.",
        counted="有会办单位的提案，每件计一次；经批准不再等会办意见的单位不计。" + ENDED,
        counted_en="Cases with a co-unit, each once; opinions that were waived are not counted."
        f" {ENDED_EN}",
        tally=co_opinions_on_time_by_case,
    ),
)
