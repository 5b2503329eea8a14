"""Figures for somebody who may not read every case: the same counts, without the cases' names."""

from contracts.figures import Figures
from evaluation.decisions.holding.answers import insights_of
from evaluation.endpoints.readers import naming_only, notes_in
from tests.console.sample_city import some_cases
from tests.evaluation.building import RULEBOOK, an_assignment, figures_of, the_sample_year


def some_figures() -> Figures:
    return figures_of([*the_sample_year(), an_assignment("20249999")])


def named(told: object) -> set[str]:
    return {note.proposal_id for note in notes_in(told)}


def test_figures_name_only_the_open_cases_at_any_depth() -> None:
    told = some_figures()
    everything = named(told)
    is_open = frozenset(sorted(everything)[:1])
    assert len(everything) > len(is_open)
    assert named(naming_only(told, is_open)) == is_open
    assert naming_only(told, frozenset(everything)) == told


def test_no_title_is_left_where_no_case_is_open() -> None:
    told = some_figures()
    titles = {note.title for note in notes_in(told)}
    written = naming_only(told, frozenset()).model_dump_json()
    assert any(each.margin for each in told.rates)
    assert titles
    assert Figures.model_validate_json(written) == naming_only(told, frozenset())
    assert not [title for title in titles if title in written]


def test_counts_rates_and_points_stay_the_same() -> None:
    told = some_figures()
    bare = naming_only(told, frozenset())
    for one, other in zip(told.rates, bare.rates, strict=True):
        assert (one.numerator, one.denominator) == (other.numerator, other.denominator)
    assert (told.total, told.by_role) == (bare.total, bare.by_role)
    assert told.score is not None
    assert bare.score is not None
    assert [(each.count, each.points) for each in told.score.items] == [
        (each.count, each.points) for each in bare.score.items
    ]
    insights = insights_of("longgang", 2024, some_cases(), RULEBOOK, 10)
    assert named(insights)
    hidden = naming_only(insights, frozenset())
    assert not named(hidden)
    assert [each.count for each in hidden.cross] == [each.count for each in insights.cross]
