"""The section of basic facts (基本情况): how many cases, in which roles, and the three rates."""

from annual_summary.facts import YearFacts
from annual_summary.model import Said, SummaryField
from annual_summary.numerals import listed
from annual_summary.sentences import Pages, field, join, literal, numbers_of, say
from contracts.figures import Figures, Rate, RoleCount
from contracts.vocabulary import ProposalCategory

COUNTED_BY_ANSWER = frozenset({"satisfaction_rate"})
COUNTED_ONCE = (
    "一件提案计一次，按本区承担的角色计，依次为独办、主办、分办、会办；撤案、并案的不计。"
)

COUNTED_BY_CATEGORY = "一件提案计一次，按最近一次确定的提案类别计；撤案、并案的不计。"


def counts(facts: YearFacts) -> Said:
    """How many cases the district had, by role."""
    figures = facts.figures
    year = year_field(figures)
    if not figures.total:
        return say("counts", "{year}年，本区尚无承办的政协提案。", year=year)
    total = field(
        "total",
        figures.total,
        ("办理总件数", "Cases in all"),
        COUNTED_ONCE,
        cases=numbers_of(facts.cases),
        path=Pages(figures).cases(),
    )
    roles = {f"role_{each.role}": _role(each, facts) for each in figures.by_role if each.count}
    words = "、".join(
        f"{literal(each.label)}{{role_{each.role}}}件" for each in figures.by_role if each.count
    )
    among = f"，其中{words}" if words else ""
    return say(
        "counts",
        f"{{year}}年，本区共办理政协提案{{total}}件{among}。",
        year=year,
        total=total,
        **roles,
    )


def categories(facts: YearFacts) -> tuple[Said, ...]:
    """What the cases are about; nothing where nobody has said that of some of them."""
    told = [case.category for case in facts.cases]
    if not told or None in told:
        return ()
    named = [each for each in ProposalCategory if each in told]
    words = "、".join(f"{each.chinese}{{category_{each}}}件" for each in named)
    fields = {f"category_{each}": _in_category(each, facts) for each in named}
    return (say("categories", f"按提案类别，{words}。", **fields),)


def rates(facts: YearFacts) -> tuple[Said, ...]:
    """The rates with both their terms; then, for each that is not full, the cases that fell short."""
    pages = Pages(facts.figures)
    if not facts.figures.rates:
        return ()
    of_rates = [_rate(rate, pages) for rate in facts.figures.rates]
    short = [_short_of(rate, pages) for rate in facts.figures.rates if rate.misses]
    return (join("rates", of_rates), *short)


def year_field(figures: Figures) -> SummaryField:
    text = str(figures.year)
    return field("year", figures.year, ("年度", "Year"), "本总结所报告的年度。", text=text)


def _role(each: RoleCount, facts: YearFacts) -> SummaryField:
    return field(
        f"role_{each.role}",
        each.count,
        (f"{each.label}件数", f"Cases as {each.role} unit"),
        COUNTED_ONCE,
        cases=numbers_of(case for case in facts.cases if case.role == each.role),
        path=Pages(facts.figures).cases(each.role),
    )


def _in_category(category: ProposalCategory, facts: YearFacts) -> SummaryField:
    cases = numbers_of(case for case in facts.cases if case.category is category)
    return field(
        f"category_{category}",
        len(cases),
        (f"{category.chinese}件数", f"Cases in the category: {category.value}"),
        COUNTED_BY_CATEGORY,
        cases=cases,
        path=f"{Pages(facts.figures).year}/reports/by-category",
    )


def _rate(rate: Rate, pages: Pages) -> Said:
    label = literal(rate.label)
    path = f"{pages.year}#rates"
    what = rate.formula_text + rate.counted
    value = field(
        rate.id, rate.value, (rate.label, rate.label_en), what, text=rate.display, path=path
    )
    if not rate.denominator:
        return say(rate.id, f"没有计入{label}的件，不作计算（{{value}}）。", value=value)
    unit = "份答复" if rate.id in COUNTED_BY_ANSWER else "件"
    return say(
        rate.id,
        f"{label}为{{value}}（计入{{denominator}}{unit}，达到{{numerator}}{unit[0]}）。",
        value=value,
        denominator=_term(rate, "denominator", rate.denominator, path),
        numerator=_term(rate, "numerator", rate.numerator, path),
    )


def _term(rate: Rate, name: str, value: int, path: str) -> SummaryField:
    words = {"numerator": "分子", "denominator": "分母"}[name]
    label = (f"{rate.label}的{words}", f"{rate.label_en}: {name}")
    return field(f"{rate.id}_{name}", value, label, rate.formula_text + rate.counted, path=path)


def _short_of(rate: Rate, pages: Pages) -> Said:
    numbers = numbers_of(rate.misses)
    misses = field(
        f"{rate.id}_misses",
        len(rate.misses),
        (f"未计为达到{rate.label}的件数", f"{rate.label_en}: not counted as met"),
        rate.formula_text,
        cases=numbers,
        path=pages.behind(rate.misses, "rates"),
    )
    return say(
        f"{rate.id}_misses",
        f"{literal(rate.label)}未计为达到的有{{misses}}件，案号为{literal(listed(numbers))}。",
        misses=misses,
    )
