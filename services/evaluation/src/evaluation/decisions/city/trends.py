"""A district's figures over the years: compared where the formula is the same, apart where it is not."""

from collections.abc import Sequence
from decimal import Decimal

from contracts.city import DistrictTrends, Trend, TrendPoint, YearInBrief
from evaluation.decisions.city.measuring import (
    Measure,
    as_decimal,
    figures_in_order,
    label_of,
    measures_of,
)
from evaluation.decisions.city.overview import why_apart
from evaluation.decisions.wording import Said

Year = tuple[int, Measure]

NOTHING_TO_SAY = Said("", "")


def trends(
    district: str, position: int, behind: int, years: Sequence[YearInBrief]
) -> DistrictTrends:
    """Every figure over the years, by the rule of its latest year."""
    ordered = sorted(years, key=lambda each: each.year)
    measured: dict[str, list[Year]] = {}
    for brief in ordered:
        for measure in measures_of(brief):
            measured.setdefault(measure.group.figure, []).append((brief.year, measure))
    return DistrictTrends(
        district=district,
        position=position,
        behind=behind,
        years=tuple(each.year for each in ordered),
        totals=tuple(each.total for each in ordered),
        trends=tuple(
            _trend(figure, measured[figure]) for figure in figures_in_order() if figure in measured
        ),
    )


def _trend(figure: str, measured: Sequence[Year]) -> Trend:
    main, label = measured[-1][1].group, label_of(figure)
    alike = [each for each in measured if each[1].group == main]
    before = [None, *(measure for _, measure in alike[:-1])]
    return Trend(
        figure=figure,
        label=label.chinese,
        label_en=label.english,
        group=main.key,
        rule=main.rule,
        rule_text=main.text.chinese,
        rule_text_en=main.text.english,
        points=tuple(
            _point(year, measure, _change(earlier, measure))
            for (year, measure), earlier in zip(alike, before, strict=True)
        ),
        apart=tuple(
            _point(year, measure, None, why_apart(measure.group, main))
            for year, measure in measured
            if measure.group != main
        ),
    )


def _change(earlier: Measure | None, later: Measure) -> Decimal | None:
    """The difference to the year before that was computed in the same way, in points."""
    if earlier is None or earlier.exact is None or later.exact is None:
        return None
    return as_decimal(later.exact - earlier.exact)


def _point(
    year: int, measure: Measure, change: Decimal | None, why: Said = NOTHING_TO_SAY
) -> TrendPoint:
    return TrendPoint(
        year=year,
        group=measure.group.key,
        numerator=measure.numerator,
        denominator=measure.denominator,
        value=measure.value,
        display=measure.display,
        change=change,
        why_apart=why.chinese,
        why_apart_en=why.english,
    )
