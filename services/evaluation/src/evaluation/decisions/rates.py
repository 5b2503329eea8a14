"""The three rates, and the formulas that a rulebook can choose for them."""

from collections.abc import Callable
from dataclasses import dataclass

from contracts.figures import CaseNote, Rate
from contracts.rulebook import Rulebook
from contracts.vocabulary import Satisfaction, Term
from evaluation.decisions import wording
from evaluation.decisions.cases import Case
from evaluation.decisions.numbers import percent, shown

Cases = tuple[Case, ...]


class RateName(Term):
    """A rate that the rulebook has to choose a formula for."""

    ON_TIME_COMPLETION = "on_time_completion_rate", "按时办结率"
    REPLY = "reply_rate", "答复率"
    SATISFACTION = "satisfaction_rate", "满意率"


@dataclass(frozen=True)
class SatisfiedLevels:
    """The levels of rating that count as satisfied, and what people call them."""

    codes: frozenset[Satisfaction]
    said: str
    said_en: str


@dataclass(frozen=True)
class Tally:
    """Both terms of a rate, and what was counted below but not above the line."""

    numerator: int
    denominator: int
    misses: tuple[CaseNote, ...]


@dataclass(frozen=True)
class Formula:
    """A way to compute a rate. Once a rulebook has named it, it never changes."""

    id: str
    rate: RateName
    text: str
    text_en: str
    counted: str
    counted_en: str
    tally: Callable[[Cases, SatisfiedLevels], Tally]


WITHOUT_RULEBOOK = SatisfiedLevels(frozenset({Satisfaction.SATISFIED}), "满意", "Satisfied")

ENGLISH_LABELS = {
    RateName.ON_TIME_COMPLETION: "On-time completion rate",
    RateName.REPLY: "Reply rate",
    RateName.SATISFACTION: "Satisfaction rate",
}


def completed_on_time_by_case(cases: Cases, levels: SatisfiedLevels) -> Tally:
    late = [case for case in cases if case.overdue]
    misses = (case.note(case.overdue, wording.overdue, "dispatched", "completed") for case in late)
    return Tally(len(cases) - len(late), len(cases), tuple(misses))


def answered_by_case(cases: Cases, levels: SatisfiedLevels) -> Tally:
    answering = [case for case in cases if case.answers]
    open_cases = [case for case in answering if case.unanswered]
    misses = (case.note(case.unanswered, wording.unfinished, "dispatched") for case in open_cases)
    return Tally(len(answering) - len(open_cases), len(answering), tuple(misses))


def satisfied_by_rated_reply(cases: Cases, levels: SatisfiedLevels) -> Tally:
    rated = [(case, each) for case in cases for each in case.answers if each.satisfaction]
    misses = tuple(
        case.note((each,), wording.rated, "completed", "rated")
        for case, each in rated
        if each.satisfaction not in levels.codes
    )
    return Tally(len(rated) - len(misses), len(rated), misses)


_FORMULAS = (
    Formula(
        id="on_time_completion.by_case.v1",
        rate=RateName.ON_TIME_COMPLETION,
        text="按时办结率＝按时办结的提案件数÷办理提案总件数。本区报送的各承办单位都在期限内完成的，"
        "为按时办结；尚未完成的不算按时。重新办理的，以首次答复的日期为准。",
        text_en="Cases completed on time ÷ all cases. A case is on time when all of the district's"
        " reporting units completed it within their limits; one that is not completed yet is not"
        " on time. Where a case was handled again, the date of the first answer counts.",
        counted="办理的全部提案（独办、主办、分办、会办），每件计一次；会办以交出会办意见为完成。"
        "撤案、并案的不计。",
        counted_en="All cases (sole, lead, split and co), each once; a co-unit completes by giving"
        " its opinion. Withdrawn and merged proposals are not counted.",
        tally=completed_on_time_by_case,
    ),
    Formula(
        id="reply.by_answering_case.v1",
        rate=RateName.REPLY,
        text="答复率＝已答复的提案件数÷应答复的提案件数。本区应答复的各单位都已答复的，为已答复。",
        text_en="Cases answered ÷ cases to be answered. A case is answered when all of the"
        " district's units that have to answer it did.",
        counted="独办、主办、分办的提案，每件计一次；会办只答复主办单位，不计。撤案、并案的不计。",
        counted_en="Cases with a sole, lead or split role, each once; a co-unit answers the lead"
        " unit only and is not counted. Withdrawn and merged proposals are not counted.",
        tally=answered_by_case,
    ),
    Formula(
        id="satisfaction.by_rated_reply.v1",
        rate=RateName.SATISFACTION,
        text="满意率＝评为“{said}”的答复÷已评价的答复。评价有变更或重新办理的，以最近一次评价为准。",
        text_en="Answers rated “{said_en}” ÷ answers rated. Where a rating was changed or the case"
        " handled again, the latest rating counts.",
        counted="独办、主办、分办单位已得到评价的答复，按单位分别计；尚未评价的、会办的不计。"
        "撤案、并案的不计。",
        counted_en="Rated answers of sole, lead and split units, each unit by itself; answers not"
        " rated yet and co-handling are not counted, nor are withdrawn and merged proposals.",
        tally=satisfied_by_rated_reply,
    ),
)

FORMULAS = {formula.id: formula for formula in _FORMULAS}


def formulas_of(rate: RateName) -> list[str]:
    """The ids of the formulas for a rate; the first is taken where no rulebook is in force."""
    return [formula.id for formula in _FORMULAS if formula.rate is rate]


def chosen_formula(rate: RateName, rulebook: Rulebook | None) -> str:
    if rulebook is None:
        return formulas_of(rate)[0]
    match rate:
        case RateName.ON_TIME_COMPLETION:
            return rulebook.formulas.on_time_completion_rate.formula
        case RateName.REPLY:
            return rulebook.formulas.reply_rate.formula
        case RateName.SATISFACTION:
            return rulebook.formulas.satisfaction_rate.formula


def compute_rates(cases: Cases, rulebook: Rulebook | None) -> tuple[Rate, ...]:
    levels = _satisfied_levels(rulebook)
    return tuple(
        _rate(name, FORMULAS[chosen_formula(name, rulebook)], cases, levels) for name in RateName
    )


def _rate(name: RateName, formula: Formula, cases: Cases, levels: SatisfiedLevels) -> Rate:
    tally = formula.tally(cases, levels)
    value = percent(tally.numerator, tally.denominator)
    return Rate(
        id=name.value,
        label=name.chinese,
        label_en=ENGLISH_LABELS[name],
        formula=formula.id,
        formula_text=formula.text.format(said=levels.said),
        formula_text_en=formula.text_en.format(said_en=levels.said_en),
        counted=formula.counted,
        counted_en=formula.counted_en,
        numerator=tally.numerator,
        denominator=tally.denominator,
        value=value,
        display=shown(value),
        misses=tally.misses,
    )


def _satisfied_levels(rulebook: Rulebook | None) -> SatisfiedLevels:
    if rulebook is None:
        return WITHOUT_RULEBOOK
    levels = [each for each in rulebook.satisfaction_levels if each.counts_as_satisfied]
    return SatisfiedLevels(
        codes=frozenset(each.code for each in levels),
        said="”或“".join(each.label for each in levels),
        said_en="” or “".join(each.label_en for each in levels),
    )
