"""Reports of the answers: what came of them, how they were rated, and whether they are public."""

from collections.abc import Mapping, Sequence

from contracts.vocabulary import Openness, Satisfaction
from evaluation.decisions.reporting.defining import Definition, Measure, Reported
from evaluation.decisions.reporting.describing import OF_PARTS, same
from evaluation.decisions.wording import Said
from evaluation.state import AssignmentFact

Answer = Measure[AssignmentFact]
USUAL = (Satisfaction.SATISFIED, Satisfaction.BASICALLY_SATISFIED, Satisfaction.DISSATISFIED)
OPENNESS = {
    Openness.PUBLIC: Said("主动公开", "Public"),
    Openness.ON_REQUEST: Said("依申请公开", "On request"),
    Openness.WITHHELD: Said("不予公开", "Withheld"),
}
QUARTERS = (
    Said("第一季度", "First quarter"),
    Said("第二季度", "Second quarter"),
    Said("第三季度", "Third quarter"),
    Said("第四季度", "Fourth quarter"),
)
NO_CLASS = Said("没有记录", "Not recorded")
UNRATED: Answer = Measure(
    "unrated", Said("未评价", "Not rated"), lambda fact, _: fact.satisfaction is None
)
ALL: Answer = Measure("total", Said("合计", "Total"), lambda fact, _: True)


def levels_of(reported: Reported) -> Mapping[Satisfaction, Said]:
    """The levels of rating of the place by their titles there, and any other that was given."""
    listed = reported.rulebook.satisfaction_levels if reported.rulebook else ()
    levels = {each.code: Said(each.label, each.label_en) for each in listed}
    given = {fact.satisfaction for fact in reported.answers if fact.satisfaction is not None}
    for code in Satisfaction:
        if code in given or (not listed and code in USUAL):
            levels.setdefault(code, Said(code.chinese, code.value.replace("_", " ").capitalize()))
    return levels


def _ratings_given(reported: Reported) -> Sequence[Answer]:
    return [_rated_as(code, title) for code, title in levels_of(reported).items()]


def _rated_as(code: Satisfaction, title: Said) -> Answer:
    return Measure(code.value, title, lambda fact, _: fact.satisfaction is code)


def _open_to(openness: Openness) -> Answer:
    return Measure(openness.value, OPENNESS[openness], lambda fact, _: fact.openness is openness)


def _answers(reported: Reported) -> Sequence[AssignmentFact]:
    return reported.answers


def _ratings(reported: Reported) -> Sequence[AssignmentFact]:
    return [fact for fact in reported.answers if fact.satisfaction is not None]


def _class_of(fact: AssignmentFact, reported: Reported) -> Sequence[Said]:
    return (_named_class(fact.result_class, reported) if fact.result_class else NO_CLASS,)


def _classes(reported: Reported) -> Sequence[Said]:
    listed = reported.rulebook.result_classes if reported.rulebook else ()
    return [_named_class(each.code, reported) for each in listed]


def _named_class(code: str, reported: Reported) -> Said:
    """The letter with what it means in this place, as far as the rulebook says so."""
    known = reported.rulebook.result_class(code) if reported.rulebook else None
    if known is None:
        return Said(f"{code} 类", f"Class {code}")
    return Said(f"{code} 类（{known.label}）", f"Class {code} ({known.label_en})")


def _quarter(fact: AssignmentFact, reported: Reported) -> Sequence[Said]:
    """The quarter of the first answer; one that came in a later year says which year."""
    if fact.replied_on is None:
        return ()
    quarter = QUARTERS[(fact.replied_on.month - 1) // 3]
    year = fact.replied_on.year
    if year == reported.year:
        return (quarter,)
    return (Said(f"{year} 年{quarter.chinese}", f"{quarter.english} of {year}"),)


def _rating_of(fact: AssignmentFact, reported: Reported) -> Sequence[Said]:
    return (levels_of(reported)[fact.satisfaction],) if fact.satisfaction else ()


ANSWERS = "独办、主办、分办单位作出的答复，按单位分别计；撤案、并案的不计。"
ANSWERS_EN = (
    "Answers of sole, lead and split units, each by itself; withdrawn and merged cases are not"
    " counted."
)

REPORTS = (
    Definition(
        id="by-result",
        title=Said("按办理结果统计表", "By result class"),
        rule=Said(
            ANSWERS + "类别以最近一次答复为准，事后调整类别的以调整后为准；含义以规则手册为准。",
            f"{ANSWERS_EN} The class is that of the latest answer or what it was changed to since;"
            " the rulebook says what it means.",
        ),
        grouped_by=Said("办理结果", "Result"),
        things=_answers,
        groups=_class_of,
        leading=_ratings_given,
        measures=(UNRATED, ALL),
        described=OF_PARTS,
        first=_classes,
    ),
    Definition(
        id="satisfaction",
        title=Said("满意度情况表", "Satisfaction"),
        rule=Said(ANSWERS + "评价以最近一次为准。", f"{ANSWERS_EN} The latest rating counts."),
        grouped_by=Said("承办单位", "Unit"),
        things=_answers,
        groups=lambda fact, _: (same(fact.unit),),
        leading=_ratings_given,
        measures=(
            UNRATED,
            Measure(
                "again",
                Said("其中重新办理", "Of these handled again"),
                lambda fact, _: fact.handling_round > 1,
            ),
            ALL,
        ),
        described=OF_PARTS,
    ),
    Definition(
        id="feedback",
        title=Said("征询意见情况表", "Feedback"),
        rule=Said(
            ANSWERS + "已得到评价的答复，按最近一次评价；提案委据书面意见表录入的为代录。",
            f"{ANSWERS_EN} Rated answers by their latest rating; by proxy is what the committee"
            " entered from a paper form.",
        ),
        grouped_by=Said("意见", "Opinion"),
        things=_ratings,
        groups=_rating_of,
        measures=(
            Measure("own", Said("提案人评价", "By proposers"), lambda fact, _: not fact.by_proxy),
            Measure("proxy", Said("代录", "By proxy"), lambda fact, _: fact.by_proxy),
            ALL,
        ),
        described=OF_PARTS,
        first=lambda reported: tuple(levels_of(reported).values()),
        chart=True,
    ),
    Definition(
        id="publication",
        title=Said("答复公开情况表（按季度）", "Publication by quarter"),
        rule=Said(
            ANSWERS + "季度以首次答复的日期为准，公开属性以最近一次答复为准。",
            f"{ANSWERS_EN} The quarter is that of the first answer, the openness that of the latest.",
        ),
        grouped_by=Said("季度", "Quarter"),
        things=_answers,
        groups=_quarter,
        measures=(
            *(_open_to(each) for each in Openness),
            Measure(
                "unknown",
                Said("没有记录", "Not recorded"),
                lambda fact, _: fact.openness is None,
            ),
            Measure(
                "published",
                Said("其中已公开发布", "Of these published"),
                lambda fact, _: fact.published_on is not None,
            ),
            ALL,
        ),
        described=OF_PARTS,
        first=lambda reported: QUARTERS,
    ),
)
