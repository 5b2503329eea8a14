"""What the summary says: every figure is one that the log gives."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from annual_summary import Summary, SummaryField, compose
from annual_summary.numerals import listed, ordinal
from annual_summary.typical import choose
from contracts.figures import CaseNote, Figures, Rate, RoleCount, ScoreItem, ScoreSheet
from contracts.vocabulary import ProposalCategory, Role, Satisfaction
from evaluation.decisions.numbers import percent, shown
from evaluation.decisions.summarising import facts_of_summary
from evaluation.state import ProposalFact
from tests.annual_summary.building import (
    a_letterhead,
    prose,
    summary_of,
    summary_of_figures,
    the_sample_summary,
    words_of,
)
from tests.evaluation.building import an_assignment, figures_of, the_sample_year

NUMBER = re.compile(r"\d+(?:\.\d+)?")


def field(summary: Summary, key: str) -> SummaryField:
    return next(each for each in summary.fields if each.key == key)


def value(summary: Summary, key: str) -> Decimal | None:
    return field(summary, key).value


def test_the_sample_year_has_33_cases_of_which_4_lead_1_split_and_28_co() -> None:
    summary = the_sample_summary()
    assert "2024年，本区共办理政协提案33件，其中主办4件、分办1件、会办28件。" in words_of(summary)
    roles = [value(summary, f"role_{role}") or 0 for role in ("lead", "split", "co")]
    assert roles == [4, 1, 28]
    assert value(summary, "total") == 33 == sum(roles)


def test_the_sample_years_three_rates_are_full_and_say_of_how_many() -> None:
    assert (
        "按时办结率为100%（计入33件，达到33件）。答复率为100%（计入5件，达到5件）。"
        "满意率为100%（计入5份答复，达到5份）。"
    ) in words_of(the_sample_summary())


def test_the_sample_years_score_is_95_and_2_and_2_and_1_and_says_so_item_by_item() -> None:
    summary = the_sample_summary()
    points = [
        value(summary, key) or 0
        for key in (
            "base",
            "total-cases_points",
            "key-case-answered_points",
            "adopted-clue_points",
        )
    ]
    assert points == [95, 2, 2, 1]
    assert value(summary, "score") == 100 == sum(points)
    assert value(summary, "bonus_total") == 5
    assert "加分合计5分" in words_of(summary)
    assert "没有扣分。" in words_of(summary)


def test_a_claim_that_differs_is_a_warning_and_stands_nowhere_in_the_document() -> None:
    summary = the_sample_summary()
    assert summary.warnings == ("加分：自报 10，按日志计算 5（办理工作总结）",)
    assert "自报" not in words_of(summary)


def test_the_sections_stand_in_the_order_that_districts_report_in() -> None:
    headings = [each.text for each in the_sample_summary().said if each.style == "heading"]
    assert headings == [
        "一、基本情况",
        "二、典型案例",
        "三、存在问题和改进措施",
        "四、意见建议",
        "五、自评",
    ]


def test_every_figure_names_its_formula_and_leads_to_its_cases() -> None:
    for each in the_sample_summary().fields:
        assert each.formula
        assert each.label
        assert each.label_en
        assert each.path.startswith("/districts/longgang/") or each.key == "year"


def test_the_count_of_a_role_names_exactly_the_cases_of_that_role() -> None:
    lead = field(the_sample_summary(), "role_lead")
    assert lead.cases == ("20240101", "20240102", "20240103", "20240104")
    assert lead.path == "/districts/longgang/years/2024/cases?role=lead"


def test_a_late_and_a_dissatisfying_case_are_named_among_the_problems_with_their_reasons() -> None:
    facts = the_sample_year()
    facts[0] = replace(facts[0], completed_on=date(2024, 7, 2), replied_on=date(2024, 7, 2))
    facts[1] = replace(facts[1], satisfaction=Satisfaction.DISSATISFIED, handling_round=2)
    words = words_of(summary_of(facts))
    assert "“逾期办结”有1件：第20240101号（答复2024年7月2日，期限2024年6月30日，晚2天）。" in words
    assert "“评价为不满意”有1件：第20240102号" in words
    assert "因提案人不满意而重新办理的有1件：第20240102号。" in words
    assert "没有逾期" not in words


def test_a_year_in_which_nothing_fell_short_says_so_and_still_how_long_things_took() -> None:
    words = words_of(the_sample_summary())
    assert "没有逾期、未办结、评价为不满意和重新办理的件。" in words
    assert "会办单位共提交会办意见28份，从交办到完成平均用时83天，最长83天" in words


def test_opinions_that_came_close_to_the_limit_are_counted_up_to_the_day_of_the_limit() -> None:
    facts = [
        an_assignment(f"2024000{days}", Role.CO, completed_on=date(2024, 6, 30 - days))
        for days in range(6)
    ]
    summary = summary_of(facts)
    assert field(summary, "opinions_close").cases == tuple(f"2024000{days}" for days in range(4))


def test_typical_cases_are_key_cases_first_and_never_late_unsatisfying_or_handled_again() -> None:
    satisfied = Satisfaction.SATISFIED
    facts = [
        an_assignment("1", satisfaction=Satisfaction.BASICALLY_SATISFIED),
        an_assignment("2", satisfaction=satisfied, completed_on=date(2024, 7, 1)),
        replace(an_assignment("3", satisfaction=satisfied), handling_round=2),
        an_assignment("4", satisfaction=satisfied),
        replace(an_assignment("5", satisfaction=satisfied), key=True),
        an_assignment("6", satisfaction=satisfied),
        an_assignment("6", Role.CO, unit="区水务局"),
        an_assignment("7", Role.CO),
    ]
    cases = facts_of_summary(a_letterhead(), figures_of(facts), facts).cases
    assert [case.number for case in choose(cases)] == ["5", "6", "4"]


def test_each_typical_case_has_room_for_what_was_asked_and_what_was_done() -> None:
    keys = [each.key for each in the_sample_summary().unfilled]
    for number in ("20240101", "20240102", "20240103"):
        assert {f"case_{number}_asked", f"case_{number}_done"} <= set(keys)


def test_a_year_without_cases_and_rules_is_a_document_all_the_same() -> None:
    empty = figures_of([]).model_copy(update={"score": None})
    words = words_of(summary_of_figures(empty))
    assert "2024年，本区尚无承办的政协提案。" in words
    assert "没有计入按时办结率的件，不作计算（—）。" in words
    assert "本年度尚未采用评分规则，没有自评分。" in words


def test_braces_in_a_title_stay_braces() -> None:
    facts = [replace(an_assignment("1", satisfaction=Satisfaction.SATISFIED), title="{total}{}")]
    assert "（一）《{total}{}》（第1号）" in words_of(summary_of(facts))


def test_without_a_day_the_date_is_to_be_filled_in() -> None:
    facts = the_sample_year()
    undated = facts_of_summary(a_letterhead(None), figures_of(facts), facts)
    assert prose(compose(undated), "date").is_unfilled
    assert not prose(the_sample_summary(), "date").is_unfilled


def test_numbers_of_headings_are_written_in_chinese() -> None:
    assert [ordinal(number) for number in (1, 9, 10, 11, 20, 21, 99, 100, 4_711)] == [
        "一",
        "九",
        "十",
        "十一",
        "二十",
        "二十一",
        "九十九",
        "100",
        "4711",
    ]


def test_a_long_list_ends_with_and_others() -> None:
    assert listed("甲乙丙") == "甲、乙、丙"
    assert listed(["甲"] * 11) == "、".join(["甲"] * 10) + "等"


words = st.text('件提案甲乙{}<&"0一', max_size=6)
amounts = st.decimals(0, 200, places=2, allow_nan=False)


@st.composite
def any_notes(draw: st.DrawFn) -> tuple[CaseNote, ...]:
    numbers = draw(st.lists(st.integers(1, 99), max_size=4, unique=True))
    return tuple(
        CaseNote(proposal_id=f"p{number}", number=f"案{number}", title="题", why="", why_en="")
        for number in numbers
    )


@st.composite
def any_rates(draw: st.DrawFn) -> tuple[Rate, ...]:
    found = []
    for name in ("on_time_completion_rate", "reply_rate", "satisfaction_rate"):
        denominator = draw(st.integers(0, 500))
        numerator = draw(st.integers(0, denominator))
        exact = percent(numerator, denominator)
        found.append(
            Rate(
                id=name,
                label=draw(words),
                label_en="rate",
                formula=f"{name}.v1",
                formula_text="甲÷乙",
                formula_text_en="",
                counted="",
                counted_en="",
                numerator=numerator,
                denominator=denominator,
                value=exact,
                display=shown(exact),
                misses=draw(any_notes()),
            )
        )
    return tuple(found)


@st.composite
def any_scores(draw: st.DrawFn) -> ScoreSheet:
    items = tuple(
        ScoreItem(
            id=f"item{nth}",
            kind=draw(st.sampled_from(("deduction", "bonus"))),
            label=draw(words),
            label_en="",
            rule="每件",
            rule_en="",
            count=draw(st.integers(0, 99)),
            points=draw(amounts),
            cases=draw(any_notes()),
        )
        for nth in range(draw(st.integers(0, 4)))
    )
    return ScoreSheet(
        rulebook_id="r",
        rulebook_version=draw(st.integers(1, 9)),
        rulebook_title=draw(words),
        sample=draw(st.booleans()),
        base=draw(amounts),
        deductions=draw(amounts),
        bonus=draw(amounts),
        total=draw(amounts),
        ceiling=draw(amounts),
        items=items,
    )


@st.composite
def any_figures(draw: st.DrawFn) -> Figures:
    return Figures(
        district="longgang",
        year=draw(st.integers(1949, 2999)),
        position=draw(st.integers(0, 9)),
        total=draw(st.integers(0, 999)),
        by_role=tuple(
            RoleCount(role=role, label=role.chinese, count=draw(st.integers(0, 999)))
            for role in Role
        ),
        rates=draw(any_rates()),
        score=draw(st.none() | any_scores()),
        comparisons=(),
        rehandled=draw(any_notes()),
    )


def expected_fields(figures: Figures) -> dict[str, Decimal | None]:
    """What each field has to be worth, looked up in the figures and nowhere else."""
    expected: dict[str, Decimal | None] = {
        "year": Decimal(figures.year),
        "total": Decimal(figures.total),
        "rehandled": Decimal(len(figures.rehandled)),
    }
    expected |= {f"role_{each.role}": Decimal(each.count) for each in figures.by_role}
    for rate in figures.rates:
        expected |= {
            rate.id: rate.value,
            f"{rate.id}_numerator": Decimal(rate.numerator),
            f"{rate.id}_denominator": Decimal(rate.denominator),
            f"{rate.id}_misses": Decimal(len(rate.misses)),
            f"short_{rate.id}": Decimal(len(rate.misses)),
        }
    if score := figures.score:
        expected |= {
            "rulebook_version": Decimal(score.rulebook_version),
            "base": score.base,
            "score": score.total,
            "ceiling": score.ceiling,
            "deduction_total": score.deductions,
            "bonus_total": score.bonus,
        }
        for item in score.items:
            expected |= {
                f"{item.id}_count": Decimal(item.count),
                f"{item.id}_points": item.points,
                f"weak_{item.id}": Decimal(len(item.cases)),
            }
    return expected


@settings(max_examples=50)
@given(any_figures())
def test_whatever_the_figures_are_the_summary_states_them_and_no_others(figures: Figures) -> None:
    summary = summary_of_figures(figures)
    expected = expected_fields(figures)
    for each in summary.fields:
        assert each.value == expected[each.key], each.key
    for said in summary.said:
        printed = [each.text for each in said.fields]
        assert all(each in said.text for each in printed)


@settings(max_examples=50)
@given(any_figures())
def test_a_printed_figure_reads_back_as_its_value(figures: Figures) -> None:
    for each in summary_of_figures(figures).fields:
        if each.value is None:
            assert each.text == "—"
            continue
        read = Decimal(NUMBER.findall(each.text)[0])
        assert abs(read - each.value) < Decimal("0.01"), each.key
        assert (each.text == "100%") == (each.text.endswith("%") and each.value == 100)


def in_categories(*categories: ProposalCategory | None) -> str:
    facts = the_sample_year()[: len(categories)]
    cases = [
        ProposalFact(2024, each.proposal_id, each.title, each.number, category=category)
        for each, category in zip(facts, categories, strict=True)
    ]
    return words_of(summary_of(facts, cases))


def test_cases_are_counted_by_what_they_are_about_where_that_is_known_of_all() -> None:
    social, economic = ProposalCategory.SOCIAL, ProposalCategory.ECONOMIC
    assert "按提案类别，经济建设1件、社会建设2件。" in in_categories(social, economic, social)
    assert "按提案类别" not in in_categories(social, None, social)
    assert "按提案类别" not in words_of(the_sample_summary())
