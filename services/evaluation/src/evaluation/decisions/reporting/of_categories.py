"""The report of proposals by what they are about: how many came, and what was answered to them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from contracts.classes import class_said
from contracts.vocabulary import ProposalCategory, Satisfaction
from evaluation.decisions.reporting.defining import Definition, Described, Measure, Reported
from evaluation.decisions.reporting.describing import OF_CASES
from evaluation.decisions.reporting.of_answers import levels_of
from evaluation.decisions.reporting.of_cases import OUTCOMES
from evaluation.decisions.wording import Said
from evaluation.state import AssignmentFact, ProposalFact


class Answered(NamedTuple):
    """A proposal with the answers to it that the figures count."""

    case: ProposalFact
    answers: tuple[AssignmentFact, ...]


Count = Measure[Answered]
CATEGORIES = {
    ProposalCategory.ECONOMIC: Said("经济建设", "Economy"),
    ProposalCategory.POLITICAL: Said("政治建设", "Politics"),
    ProposalCategory.CULTURAL: Said("文化建设", "Culture"),
    ProposalCategory.SOCIAL: Said("社会建设", "Society"),
    ProposalCategory.ECOLOGICAL: Said("生态文明建设", "Ecology"),
    ProposalCategory.OTHER: Said("其他", "Other"),
}
NO_CLASS = Said("结果未记", "No class")
UNCATEGORISED = Said("未分类", "Uncategorised")
BEHIND_AN_ANSWER = ("completed", "class", "rated")


def _with_answers(reported: Reported) -> Sequence[Answered]:
    answers: defaultdict[str, list[AssignmentFact]] = defaultdict(list)
    for fact in reported.answers:
        answers[fact.proposal_id].append(fact)
    return [
        Answered(case, tuple(answers[case.proposal_id]))
        for case in reported.cases
        if case.year == reported.year
    ]


def _category_of(each: Answered, reported: Reported) -> Sequence[Said]:
    return (CATEGORIES[each.case.category] if each.case.category else UNCATEGORISED,)


def _of_its_case(count: Measure[ProposalFact]) -> Count:
    return Measure(count.id, count.label, lambda each, reported: count.adds(each.case, reported))


def _of_class(code: str) -> Count:
    return Measure(
        f"class-{code or 'unrecorded'}",
        Said(class_said(code), f"Class {code}") if code else NO_CLASS,
        lambda each, _: sum(fact.result_class == code for fact in each.answers),
    )


def _rated_as(rating: Satisfaction, title: Said) -> Count:
    return Measure(
        rating.value,
        title,
        lambda each, _: sum(fact.satisfaction is rating for fact in each.answers),
    )


def _what_they_came_to(reported: Reported) -> Sequence[Count]:
    """The classes and the ratings of the place, and any other that was given."""
    listed = [each.code for each in reported.rulebook.result_classes] if reported.rulebook else []
    others = {fact.result_class for fact in reported.answers} - set(listed)
    ratings = levels_of(reported).items()
    return [
        *(_of_class(code) for code in (*listed, *sorted(others - {""}), "")),
        *(_rated_as(rating, title) for rating, title in ratings),
        Measure(
            "unrated",
            Said("未评价", "Not rated"),
            lambda each, _: sum(fact.satisfaction is None for fact in each.answers),
        ),
    ]


def _positions(each: Answered) -> tuple[int, ...]:
    said = (each.case.category_position,) if each.case.category_position else ()
    behind = [
        fact.positions[name]
        for fact in each.answers
        for name in BEHIND_AN_ANSWER
        if name in fact.positions
    ]
    return (*OF_CASES.positions(each.case), *said, *behind)


OF_ANSWERED: Described[Answered] = Described(
    columns=OF_CASES.columns,
    cells=lambda each, reported: OF_CASES.cells(each.case, reported),
    proposal_id=lambda each: each.case.proposal_id,
    positions=_positions,
)

REPORTS = (
    Definition(
        id="by-category",
        title=Said("按提案类别统计表", "By category"),
        rule=Said(
            "本年度收到的全部提案，每件计一次；类别以最近一次确定的为准，没有确定的列为未分类。"
            "已答复以件计；答复、办理结果和评价按独办、主办、分办单位分别计，以份计，撤案、并案的不计；结果类别的含义见规则手册。",
            "All proposals received for the year, each once; the category is the one said last, and"
            " where nobody said one it is uncategorised. Answers, their classes and ratings are those"
            " of sole, lead and split units, each by itself, without withdrawn and merged cases.",
        ),
        grouped_by=Said("提案类别", "Category"),
        things=_with_answers,
        groups=_category_of,
        measures=(
            *map(_of_its_case, OUTCOMES),
            Measure(
                "answered", Said("已答复（件）", "Answered"), lambda each, _: bool(each.answers)
            ),
            Measure("answers", Said("答复（份）", "Answers"), lambda each, _: len(each.answers)),
        ),
        trailing=_what_they_came_to,
        described=OF_ANSWERED,
        first=lambda reported: (*CATEGORIES.values(), UNCATEGORISED),
    ),
)
