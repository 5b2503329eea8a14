"""Whether 立案率87.8% agrees with 收到286件，立案251件, and 满意率 with the ratings beside it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from contracts.checking import Certainty, Finding, Kind
from document_check.bases import TOTAL_WORD, fits, share_of
from document_check.document import Document
from document_check.families import RATINGS, name_of
from document_check.findings import Wording
from document_check.quantities import PERCENT, Quantity, plain

NAMED = (
    "按时办结|按期办结|按时办复|按期办复|按时答复|办结答复|办结|办复|答复|回复|办理|"
    "满意|见面|面商|面复|面谈|走访|沟通|协商|立案|采纳|落实|解决|公开|签收|回访|反馈|办成"
)
RATE = re.compile(rf"(?P<which>[^，、；。：()和与及\d]{{0,24}}?)(?P<rate>{NAMED})(?:率|度)")
COUNTS = {
    "立案": re.compile(
        r"^(?:经?审查|予以|共|已|经审查后|审查后|经审查，|提案委)*(?:准予|确定|确认)?立案(?:提案)?$"
    ),
    "办结": re.compile(r"(?:^|已|按时|按期)(?:按时|按期)?(?:全部)?办结(?:提案|建议)?$"),
    "办复": re.compile(r"(?:^|已|按时|按期)办复(?:提案|建议)?$"),
    "答复": re.compile(r"(?:^|已|按时|按期)答复(?:提案|建议)?$"),
    "解决": re.compile(r"(?:已经?)(?:得到)?解决(?:或基本解决)?(?:提案|建议)?$"),
    "采纳": re.compile(r"(?:^|已|被)采纳(?:提案|建议)?$"),
    "见面": re.compile(r"(?:^|已)见面(?:提案|建议)?$"),
    "公开": re.compile(r"(?:^|已|主动)公开(?:提案|建议)?$"),
}
UNNAMED_BASE = re.compile(r"满意|[ABCD]类")
FULL = Decimal(100)
MOST_TOGETHER = 8
CONTENT = re.compile(r"基本满意")
UNCONTENT = re.compile(r"不满意|一般|不理解|不认可")
MOST_CAPPED = re.compile(r"增|完成|同比|提高")


@dataclass(frozen=True)
class Rate:
    """A printed rate; `which` are the words before its name that narrow it down."""

    name: str
    which: str
    value: Quantity
    start: int

    @property
    def kind(self) -> str:
        return (
            self.name.removeprefix("按时").removeprefix("按期").removeprefix("办结答复")
            or self.name
        )


def rates_in(document: Document) -> list[Rate]:
    """Every named rate; 办结率、答复率均为100% are two."""
    found: list[Rate] = []
    floor = 0
    for share in document.quantities:
        if share.unit == PERCENT:
            sentence = document.sentence_of(share)
            start = max(sentence.start, floor)
            named = list(RATE.finditer(document.text, start, share.start))
            found.extend(_shared(document, named[-MOST_TOGETHER:], share))
        floor = share.end
    return found


def _shared(document: Document, named: list[re.Match[str]], share: Quantity) -> Iterator[Rate]:
    """The rates of one figure: the last name, and those joined to it by 、 or 和."""
    end = share.start
    for match in reversed(named):
        between = document.text[match.end() : end]
        if not re.fullmatch(
            r"[、，和与及以]*|(?:\([^)]*\))?(?:均|都|分别|也|全部)?(?:为|是|达|达到|实现|达成|保持|超过|约|:|：|已|均|在|高)*",
            between,
        ):
            return
        yield Rate(match["rate"], match["which"], share, match.start())
        end = match.start()


def contradictions_in_rates(document: Document) -> Iterator[Finding]:
    for rate in rates_in(document):
        if rate.value.value > FULL and not MOST_CAPPED.search(rate.which):
            yield _above_full(document, rate)
        elif rate.kind == "满意":
            yield from _against_ratings(document, rate)
        elif rate.kind in COUNTS and rate.value.exact:
            yield from _against_counts(document, rate)


def _above_full(document: Document, rate: Rate) -> Finding:
    says = Wording(document, Kind.RATE, Certainty.CERTAIN)
    says.arithmetic = f"{rate.value.number}% > 100%"
    says.message = (
        f"文中{rate.name}率为 {rate.value.number}%，超过 100%。",
        f"This rate is {rate.value.number} %, more than 100 %.",
    )
    says.right = (f"{rate.name}率不应超过 100%。", "This rate cannot exceed 100 %.")
    return says.found([rate.value])


def _around(document: Document, rate: Rate, unit: str | None = None) -> list[Quantity]:
    """The counts of the rate's paragraph up to one sentence behind it."""
    number = document.sentence_at(rate.value.start)
    paragraph = document.sentences[number].paragraph
    return [
        each
        for each in (*document.in_paragraph(paragraph - 1), *document.in_paragraph(paragraph))
        if each.unit != PERCENT
        and not each.compared
        and document.sentence_at(each.start) <= number + 1
        and unit in {None, each.unit}
    ]


def _against_counts(document: Document, rate: Rate) -> Iterator[Finding]:
    """立案率: 立案 ÷ 收到."""
    around = _around(document, rate)
    sentence = document.sentence_at(rate.value.start)
    part = next(
        (
            each
            for each in reversed(around)
            if COUNTS[rate.kind].search(name_of(each.label))
            and each.end <= rate.start
            and document.sentence_at(each.start) == sentence
        ),
        None,
    )
    if part is None or not part.exact or rate.which not in {"", "其中", "提案", "建议"}:
        return
    bases = [
        each
        for each in around
        if each.unit == part.unit
        and each != part
        and each.end <= part.start
        and (each.value >= part.value or TOTAL_WORD.search(each.label))
        and not UNNAMED_BASE.search(each.label)
    ]
    if not bases or any(fits(part.value, base, rate.value) for base in _any_base(around, part)):
        return
    yield _off(document, rate, [part], bases[-1] if rate.kind != "立案" else bases[0])


def _any_base(around: Sequence[Quantity], part: Quantity) -> Iterator[Decimal]:
    values = [each.value for each in around if each.unit == part.unit and each.end <= part.start]
    yield from values
    for size in (2, 3):
        for chosen in combinations(values[:8], size):
            yield sum(chosen, Decimal(0))


def _off(document: Document, rate: Rate, parts: Sequence[Quantity], base: Quantity) -> Finding:
    part = sum((each.value for each in parts), Decimal(0))
    right = share_of(part, base.value, max(rate.value.decimals, 1))
    says = Wording(document, Kind.RATE, Certainty.LIKELY)
    says.arithmetic = f"{plain(part)} ÷ {base.number} = {right}% ≠ {rate.value.number}%"
    says.message = (
        f"文中{rate.name}率为 {rate.value.number}%，按 {plain(part)} ÷ {base.number} 计算为 {right}%。",
        f"The rate in the text is {rate.value.number} %; {plain(part)} of {base.number} are {right} %.",
    )
    says.right = (
        f"如 {plain(part)} 和 {base.number} 无误，应为 {right}%。",
        f"If {plain(part)} and {base.number} are right: {right} %.",
    )
    return says.found([rate.value, *parts, base])


def _against_ratings(document: Document, rate: Rate) -> Iterator[Finding]:
    """满意率: with 基本满意 or without it, over the ratings given or over all cases."""
    ratings = _ratings(document, rate)
    content = ratings.get("满意")
    if content is None or len(ratings) == 1 or CONTENT.search(rate.which):
        return
    if not all(each.exact for each in ratings.values()):
        return
    given = sum((each.value for each in ratings.values()), Decimal(0))
    good = [content.value]
    if "基本满意" in ratings:
        good.append(content.value + ratings["基本满意"].value)
    bases = {given, *(each.value for each in _wholes(document, rate, ratings))}
    if any(fits(part, base, rate.value) for part in good for base in bases):
        return
    yield _not_as_rated(document, rate, ratings, given)


def _wholes(document: Document, rate: Rate, ratings: dict[str, Quantity]) -> Iterator[Quantity]:
    """The cases the ratings may be of; where 不满意 is counted too, those of the sentence only."""
    complete = "不满意" in ratings
    for each in _around(document, rate, ratings["满意"].unit):
        here = document.sentence_at(each.start) == document.sentence_at(rate.value.start)
        if here or not complete:
            yield each


def _ratings(document: Document, rate: Rate) -> dict[str, Quantity]:
    """The ratings counted around the rate: the nearest run of 满意, 基本满意, 不满意."""
    found: dict[str, Quantity] = {}
    for each in _around(document, rate):
        name = name_of(each.label)
        if not RATINGS.word.search(name) or each.unit not in {
            "件",
            "人",
            "名",
            "份",
            "人次",
            "条",
            "件次",
        }:
            continue
        kind = (
            "基本满意" if CONTENT.search(name) else "不满意" if UNCONTENT.search(name) else "满意"
        )
        if kind in found and kind != "不满意":
            return {}
        found[kind if kind not in found else name] = each
    return found if len({each.unit for each in found.values()}) == 1 else {}


def _not_as_rated(
    document: Document, rate: Rate, ratings: dict[str, Quantity], given: Decimal
) -> Finding:
    content, basic = ratings["满意"], ratings.get("基本满意")
    decimals = max(rate.value.decimals, 1)
    narrow = share_of(content.value, given, decimals)
    says = Wording(document, Kind.RATE, Certainty.CERTAIN)
    shown = [f"{content.number} ÷ {plain(given)} = {narrow}%"]
    right = f"{narrow}%"
    if basic is not None:
        together = content.value + basic.value
        wide = share_of(together, given, decimals)
        shown.append(f"({content.number} + {basic.number}) ÷ {plain(given)} = {wide}%")
        right = f"{wide}%（含基本满意）或 {narrow}%（不含）"
    says.arithmetic = f"{'；'.join(shown)}；≠ {rate.value.number}%"
    computed = " or ".join(each.rpartition("= ")[2] for each in reversed(shown))
    says.message = (
        f"文中满意率为 {rate.value.number}%，按所列评价件数计算应为 {right}。",
        f"The satisfaction rate in the text is {rate.value.number} %; the ratings give {computed}.",
    )
    says.right = (f"如各项评价件数无误，应为 {right}。", "Please check the ratings and the rate.")
    return says.found([rate.value, *ratings.values()])
