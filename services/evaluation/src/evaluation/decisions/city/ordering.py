"""A ranking of districts by one figure, out of their overview."""

from typing import ClassVar

from contracts.city import (
    CityOverview,
    CityRanking,
    Compared,
    DistrictLine,
    RankedGroup,
    RankedPlace,
)
from contracts.refusal import Refused
from evaluation.decisions.city.measuring import figures_in_order, label_of


class NoSuchFigure(Refused):
    """没有名为“{figure}”的指标；可以排名的有：{known}。"""

    english: ClassVar[str] = "There is no figure '{figure}'; those that can be ranked are: {known}."


def ranking(overview: CityOverview, figure: str) -> CityRanking:
    """The districts by one rate or the score, a ranking for each group. Raises NoSuchFigure."""
    if figure not in figures_in_order():
        raise NoSuchFigure(figure=figure, known=", ".join(figures_in_order()))
    label = label_of(figure)
    return CityRanking(
        year=overview.year,
        figure=figure,
        label=label.chinese,
        label_en=label.english,
        groups=tuple(
            RankedGroup(compared=group, places=_places(overview, group))
            for group in overview.compared
            if group.figure == figure
        ),
        without=overview.without,
        behind=overview.behind,
    )


def _places(overview: CityOverview, group: Compared) -> tuple[RankedPlace, ...]:
    """The highest first; of equals, in the order of their codes; who has no place comes last."""
    members = (
        _place(line, group)
        for line in overview.lines
        if group.figure in line.standings and line.standings[group.figure].group == group.group
    )
    return tuple(
        sorted(members, key=lambda each: (each.rank is None, each.rank or 0, each.district))
    )


def _place(line: DistrictLine, group: Compared) -> RankedPlace:
    standing = line.standings[group.figure]
    return RankedPlace(
        rank=standing.rank,
        tied=standing.tied,
        district=line.district,
        name=line.name,
        name_en=line.name_en,
        numerator=standing.numerator,
        denominator=standing.denominator,
        display=standing.display,
        position=line.position,
        behind=line.behind,
    )
