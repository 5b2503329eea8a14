"""The measured part of problems (存在问题): what came late or again, and how long it took."""

from annual_summary.coordination import coordination
from annual_summary.facts import YearFacts
from annual_summary.model import Said, SummaryField
from annual_summary.numerals import listed, official
from annual_summary.pace import paces
from annual_summary.sentences import Pages, field, literal, numbers_of, say
from contracts.figures import CaseNote


def weak_spots(facts: YearFacts) -> list[Said]:
    """What the log measured, each with its cases; and that nothing fell short, where nothing did."""
    found = [*_charged(facts), *_handled_again(facts)]
    return [*(found or [_nothing_short(facts)]), *paces(facts), *coordination(facts)]


def _charged(facts: YearFacts) -> list[Said]:
    """One sentence for each deduction that applied, or for each rate that is not full."""
    pages = Pages(facts.figures)
    if facts.figures.score is None:
        return [
            _short(f"short_{rate.id}", rate.label, rate.misses, pages)
            for rate in facts.figures.rates
            if rate.misses
        ]
    return [
        _short(f"weak_{item.id}", item.label, item.cases, pages)
        for item in facts.figures.score.items
        if item.kind == "deduction" and item.cases
    ]


def _short(key: str, label: str, notes: tuple[CaseNote, ...], pages: Pages) -> Said:
    named = literal(listed(f"第{note.number}号（{official(note.why)}）" for note in notes))
    count = _count_of(key, f"“{label}”的件数", notes, pages)
    return say(key, f"“{literal(label)}”有{{count}}件：{named}。", count=count)


def _handled_again(facts: YearFacts) -> list[Said]:
    notes, pages = facts.figures.rehandled, Pages(facts.figures)
    if not notes:
        return []
    count = _count_of("rehandled", "重新办理的件数", notes, pages)
    named = literal(listed(f"第{note.number}号" for note in notes))
    return [say("rehandled", f"因提案人不满意而重新办理的有{{count}}件：{named}。", count=count)]


def _count_of(key: str, label: str, notes: tuple[CaseNote, ...], pages: Pages) -> SummaryField:
    return field(
        key,
        len(notes),
        (label, "Cases that fell short"),
        "按日志逐件认定，各件所依据的日志位次见系统。",
        cases=numbers_of(notes),
        path=pages.behind(notes, "score"),
    )


def _nothing_short(facts: YearFacts) -> Said:
    text = "按办理记录，没有逾期、未办结、评价为不满意和重新办理的件。"
    return say("nothing_short", text if facts.figures.total else "尚无可供统计的办理记录。")
