"""Whether a figure that is stated twice is the same both times."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from contracts.checking import Certainty, Finding, Kind
from document_check.bases import TOTAL_WORD
from document_check.divisions import divisions_of
from document_check.document import Document
from document_check.families import name_of
from document_check.findings import Wording
from document_check.quantities import PERCENT, Quantity
from document_check.rates import rates_in
from document_check.scopes import Scope, scope_of

CASES = r"(?:政协|人大|代表|委员|市|区|县|省)*(?:议案建议|建议提案|议提案|提案建议|建议和提案|提案和建议|提案|建议|议案)"
ALL_OF_THEM = re.compile(rf"{CASES}?(?:已|均|全部|都|内容|中(?=[，：有])|里|的办理)")
REFERRING = re.compile(
    r"(?:^|[对将的，：])(?:上述|以上|这|该|所有|全部|[^，。]{0,16}(?:办理答复|收到|承办|办理|交办|立案|提交|提出)的)?$"
)
LEADING_UP = re.compile(
    r"^(?:确保|做到|实现|达到|保持|其中|建议提案|政协提案|提案|建议|的|虽然|尽管|但是?|目前|整体|总体|全年|全区|今年|本年度?|综合|平均|经统计|且|年度|一次性)+"
)
ANNOUNCES = re.compile(
    rf"(?:收到|提交|提出|承办|办理|受理|交办|接收|征集)[^，。；：]{{0,24}}?{CASES}共?计?$|立案(?:提案)?$"
)
HANDLED = re.compile(r"(?:办理答复|收到|承办|办理|交办|立案|提交)的$")
OTHERS = re.compile(r"由|其中|单位|局|街道|部门|系统|代表团")
CASES_BEHIND = re.compile(CASES)
NARROWED = re.compile(
    r"[主分会协独]办|重点|[ABCD]类|满意|未|不|已办|(?:办结|办复)的|其余|另|个人|集体|联名|并案|优秀|涉及|平时|大会|[\u4e00-\u9fff]+方面"
)
CONCEPTS = {
    "总件数": (
        re.compile(
            rf"(?:收到|承办|办理|受理|交办|接收|接到|承接)[^，。；：]{{0,24}}?{CASES}(?:总)?(?:件数|数量)?(?:共计?|总计|合计)$"
            rf"|共(?:计)?(?:征集到?|提交|提出|收到|承办|办理|受理|接收|接到|承接)[^，。；：]{{0,24}}?{CASES}$"
            r"|(?:办理|承办|提案|建议)总件数(?:为|共)?$|(?:提案|建议)总数(?:为|共)?$"
        ),
        "total",
    ),
    "立案数": (re.compile(r"(?:^|审查|予以|共|[，的])立案(?:提案)?(?:共|为)?$|立案数(?:为)?$"), "cases filed"),
    "主办件数": (re.compile(r"^(?:其中|包括|含|由我[局区])*(?:主办)(?:件|提案|建议)?(?:的)?(?:有|为|共)*$"), "lead cases"),
    "会办件数": (re.compile(r"^(?:其中|包括|含|和|与)*(?:会办|协办)(?:件|提案|建议)?(?:的)?(?:有|为|共)*$"), "co-handled cases"),
    "重点提案数": (re.compile(r"重点(?:提案|建议)(?:共|为|有)*$"), "key proposals"),
    "满意数": (re.compile(r"^(?:其中|评价为|表示)*“?满意”?(?:的|提案|建议)?(?:有|为|共)*$"), "satisfied"),
}  # fmt: skip


SLIP = Decimal("0.25")
SINGLED_OUT = re.compile(r"[主分会独协]办|重点|初次|首次|[A-D]类|例如|个别|有的|部分|对办理|单位")


@dataclass(frozen=True)
class Statement:
    """A figure stated under a name that is stated elsewhere too."""

    name: str
    english: str
    quantity: Quantity
    scope: Scope


def contradictions_in_repeats(document: Document) -> Iterator[Finding]:
    yield from _repeated(document, list(counts_stated(document)))
    yield from _repeated(document, list(rates_stated(document)))
    yield from _referring(document)


def counts_stated(document: Document) -> Iterator[Statement]:
    """The counts that are stated under a name: 总件数, 立案数, 主办件数, …"""
    for quantity in document.quantities:
        if quantity.unit not in {"件", "份", "篇", "条"} or quantity.compared or not quantity.exact:
            continue
        label = name_of(quantity.label)
        for name, (pattern, english) in CONCEPTS.items():
            wanted = document.clause_before(quantity) if name == "总件数" else label
            if pattern.search(wanted) and not (name == "总件数" and NARROWED.search(wanted)):
                yield Statement(name, english, quantity, scope_of(document, quantity))


def rates_stated(document: Document) -> Iterator[Statement]:
    """The rates that are stated of everything, not of some cases only."""
    for rate in rates_in(document):
        which = LEADING_UP.sub("", rate.which)
        alone = SINGLED_OUT.search(document.text[max(0, rate.start - 30) : rate.start])
        if not which and not alone and rate.value.exact and not rate.value.compared:
            scope = scope_of(document, rate.value)
            yield Statement(f"{rate.name}率", "rate", rate.value, scope)


def _repeated(document: Document, statements: Sequence[Statement]) -> Iterator[Finding]:
    """The first statement of a name against each later one that may be about the same."""
    clear = [each for each in statements if _is_clear(each, statements)]
    for later in clear:
        for first in clear:
            if first.quantity.start >= later.quantity.start:
                break
            if first.name == later.name and _differ(document, first, later):
                yield _finding(document, first, later)
                break


def _is_clear(statement: Statement, statements: Sequence[Statement]) -> bool:
    """Whether it says which year and session it is of, where the text has several."""
    scopes = [each.scope for each in statements if each.name == statement.name]
    several_years = len({each.years for each in scopes if each.years}) > 1
    several_sessions = len({each.sessions for each in scopes if each.sessions}) > 1
    of = statement.scope
    return (bool(of.years) or not several_years) and (bool(of.sessions) or not several_sessions)


def _differ(document: Document, first: Statement, later: Statement) -> bool:
    one, other = first.quantity, later.quantity
    if one.unit != other.unit or not first.scope.may_be(later.scope):
        return False
    if document.sentence_at(one.start) == document.sentence_at(other.start):
        return False
    if one.unit == PERCENT:
        return abs(one.value - other.value) >= max(one.step, other.step)
    return slip(one, other) and not _related(document, one, other)


def slip(one: Quantity, other: Quantity) -> bool:
    """Whether two different counts are close enough to be one count with a slip of the pen."""
    if one.value == other.value:
        return False
    wrong = sum(a != b for a, b in zip(one.number, other.number, strict=False))
    alike = len(one.number) == len(other.number) > 1 and wrong == 1
    return alike or abs(one.value - other.value) <= SLIP * max(one.value, other.value)


def _related(document: Document, one: Quantity, other: Quantity) -> bool:
    """Whether one of the two is the other with some figure of the text added: 4 + 1 = 5."""
    values = {each.value for each in document.quantities if each.unit == one.unit}
    return abs(one.value - other.value) in values


def _finding(document: Document, first: Statement, later: Statement) -> Finding:
    one, other = first.quantity, later.quantity
    says = Wording(document, Kind.REPEAT, Certainty.LIKELY)
    says.arithmetic = f"{one.printed} ≠ {other.printed}"
    says.message = (
        f"{first.name}前文为 {one.printed}，此处为 {other.printed}。",
        f"The {first.english} is {one.printed} earlier in the text and {other.printed} here.",
    )
    says.right = (
        "如指同一事项，两处应当一致；如口径不同，请写明。",
        "If both mean the same, they should agree; if not, please say what each counts.",
    )
    return says.found([other, one])


def _referring(document: Document) -> Iterator[Finding]:
    """251件提案已全部办结, where the text has only 286 and 250 before."""
    for quantity in document.quantities:
        if not _refers(document, quantity):
            continue
        counted = [
            each
            for each in document.quantities
            if each.unit == quantity.unit and each is not quantity
        ]
        before = [each for each in counted if each.end < quantity.start and each.exact]
        announced = [each for each in before if ANNOUNCES.search(document.clause_before(each))]
        total = announced[-1] if announced else quantity
        if not announced or not scope_of(document, total).may_be(scope_of(document, quantity)):
            continue
        if quantity.value in _explained(document, quantity, counted):
            continue
        if slip(quantity, total):
            yield _unknown(document, quantity, total)


def _refers(document: Document, quantity: Quantity) -> bool:
    if quantity.unit != "件" or not quantity.exact or quantity.compared:
        return False
    if NARROWED.search(quantity.label) or NARROWED.search(quantity.tail):
        return False
    if HANDLED.search(quantity.label) and not OTHERS.search(quantity.label):
        return CASES_BEHIND.match(document.text, quantity.end) is not None
    behind = ALL_OF_THEM.match(document.text, quantity.end)
    return behind is not None and REFERRING.search(quantity.label) is not None


def _explained(document: Document, quantity: Quantity, counted: Sequence[Quantity]) -> set[Decimal]:
    """Every figure of the text, and what neighbouring totals come to together or apart."""
    totals = [
        each for each in counted if TOTAL_WORD.search(each.label) and each.end < quantity.start
    ]
    pairs = list(combinations([each.value for each in totals[-6:]], 2))
    return {
        *(each.value for each in counted),
        *(abs(one - other) for one, other in pairs),
        *(one + other for one, other in pairs),
        *(division.sum for division in divisions_of(document)),
    }


def _unknown(document: Document, quantity: Quantity, total: Quantity) -> Finding:
    says = Wording(document, Kind.REPEAT, Certainty.LIKELY)
    says.arithmetic = f"{total.printed} ≠ {quantity.printed}"
    says.message = (
        f"此处为 {quantity.printed}，前文为 {total.printed}，文中没有与 {quantity.number} 相符的数。",
        f"Here it is {quantity.number}; before it was {total.number}, and nothing in the text comes to {quantity.number}.",
    )
    says.right = (
        f"如指同一批，应为 {total.printed}；如口径不同，请写明。",
        f"If the same cases are meant: {total.number}; if not, please say which.",
    )
    return says.found([quantity, total])
