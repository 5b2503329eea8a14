"""A year of many districts side by side: what is of one formula is compared, what is not stands apart."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from contracts.city import (
    CityOverview,
    Compared,
    DistrictLine,
    PlaceWithoutFigures,
    Standing,
    YearInBrief,
)
from evaluation.decisions.city.measuring import (
    MEASURES_KEPT,
    SCORE,
    Group,
    Measure,
    figures_in_order,
    label_of,
    measures_of,
)
from evaluation.decisions.city.ranking import Rank, ranks
from evaluation.decisions.numbers import NOTHING_COUNTED, percent, shown
from evaluation.decisions.wording import Said

NO_CASES = Said("本年度没有纳入统计的提案", "It has no cases in this year")
NOT_COMPUTED = Said("还没有算出，正在计算", "Its figures are being computed")


@dataclass(frozen=True, slots=True)
class Place:
    """A district, and its year in brief as of a position; None where it has no cases in the year.

    Without a position nothing has been computed of it yet. `behind` counts the events since.
    """

    district: str
    name: str
    name_en: str
    brief: YearInBrief | None
    position: int | None
    behind: int


Measures = dict[str, dict[str, Measure]]
Ranked = dict[str, dict[str, Rank]]


def side_by_side(year: int, places: Sequence[Place]) -> CityOverview:
    """The overview of a city; the districts stand in the order they are given in."""
    measures = [(place, list(measures_of(place.brief))) for place in places if place.brief]
    measured: Measures = defaultdict(dict)
    for place, of_place in measures:
        for measure in of_place:
            measured[measure.group.key][place.district] = measure
    ranked = {
        key: ranks({district: each.exact for district, each in members.items()})
        for key, members in measured.items()
    }
    return CityOverview(
        year=year,
        total=sum(place.brief.total for place in places if place.brief),
        lines=tuple(_line(place, of_place, ranked) for place, of_place in measures),
        compared=_compared(measured, ranked),
        without=tuple(_without(place) for place in places if not place.brief),
        behind=sum(place.behind for place in places),
    )


def _line(place: Place, measures: Sequence[Measure], ranked: Ranked) -> DistrictLine:
    return DistrictLine(
        district=place.district,
        name=place.name,
        name_en=place.name_en,
        total=place.brief.total if place.brief else 0,
        standings={
            measure.group.figure: _standing(measure, ranked[measure.group.key].get(place.district))
            for measure in measures
        },
        position=place.position or 0,
        behind=place.behind,
    )


@lru_cache(MEASURES_KEPT)
def _standing(measure: Measure, rank: Rank | None) -> Standing:
    return Standing(
        group=measure.group.key,
        numerator=measure.numerator,
        denominator=measure.denominator,
        display=measure.display,
        rank=rank and rank.place,
        tied=rank.tied if rank else 1,
    )


def _without(place: Place) -> PlaceWithoutFigures:
    why = NOT_COMPUTED if place.position is None else NO_CASES
    return PlaceWithoutFigures(
        district=place.district,
        name=place.name,
        name_en=place.name_en,
        why=why.chinese,
        why_en=why.english,
        behind=place.behind,
    )


def _compared(measured: Measures, ranked: Ranked) -> tuple[Compared, ...]:
    """The groups by figure, in the order of the figures; the one with the most districts is the main."""
    groups = [next(iter(members.values())).group for members in measured.values()]
    found: list[Compared] = []
    for figure in figures_in_order():
        of_figure = sorted(
            (group for group in groups if group.figure == figure),
            key=lambda group: (-len(measured[group.key]), group.key),
        )
        for group in of_figure:
            members = measured[group.key].values()
            found.append(_group(group, of_figure[0], list(members), len(ranked[group.key])))
    return tuple(found)


def _group(group: Group, main: Group, members: Sequence[Measure], ranked: int) -> Compared:
    label = label_of(group.figure)
    numerator = sum(each.numerator for each in members)
    denominator = sum(each.denominator for each in members)
    why = Said("", "") if group == main else why_apart(group, main)
    return Compared(
        figure=group.figure,
        label=label.chinese,
        label_en=label.english,
        group=group.key,
        rule=group.rule,
        rule_text=group.text.chinese,
        rule_text_en=group.text.english,
        districts=len(members),
        ranked=ranked,
        numerator=numerator,
        denominator=denominator,
        display=NOTHING_COUNTED
        if group.figure == SCORE
        else shown(percent(numerator, denominator)),
        is_main=group == main,
        why_apart=why.chinese,
        why_apart_en=why.english,
    )


def why_apart(group: Group, main: Group) -> Said:
    """Why figures of one group are not compared with those of another."""
    if group.figure == SCORE:
        return Said(
            f"按{group.named.chinese}计分，与按{main.named.chinese}的得分不可比",
            f"Scored under {group.named.english}, which cannot be compared with"
            f" {main.named.english}",
        )
    if group.rule == main.rule:
        return Said(
            "算法相同，但规则手册里算作“满意”的等次不同，不可比",
            "The formula is the same, but the rulebooks count other levels as satisfied",
        )
    return Said(
        f"算法不同，不可比：{group.text.chinese}",
        f"Computed in another way, which cannot be compared: {group.text.english}",
    )
