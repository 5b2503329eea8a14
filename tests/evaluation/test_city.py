"""Districts side by side: what is compared, in which order it stands, and what stands apart and why."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.city import (
    CityOverview,
    Compared,
    DistrictTrends,
    RateTerms,
    ScoreInBrief,
    Trend,
    YearInBrief,
)
from contracts.vocabulary import Satisfaction
from evaluation.decisions.city.in_brief import in_brief
from evaluation.decisions.city.measuring import measures_of
from evaluation.decisions.city.ordering import NoSuchFigure, ranking
from evaluation.decisions.city.overview import Place, side_by_side
from evaluation.decisions.city.ranking import Rank, ranks
from evaluation.decisions.city.trends import trends
from evaluation.decisions.report import compute_figures
from tests.evaluation.building import RULEBOOK, figures_of, the_sample_year

RATED, ALL = "satisfaction.by_rated_reply.v1", "satisfaction.by_reply.v1"
BY_CASE = "reply.by_answering_case.v1"
SATISFIED = (Satisfaction.SATISFIED,)
BROADLY = (Satisfaction.SATISFIED, Satisfaction.BASICALLY_SATISFIED)


def satisfaction(
    numerator: int,
    denominator: int,
    formula: str = RATED,
    satisfied: tuple[Satisfaction, ...] = SATISFIED,
    year: int = 2024,
) -> YearInBrief:
    terms = RateTerms("satisfaction_rate", formula, numerator, denominator)
    return YearInBrief(year, denominator, satisfied, (terms,))


def scored(total: str, rulebook: str = "shenzhen-2024", version: int = 1) -> YearInBrief:
    score = ScoreInBrief(rulebook, version, "规则", "Rules", Decimal(total))
    return YearInBrief(2024, 1, SATISFIED, (), score)


def place(
    code: str, brief: YearInBrief | None, position: int | None = 10, behind: int = 0
) -> Place:
    return Place(code, f"{code}区", f"{code} District", brief, position, behind)


def city(**briefs: YearInBrief) -> CityOverview:
    return side_by_side(2024, [place(code, brief) for code, brief in briefs.items()])


def standing(overview: CityOverview, code: str, figure: str = "satisfaction_rate") -> Rank | None:
    (line,) = (each for each in overview.lines if each.district == code)
    found = line.standings[figure]
    return None if found.rank is None else Rank(found.rank, found.tied)


def groups(overview: CityOverview) -> list[Compared]:
    return list(overview.compared)


def test_equals_share_a_rank_and_the_next_rank_is_left_out() -> None:
    overview = city(
        a=satisfaction(9, 10), b=satisfaction(10, 10), c=satisfaction(18, 20), d=satisfaction(1, 2)
    )
    found = {code: standing(overview, code) for code in "abcd"}
    assert found == {"b": Rank(1, 1), "a": Rank(2, 2), "c": Rank(2, 2), "d": Rank(4, 1)}


def test_rates_that_print_alike_are_not_taken_for_equal() -> None:
    overview = city(a=satisfaction(99_999, 100_000), b=satisfaction(99_998, 100_000))
    prints = {line.standings["satisfaction_rate"].display for line in overview.lines}
    assert prints == {"99.99%"}
    assert (standing(overview, "a"), standing(overview, "b")) == (Rank(1, 1), Rank(2, 1))


def test_a_district_where_nothing_is_counted_has_no_rank_and_comes_last() -> None:
    overview = city(a=satisfaction(0, 0), b=satisfaction(0, 10))
    assert standing(overview, "a") is None
    (group,) = ranking(overview, "satisfaction_rate").groups
    assert [(each.district, each.rank, each.display) for each in group.places] == [
        ("b", 1, "0%"),
        ("a", None, "—"),
    ]
    assert (group.compared.districts, group.compared.ranked) == (2, 1)


def test_rates_of_another_formula_stand_apart_with_the_reason() -> None:
    overview = city(
        a=satisfaction(5, 10), b=satisfaction(6, 10), c=satisfaction(10, 10, formula=ALL)
    )
    main, other = groups(overview)
    assert (main.rule, main.is_main, main.why_apart) == (RATED, True, "")
    assert (main.numerator, main.denominator, main.display) == (11, 20, "55%")
    assert (other.rule, other.is_main, other.districts) == (ALL, False, 1)
    assert other.rule_text in other.why_apart
    assert other.rule_text_en in other.why_apart_en
    assert ALL not in other.why_apart + other.why_apart_en
    assert standing(overview, "c") == Rank(1, 1)
    assert standing(overview, "b") == Rank(1, 1)


def test_one_formula_that_counts_other_levels_as_satisfied_is_not_compared() -> None:
    overview = city(a=satisfaction(5, 10), b=satisfaction(9, 10, satisfied=BROADLY))
    main, other = groups(overview)
    assert main.rule == other.rule == RATED
    assert main.group != other.group
    assert "等次不同" in other.why_apart
    assert "基本满意" in other.rule_text
    assert "Basically satisfied" in other.rule_text_en


def test_a_formula_that_does_not_ask_for_levels_is_compared_whatever_counts_as_satisfied() -> None:
    terms = RateTerms("reply_rate", BY_CASE, 1, 2)
    overview = city(
        a=YearInBrief(2024, 2, SATISFIED, (terms,)), b=YearInBrief(2024, 2, BROADLY, (terms,))
    )
    assert len(groups(overview)) == 1
    assert standing(overview, "a", "reply_rate") == Rank(1, 2)


def test_scores_are_compared_under_one_version_of_one_rulebook_only() -> None:
    overview = city(a=scored("95"), b=scored("100.5"), c=scored("99", version=2))
    assert standing(overview, "b", "score") == Rank(1, 1)
    assert standing(overview, "a", "score") == Rank(2, 1)
    main, other = groups(overview)
    assert (main.rule, other.rule) == ("shenzhen-2024 v1", "shenzhen-2024 v2")
    assert "第 2 版计分，与按《规则》第 1 版的得分不可比" in other.why_apart
    assert "shenzhen-2024" not in other.why_apart + other.why_apart_en
    assert [line.standings["score"].display for line in overview.lines] == ["95", "100.5", "99"]


def test_districts_without_cases_and_those_not_computed_yet_are_told_apart() -> None:
    overview = side_by_side(
        2024,
        [
            place("a", satisfaction(1, 1), behind=2),
            place("b", None, position=7),
            place("c", None, position=None, behind=5),
        ],
    )
    assert [line.district for line in overview.lines] == ["a"]
    assert [(each.district, each.behind) for each in overview.without] == [("b", 0), ("c", 5)]
    assert overview.without[0].why != overview.without[1].why
    assert overview.behind == 7


def test_a_figure_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(NoSuchFigure) as refused:
        ranking(city(a=scored("95")), "speed")
    assert "speed" in refused.value.chinese
    assert "satisfaction_rate" in refused.value.in_english


def test_a_year_in_brief_says_what_all_its_figures_say() -> None:
    figures = figures_of(the_sample_year())
    brief = in_brief(figures, RULEBOOK)
    assert (brief.year, brief.total, brief.satisfied) == (2024, 33, SATISFIED)
    assert [(each.id, each.numerator, each.denominator) for each in brief.rates] == [
        (rate.id, rate.numerator, rate.denominator) for rate in figures.rates
    ]
    assert figures.score is not None
    assert brief.score is not None
    assert brief.score.total == figures.score.total
    by_figure = {each.group.figure: each.display for each in measures_of(brief)}
    for rate in figures.rates:
        assert by_figure[rate.id] == rate.display


def test_the_rules_printed_beside_a_comparison_are_those_of_the_report() -> None:
    figures = figures_of(the_sample_year())
    overview = city(a=in_brief(figures, RULEBOOK))
    printed = {each.figure: each.rule_text for each in overview.compared}
    for rate in figures.rates:
        assert printed[rate.id] == rate.formula_text


def test_without_a_rulebook_there_are_rates_and_no_score() -> None:
    figures = compute_figures("longgang", 2024, 1, the_sample_year(), (), (), None)
    brief = in_brief(figures, None)
    assert (brief.satisfied, brief.score) == (SATISFIED, None)
    assert len(brief.rates) == 3


def over_the_years(*years: YearInBrief) -> DistrictTrends:
    return trends("longgang", 100, 0, years)


def the_trend(*years: YearInBrief) -> Trend:
    (found,) = over_the_years(*years).trends
    return found


def test_a_trend_gives_each_year_and_its_change_in_points() -> None:
    trend = the_trend(
        satisfaction(9, 10, year=2024), satisfaction(1, 2, year=2022), satisfaction(3, 4, year=2023)
    )
    assert [(each.year, each.display, each.change) for each in trend.points] == [
        (2022, "50%", None),
        (2023, "75%", Decimal(25)),
        (2024, "90%", Decimal(15)),
    ]
    assert trend.apart == ()


def test_a_year_under_another_formula_is_shown_apart_and_breaks_no_line() -> None:
    trend = the_trend(
        satisfaction(1, 2, year=2022),
        satisfaction(4, 4, year=2023, formula=ALL),
        satisfaction(3, 4, year=2024),
    )
    assert [(each.year, each.change) for each in trend.points] == [
        (2022, None),
        (2024, Decimal(25)),
    ]
    (apart,) = trend.apart
    assert (apart.year, apart.display, apart.change) == (2023, "100%", None)
    assert apart.why_apart.startswith("算法不同，不可比：")
    assert ALL not in apart.why_apart + apart.why_apart_en
    assert trend.rule == RATED


def test_a_year_in_which_nothing_is_counted_has_no_change() -> None:
    trend = the_trend(satisfaction(0, 0, year=2023), satisfaction(3, 4, year=2024))
    assert [(each.value, each.change) for each in trend.points] == [
        (None, None),
        (Decimal(75), None),
    ]


def test_trends_list_every_year_with_its_cases() -> None:
    found = over_the_years(satisfaction(1, 2, year=2023), replace(scored("96"), year=2024))
    assert (found.years, found.totals) == ((2023, 2024), (2, 1))
    assert [each.figure for each in found.trends] == ["satisfaction_rate", "score"]


fractions = st.none() | st.fractions(min_value=0, max_value=100, max_denominator=7)


@given(st.dictionaries(st.integers(0, 50), fractions))
def test_a_rank_is_one_more_than_how_many_are_higher(values: dict[int, Fraction | None]) -> None:
    counted = [value for value in values.values() if value is not None]
    expected = {
        who: Rank(1 + sum(each > value for each in counted), counted.count(value))
        for who, value in values.items()
        if value is not None
    }
    assert ranks(values) == expected
