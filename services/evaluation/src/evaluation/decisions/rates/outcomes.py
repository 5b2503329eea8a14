"""Formulas of what came of the answers: solved, published, promised and kept."""

from collections.abc import Callable

from contracts.classes import ResultBucket
from contracts.figures import CaseNote
from contracts.vocabulary import Openness
from evaluation.decisions import wording
from evaluation.decisions.cases import Case
from evaluation.decisions.rates.formula import Formula, Measured, Tally, Thing, all_of, tallied
from evaluation.decisions.rates.naming import RateName
from evaluation.decisions.rates.saying import (
    ANSWERING_CASES,
    ANSWERING_CASES_EN,
    APART,
    APART_EN,
    EACH_ANSWER,
    EACH_ANSWER_EN,
)
from evaluation.state import AssignmentFact, PromiseFact

SOLVED = frozenset({ResultBucket.SOLVED})
SOLVED_OR_UNDER_WAY = SOLVED | {ResultBucket.IN_PROGRESS, ResultBucket.PLANNED}


def solved_by_answering_case(measured: Measured) -> Tally:
    def thing(case: Case) -> Thing:
        parts = case.answers
        solved = [
            False if each.replied_on is None else came_to(measured, each, SOLVED) for each in parts
        ]
        unsolved = tuple(
            each for each, is_solved in zip(parts, solved, strict=True) if not is_solved
        )
        return Thing(
            all_of(solved), case.note(unsolved or parts, wording.classed, "completed", "class")
        )

    return tallied(thing(case) for case in measured.cases if case.answers)


def solved_by_reply(measured: Measured) -> Tally:
    return _by_reply(measured, SOLVED)


def solved_or_under_way_by_reply(measured: Measured) -> Tally:
    return _by_reply(measured, SOLVED_OR_UNDER_WAY)


def published_by_reply(measured: Measured) -> Tally:
    return tallied(_published(case, each) for case, each in measured.answers())


def published_of_what_is_not_withheld(measured: Measured) -> Tally:
    return tallied(
        _published(case, each)
        for case, each in measured.answers()
        if each.openness is not Openness.WITHHELD
    )


def kept_by_promise(measured: Measured) -> Tally:
    return _promises(measured, lambda promise: promise.kept_on is not None)


def kept_on_time_by_promise(measured: Measured) -> Tally:
    return _promises(measured, was_kept_on_time)


def was_kept_on_time(promise: PromiseFact) -> bool:
    return promise.kept_on is not None and promise.kept_on <= promise.due_on


def promise_note(case: Case, fact: AssignmentFact, promise: PromiseFact) -> CaseNote:
    """The case with what was promised, when it was made, and what became of it."""
    note = case.note((fact,), wording.promised(promise), "completed")
    positions = tuple(sorted({*note.positions, *promise.positions}))
    return note.model_copy(update={"positions": positions})


def came_to(
    measured: Measured, fact: AssignmentFact, buckets: frozenset[ResultBucket]
) -> bool | None:
    """Whether an answer's class means one of these; None where the class or its meaning is not known."""
    if not fact.result_class or measured.rulebook is None:
        return None
    found = measured.rulebook.result_class(fact.result_class)
    return None if found is None else found.bucket in buckets


def _by_reply(measured: Measured, buckets: frozenset[ResultBucket]) -> Tally:
    return tallied(
        Thing(
            came_to(measured, each, buckets),
            case.note((each,), wording.classed, "completed", "class"),
        )
        for case, each in measured.answers()
    )


def _published(case: Case, fact: AssignmentFact) -> Thing:
    met = None if fact.openness is None else fact.openness is Openness.PUBLIC
    return Thing(met, case.note((fact,), wording.opened, "completed"))


def _promises(measured: Measured, is_kept: Callable[[PromiseFact], bool]) -> Tally:
    def things(case: Case, fact: AssignmentFact) -> list[Thing]:
        if fact.promises is None:
            return [Thing(None, case.note((fact,), wording.without_promises, "completed"))]
        return [Thing(is_kept(each), promise_note(case, fact, each)) for each in fact.promises]

    return tallied(each for case, fact in measured.answers() for each in things(case, fact))


FORMULAS = (
    Formula(
        id="completion.by_solved_case.v1",
        rate=RateName.COMPLETION,
        text="办结率＝各答复单位的办理结果都属“已经解决”的提案件数÷应答复的提案件数。"
        "结果类别按规则手册归为“已经解决”的（多为 A 类），为解决；尚未答复的不算。",
        text_en="Cases whose answers all came to “solved” ÷ cases to be answered. A result class"
        " is solved when the rulebook says so (A in most places); what is not answered is not.",
        counted=ANSWERING_CASES + APART,
        counted_en=ANSWERING_CASES_EN + " " + APART_EN.strip(),
        tally=solved_by_answering_case,
    ),
    Formula(
        id="solution.solved.by_reply.v1",
        rate=RateName.SOLUTION,
        text="解决率＝办理结果属“已经解决”的答复÷全部答复。类别的含义以规则手册为准。",
        text_en="Answers that came to “solved” ÷ all answers, as the rulebook reads the classes.",
        counted=EACH_ANSWER + APART,
        counted_en=EACH_ANSWER_EN + " " + APART_EN.strip(),
        tally=solved_by_reply,
    ),
    Formula(
        id="solution.solved_or_under_way.by_reply.v1",
        rate=RateName.SOLUTION,
        text="解决率＝办理结果属“已经解决”“正在解决”“列入计划”的答复÷全部答复。"
        "类别的含义以规则手册为准。",
        text_en="Answers that came to “solved”, “in progress” or “planned” ÷ all answers, as the"
        " rulebook reads the classes.",
        counted=EACH_ANSWER + APART,
        counted_en=EACH_ANSWER_EN + " " + APART_EN.strip(),
        tally=solved_or_under_way_by_reply,
    ),
    Formula(
        id="publication.by_reply.v1",
        rate=RateName.PUBLICATION,
        text="公开率＝主动公开的答复÷全部答复。",
        text_en="Answers that are public ÷ all answers.",
        counted=EACH_ANSWER + APART,
        counted_en=EACH_ANSWER_EN + " " + APART_EN.strip(),
        tally=published_by_reply,
    ),
    Formula(
        id="publication.of_what_is_not_withheld.v1",
        rate=RateName.PUBLICATION,
        text="公开率＝主动公开的答复÷除“不予公开”以外的答复。",
        text_en="Answers that are public ÷ answers that are not withheld.",
        counted=EACH_ANSWER + APART,
        counted_en=EACH_ANSWER_EN + " " + APART_EN.strip(),
        tally=published_of_what_is_not_withheld,
    ),
    Formula(
        id="promise.kept.by_promise.v1",
        rate=RateName.PROMISE,
        text="承诺兑现率＝已兑现的承诺事项÷答复中的全部承诺事项，不论期限。",
        text_en="Promises kept ÷ all promises that answers made, whatever their limit.",
        counted="答复中承诺的事项，逐项计。没有登记承诺的答复不计，另行列出。",
        counted_en="What answers promised, each promise by itself. Answers whose promises nobody"
        " noted are not counted and listed apart.",
        tally=kept_by_promise,
    ),
    Formula(
        id="promise.kept_on_time.by_promise.v1",
        rate=RateName.PROMISE,
        text="承诺兑现率＝在承诺期限内兑现的承诺事项÷答复中的全部承诺事项。",
        text_en="Promises kept within their limit ÷ all promises that answers made.",
        counted="答复中承诺的事项，逐项计。没有登记承诺的答复不计，另行列出。",
        counted_en="What answers promised, each promise by itself. Answers whose promises nobody"
        " noted are not counted and listed apart.",
        tally=kept_on_time_by_promise,
    ),
)
