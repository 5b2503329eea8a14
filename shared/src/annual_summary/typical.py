"""The section of typical cases (典型案例): which ones the log offers, and what it says of them."""

from annual_summary.facts import Ask, Part, YearCase, YearFacts
from annual_summary.model import Block, Prose, Said, Style, SummaryField
from annual_summary.numerals import day, listed, ordinal, subheading
from annual_summary.sentences import Pages, field, literal, say

CHOSEN_AT_MOST = 3
CHOICE = (
    "从日志选取：已按时答复、评价为满意、没有重新办理的件；重点提案在前，"
    f"其次会办单位多的，再按案号，最多{CHOSEN_AT_MOST}件。"
)


def typical_cases(facts: YearFacts) -> list[Block]:
    """The cases that are worth telling: what the log says, and room for what was asked and done."""
    chosen = choose(facts.cases)
    if not chosen:
        return [_none_found()]
    pages = Pages(facts.figures)
    blocks: list[Block] = []
    for nth, case in enumerate(chosen, start=1):
        blocks += [
            _headed(nth, case, pages),
            _told(case, pages),
            *_asked(case, pages),
            *_room(case),
        ]
    return blocks


def choose(cases: tuple[YearCase, ...]) -> list[YearCase]:
    """Answered in time, rated satisfied, in one round; key first, then the most co-units."""
    worthy = [case for case in cases if case.answering and all(map(_went_well, case.answering))]
    return sorted(worthy, key=_worth_telling)[:CHOSEN_AT_MOST]


def _went_well(part: Part) -> bool:
    return (
        part.completed_on is not None
        and part.completed_on <= part.due_on
        and part.satisfied
        and part.handling_round == 1
    )


def _worth_telling(case: YearCase) -> tuple[bool, int, str]:
    return not case.key, -len(case.co_units), case.number


def _headed(nth: int, case: YearCase, pages: Pages) -> Said:
    return say(
        f"case_{case.number}",
        literal(subheading(nth, f"《{case.title}》")) + "（第{number}号）",
        Style.SUBHEADING,
        number=_of(case, "number", case.number, ("案号", "Case number"), pages),
    )


def _told(case: YearCase, pages: Pages) -> Said:
    answers = "；".join(
        literal(f"{part.unit}{part.role.chinese}，")
        + f"{{replied_{nth}}}答复提案人，办理用时{{days_{nth}}}天，评价为“{{rating_{nth}}}”"
        for nth, part in enumerate(case.answering)
    )
    fields: dict[str, SummaryField] = {}
    for nth, part in enumerate(case.answering):
        fields |= _answer(case, nth, part, pages)
    key = "本件为重点提案。" if case.key else ""
    co_units = _co_units(case)
    if case.co_units:
        fields["co_units"] = _of(
            case, "co_units", len(case.co_units), ("会办单位数", "Number of co-units"), pages
        )
    return say(f"case_{case.number}_told", f"{key}{answers}。{co_units}", **fields)


def _co_units(case: YearCase) -> str:
    if not case.co_units:
        return ""
    return f"会办单位有{{co_units}}个：{literal(listed(part.unit for part in case.co_units))}。"


def _answer(case: YearCase, nth: int, part: Part, pages: Pages) -> dict[str, SummaryField]:
    if part.completed_on is None or not part.rating:
        return {}
    replied = day(part.completed_on)
    found = {
        "replied": (replied, ("答复日期", "Answered on")),
        "days": (part.days_taken, ("从交办到答复的天数", "Days from dispatch to answer")),
        "rating": (part.rating, ("评价", "Rating")),
    }
    return {
        f"{name}_{nth}": _of(case, f"{name}_{nth}", value, label, pages)
        for name, (value, label) in found.items()
    }


def _of(
    case: YearCase, name: str, value: int | str | None, label: tuple[str, str], pages: Pages
) -> SummaryField:
    number = value if isinstance(value, int) else None
    text = value if isinstance(value, str) else None
    return field(
        f"case_{case.number}_{name}",
        number,
        label,
        CHOICE,
        text=text,
        cases=(case.number,),
        path=pages.case(case.proposal_id),
    )


def _asked(case: YearCase, pages: Pages) -> list[Said]:
    """Each point of the proposal beside what was done about it, where both are recorded."""
    if not case.asks:
        return []
    done = sum(ask.is_done for ask in case.asks)
    counts = say(
        f"case_{case.number}_asks",
        "提案提出建议{asks}条，其中办理结果为“已完成”的{done}条，逐条对照如下。",
        asks=_of(case, "asks", len(case.asks), ("建议条数", "Points asked for"), pages),
        done=_of(case, "asks_done", done, ("已完成的建议条数", "Points done"), pages),
    )
    return [counts, *(_beside(case, ask) for ask in case.asks)]


def _beside(case: YearCase, ask: Ask) -> Said:
    """What was asked, and what each unit did about it, in the words of the record."""
    done = "；".join(
        f"{each.unit}{_ended(each.answer)}（{each.state.chinese}"
        + (f"，佐证：{each.evidence}）" if each.evidence else "）")
        for each in ask.done
    )
    words = f"建议{ordinal(ask.number)}：{_ended(ask.text)}。办理：{done or '尚无办理结果的记录'}。"
    return say(f"case_{case.number}_ask_{ask.number}", literal(words))


def _ended(words: str) -> str:
    """The words without the mark they end in, so that the sentence can go on."""
    return words.strip().rstrip("。.；;")


def _room(case: YearCase) -> list[Block]:
    """Room for what was asked, unless the log tells it (what was written before stays); and for results."""
    named = f"第{case.number}号"
    asked = () if case.asks else ("〔请填写：提案提出的主要建议，逐条摘录。〕",)
    return [
        Prose(
            key=f"case_{case.number}_asked",
            label=f"{named}的建议",
            label_en=f"What case {case.number} asks for",
            style=Style.BODY,
            suggestion=asked,
            to_fill=not case.asks,
        ),
        Prose(
            key=f"case_{case.number}_done",
            label=f"{named}的办理",
            label_en=f"What was done about case {case.number}",
            style=Style.BODY,
            suggestion=("〔请填写：对照上述建议，逐条写明所做的工作和取得的成效。〕",),
            to_fill=True,
        ),
    ]


def _none_found() -> Prose:
    return Prose(
        key="cases",
        label="典型案例",
        label_en="Typical cases",
        style=Style.BODY,
        suggestion=("〔请填写：按现有记录，尚无按时答复且评价为满意的件，请自行选取案例。〕",),
        to_fill=True,
    )
