"""Formulas of how answers were rated: over rated answers or over all, by answer, case or form."""

from contracts.vocabulary import Satisfaction
from evaluation.decisions import wording
from evaluation.decisions.cases import Assignments, Case
from evaluation.decisions.rates.formula import Formula, Measured, Tally, Thing, tallied
from evaluation.decisions.rates.naming import RateName
from evaluation.decisions.rates.saying import (
    ANSWERING_CASES,
    ANSWERING_CASES_EN,
    APART,
    APART_EN,
    EACH_ANSWER,
    EACH_ANSWER_EN,
    ENDED,
    ENDED_EN,
)
from evaluation.state import AssignmentFact

Levels = frozenset[Satisfaction]


def satisfied_by_rated_reply(measured: Measured) -> Tally:
    return _of_rated(measured, measured.levels.codes)


def satisfied_by_reply(measured: Measured) -> Tally:
    return _of_answered(measured, measured.levels.codes)


def broadly_satisfied_by_rated_reply(measured: Measured) -> Tally:
    return _of_rated(measured, measured.broad_levels.codes)


def broadly_satisfied_by_reply(measured: Measured) -> Tally:
    return _of_answered(measured, measured.broad_levels.codes)


def satisfied_by_assignment(measured: Measured) -> Tally:
    levels = measured.levels.codes
    return tallied(
        _thing(measured, case, each, levels) for case in measured.cases for each in case.answers
    )


def satisfied_by_rated_case(measured: Measured) -> Tally:
    levels = measured.levels.codes
    rated = ((case, tuple(e for e in case.answers if e.satisfaction)) for case in measured.cases)
    return tallied(_whole(measured, case, answers, levels) for case, answers in rated if answers)


def satisfied_by_answering_case(measured: Measured) -> Tally:
    levels = measured.levels.codes
    return tallied(
        _whole(measured, case, case.answers, levels) for case in measured.cases if case.answers
    )


def satisfied_by_form(measured: Measured) -> Tally:
    levels = measured.levels.codes

    def things(case: Case, fact: AssignmentFact) -> list[Thing]:
        note = case.note((fact,), wording.rated_on_forms(measured.rulebook), "completed", "rated")
        if fact.forms is None:
            return [Thing(None, note)]
        return [Thing(form in levels, note) for form in fact.forms]

    return tallied(each for case, fact in measured.answers() for each in things(case, fact))


def returned_by_reply(measured: Measured) -> Tally:
    return tallied(
        Thing(
            each.satisfaction is not None,
            case.note((each,), wording.rated(measured.rulebook), "completed", "rated"),
        )
        for case, each in measured.answers()
    )


def _of_rated(measured: Measured, levels: Levels) -> Tally:
    return tallied(
        _thing(measured, case, each, levels)
        for case in measured.cases
        for each in case.answers
        if each.satisfaction
    )


def _of_answered(measured: Measured, levels: Levels) -> Tally:
    return tallied(_thing(measured, case, each, levels) for case, each in measured.answers())


def _thing(measured: Measured, case: Case, fact: AssignmentFact, levels: Levels) -> Thing:
    note = case.note((fact,), wording.rated(measured.rulebook), "completed", "rated")
    return Thing(fact.satisfaction in levels, note)


def _whole(measured: Measured, case: Case, answers: Assignments, levels: Levels) -> Thing:
    others = tuple(each for each in answers if each.satisfaction not in levels)
    said = wording.rated(measured.rulebook)
    return Thing(not others, case.note(others or answers, said, "completed", "rated"))


_LATEST = "评价有变更或重新办理的，以最近一次评价为准。"
_LATEST_EN = " Where a rating was changed or the case handled again, the latest rating counts."
_UNRATED = "尚未评价的，计入分母，不计入分子。"
_UNRATED_EN = " What is not rated yet stands below the line and not above it."

FORMULAS = (
    Formula(
        id="satisfaction.by_rated_reply.v1",
        rate=RateName.SATISFACTION,
        text="满意率＝评为“{said}”的答复÷已评价的答复。" + _LATEST,
        text_en="Answers rated “{said_en}” ÷ answers rated." + _LATEST_EN,
        counted="独办、主办、分办单位已得到评价的答复，按单位分别计；尚未评价的、会办的不计。"
        + ENDED,
        counted_en="Rated answers of sole, lead and split units, each unit by itself; answers not"
        " rated yet and co-handling are not counted, nor are withdrawn and merged proposals.",
        tally=satisfied_by_rated_reply,
    ),
    Formula(
        id="satisfaction.by_reply.v1",
        rate=RateName.SATISFACTION,
        text="满意率＝评为“{said}”的答复÷全部答复。" + _UNRATED + _LATEST,
        text_en="Answers rated “{said_en}” ÷ all answers." + _UNRATED_EN + _LATEST_EN,
        counted=EACH_ANSWER,
        counted_en=EACH_ANSWER_EN,
        tally=satisfied_by_reply,
    ),
    Formula(
        id="satisfaction.by_assignment.v1",
        rate=RateName.SATISFACTION,
        text="满意率＝评为“{said}”的交办件÷应答复的交办件。尚未答复的、" + _UNRATED + _LATEST,
        text_en="Assignments rated “{said_en}” ÷ assignments to be answered."
        + _UNRATED_EN
        + " So does what is not answered."
        + _LATEST_EN,
        counted="独办、主办、分办的交办件，按单位分别计；会办的不计。" + ENDED,
        counted_en="Assignments in a sole, lead or split role, each unit by itself; co-handling is"
        f" not counted. {ENDED_EN}",
        tally=satisfied_by_assignment,
    ),
    Formula(
        id="satisfaction.by_rated_case.v1",
        rate=RateName.SATISFACTION,
        text="满意率＝已评价的答复都评为“{said}”的提案件数÷有答复得到评价的提案件数。" + _LATEST,
        text_en="Cases all of whose rated answers were rated “{said_en}” ÷ cases with a rated"
        " answer." + _LATEST_EN,
        counted="至少有一份答复得到评价的提案，每件计一次；会办的不计。" + ENDED,
        counted_en="Cases with at least one rated answer, each once; co-handling is not counted. "
        + ENDED_EN,
        tally=satisfied_by_rated_case,
    ),
    Formula(
        id="satisfaction.by_answering_case.v1",
        rate=RateName.SATISFACTION,
        text="满意率＝各单位的答复都评为“{said}”的提案件数÷应答复的提案件数。尚未答复的、"
        + _UNRATED
        + _LATEST,
        text_en="Cases all of whose answers were rated “{said_en}” ÷ cases to be answered."
        + _UNRATED_EN
        + " So does what is not answered."
        + _LATEST_EN,
        counted=ANSWERING_CASES,
        counted_en=ANSWERING_CASES_EN,
        tally=satisfied_by_answering_case,
    ),
    Formula(
        id="satisfaction.by_form.v1",
        rate=RateName.SATISFACTION,
        text="满意率＝评为“{said}”的意见表÷收回的意见表。联名提案每位提案人一份。",
        text_en="Forms that say “{said_en}” ÷ forms that came back. Each proposer of a joint"
        " proposal has a form.",
        counted="收回的征询意见表，逐份计。" + APART + ENDED,
        counted_en="Feedback forms that came back, each by itself. " + APART_EN + ENDED_EN,
        tally=satisfied_by_form,
    ),
    Formula(
        id="broad_satisfaction.by_rated_reply.v1",
        rate=RateName.BROAD_SATISFACTION,
        text="满意和基本满意率＝评为“{broad}”的答复÷已评价的答复。" + _LATEST,
        text_en="Answers rated {broad_en} ÷ answers rated." + _LATEST_EN,
        counted="独办、主办、分办单位已得到评价的答复，按单位分别计；尚未评价的、会办的不计。"
        + ENDED,
        counted_en="Rated answers of sole, lead and split units, each unit by itself; answers not"
        " rated yet and co-handling are not counted, nor are withdrawn and merged proposals.",
        tally=broadly_satisfied_by_rated_reply,
    ),
    Formula(
        id="broad_satisfaction.by_reply.v1",
        rate=RateName.BROAD_SATISFACTION,
        text="满意和基本满意率＝评为“{broad}”的答复÷全部答复。" + _UNRATED + _LATEST,
        text_en="Answers rated {broad_en} ÷ all answers." + _UNRATED_EN + _LATEST_EN,
        counted=EACH_ANSWER,
        counted_en=EACH_ANSWER_EN,
        tally=broadly_satisfied_by_reply,
    ),
    Formula(
        id="form_return.by_reply.v1",
        rate=RateName.FORM_RETURN,
        text="意见表反馈率＝已得到评价的答复÷全部答复。",
        text_en="Answers rated ÷ all answers.",
        counted=EACH_ANSWER,
        counted_en=EACH_ANSWER_EN,
        tally=returned_by_reply,
    ),
)
