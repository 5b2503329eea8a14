"""Composes a year's summary: five sections in the order that districts report in."""

from collections.abc import Sequence

from annual_summary import prose
from annual_summary.basics import categories, counts, rates
from annual_summary.facts import YearFacts
from annual_summary.model import Block, Said, Style, Summary
from annual_summary.numerals import heading, plain, subheading
from annual_summary.scoring import self_score
from annual_summary.sentences import literal, say
from annual_summary.typical import typical_cases
from annual_summary.weak_spots import weak_spots
from contracts.figures import Comparison


def compose(facts: YearFacts) -> Summary:
    """Fill the figures from the log and leave room for what people have to say."""
    letterhead, figures = facts.letterhead, facts.figures
    differing = [each for each in figures.comparisons if each.differs]
    return Summary(
        district=figures.district,
        issuer=letterhead.issuer,
        year=figures.year,
        position=figures.position,
        title=f"{letterhead.issuer}{figures.year}年政协提案办理工作总结",
        blocks=(
            *prose.head(letterhead, figures.year),
            *_basic_facts(facts),
            _section(2, "典型案例"),
            *typical_cases(facts),
            *_problems_and_measures(facts),
            _section(4, "意见建议"),
            prose.SUGGESTIONS,
            _section(5, "自评"),
            self_score(facts),
            prose.CLOSING,
            *prose.foot(letterhead, figures.year),
        ),
        warnings=tuple(_warning(each) for each in differing),
        warnings_en=tuple(_warning_en(each) for each in differing),
    )


def _basic_facts(facts: YearFacts) -> Sequence[Block]:
    return [
        _section(1, "基本情况"),
        _subsection(1, 1, "办理总体情况"),
        counts(facts),
        *categories(facts),
        *rates(facts),
        _subsection(1, 2, "主要做法"),
        prose.PRACTICE,
    ]


def _problems_and_measures(facts: YearFacts) -> Sequence[Block]:
    return [
        _section(3, "存在问题和改进措施"),
        _subsection(3, 1, "存在问题"),
        *weak_spots(facts),
        prose.PROBLEMS,
        _subsection(3, 2, "改进措施"),
        prose.MEASURES,
    ]


def _section(number: int, words: str) -> Said:
    return say(f"section_{number}", literal(heading(number, words)), Style.HEADING)


def _subsection(section: int, number: int, words: str) -> Said:
    text = literal(subheading(number, words))
    return say(f"section_{section}_{number}", text, Style.SUBHEADING)


def _warning(each: Comparison) -> str:
    computed = "无从计算" if each.computed is None else plain(each.computed)
    return f"{each.label}：自报 {plain(each.claimed)}，按日志计算 {computed}（{each.source}）"


def _warning_en(each: Comparison) -> str:
    computed = "cannot be computed" if each.computed is None else plain(each.computed)
    return f"{each.label_en}: claimed {plain(each.claimed)}, computed {computed} ({each.source})"
