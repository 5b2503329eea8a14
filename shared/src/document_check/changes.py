"""Whether 同比增长10%, 比上年增加26件 and 由90%提高到95% agree with the figures they compare."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from contracts.checking import Certainty, Finding, Kind
from document_check.document import Document
from document_check.findings import Wording
from document_check.quantities import PERCENT, PERCENT_POINTS, Quantity, plain

UP = "增加|增长|上升|提高|提升|上涨|多"
DOWN = "减少|下降|降低|下滑|少|降"
LAST_YEAR = r"(?:上一?年度?|去年|上年同期|去年同期|上一年|前一年|同期|20\d\d年|上次会议)"
YEAR = re.compile(r"20\d\d(?=年)")
THIS_YEAR = re.compile(r"今年|本年|本次|20\d\d年|(?:增加|上升|提高|减少|下降)到")
PRIOR = re.compile(
    rf"^(?:[^，。]*?[较比])?(?:{LAST_YEAR}|同期)(?:的|为|是|共|有|提出|提交|全区|全市|全县|我区|我市|我县|我局|收到|立案|办理|承办|提案|建议|满意率|办结率|答复率)*$"
)
CHANGE = re.compile(
    rf"^(?:同比|环比|(?:较|比)(?:{LAST_YEAR})?(?:的)?[^，。]*?)?(?:净)?(?:(?P<up>{UP})|(?P<down>{DOWN}))了?$|^(?P<growth>增幅|增速|增长率)(?:为|达|达到)?$"
)
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Change:
    """A printed change: by how much, and whether it is a percentage of the earlier figure."""

    quantity: Quantity
    up: bool
    relative: bool

    @property
    def signed(self) -> Decimal:
        return self.quantity.value if self.up else -self.quantity.value


def contradictions_in_changes(document: Document) -> Iterator[Finding]:
    for within in document.by_sentence.values():
        yield from _in_sentence(document, within)
    yield from _directions(document)


def _in_sentence(document: Document, within: list[Quantity]) -> Iterator[Finding]:
    for i, current in enumerate(within):
        behind = within[i + 1 : i + 4]
        if current.compared or not current.exact or _is_of_before(current):
            continue
        changes = _changes(document, behind)
        around = [*behind, *(within[i - 1 : i] if THIS_YEAR.search(current.label) else [])]
        prior = next((each for each in around if _is_before(each, current)), None)
        yield from _against_prior(document, current, prior, changes)
        if prior is None:
            yield from _against_each_other(document, current, changes)


def _is_before(earlier: Quantity, current: Quantity) -> bool:
    if earlier.unit != current.unit:
        return False
    years = [YEAR.findall(each.label) for each in (earlier, current)]
    if all(years):
        return years[0][-1] < years[1][-1] and PRIOR.match(earlier.label) is not None
    return PRIOR.match(earlier.label) is not None and not (years[0] and not years[1])


def _is_of_before(quantity: Quantity) -> bool:
    return PRIOR.match(quantity.label) is not None and not YEAR.search(quantity.label)


def _changes(document: Document, behind: list[Quantity]) -> list[Change]:
    found: list[Change] = []
    for each in behind:
        match = CHANGE.match(each.label)
        if match is None:
            if PRIOR.match(each.label):
                continue
            break
        up = bool(match["up"] or match["growth"])
        found.append(Change(each, up, relative=each.unit == PERCENT))
    return found


def _against_prior(
    document: Document, current: Quantity, prior: Quantity | None, changes: list[Change]
) -> Iterator[Finding]:
    """去年260件，今年286件，增长10%."""
    if prior is None or not prior.exact or prior.value == 0:
        return
    for change in changes:
        if not change.quantity.exact:
            continue
        if change.relative and current.unit != PERCENT:
            exact = (current.value - prior.value) / prior.value * HUNDRED
        elif change.quantity.unit == _unit_of_change(current):
            exact = current.value - prior.value
        else:
            continue
        if abs(exact - change.signed) >= change.quantity.step and exact != change.signed:
            yield _finding(document, current, prior, change, exact)


def _unit_of_change(current: Quantity) -> str:
    return PERCENT_POINTS if current.unit == PERCENT else current.unit


def _finding(
    document: Document, current: Quantity, prior: Quantity, change: Change, exact: Decimal
) -> Finding:
    decimals = max(change.quantity.decimals, 1) if change.relative else change.quantity.decimals
    shown = plain(exact.quantize(Decimal(1).scaleb(-decimals)))
    says = Wording(document, Kind.CHANGE, Certainty.LIKELY)
    if change.relative:
        says.arithmetic = f"({current.number} − {prior.number}) ÷ {prior.number} = {shown}%"
    else:
        says.arithmetic = f"{current.number} − {prior.number} = {shown}"
    says.arithmetic += f" ≠ {plain(change.signed)}{'%' if change.relative else ''}"
    says.message = (
        f"由 {prior.number} 到 {current.number}，变化应为 {shown}{'%' if change.relative else ''}，文中为 {change.quantity.printed}。",
        f"From {prior.number} to {current.number} is a change of {shown}{' %' if change.relative else ''}; the text has {change.quantity.number}.",
    )
    says.right = (
        f"如两年的数无误，应为 {shown}{'%' if change.relative else ''}。",
        f"If the figures of both years are right: {shown}{' %' if change.relative else ''}.",
    )
    return says.found([change.quantity, current, prior])


def _against_each_other(
    document: Document, current: Quantity, changes: list[Change]
) -> Iterator[Finding]:
    """今年286件，比上年增加26件，增长10%: the earlier figure follows from both."""
    amount = next((each for each in changes if each.quantity.unit == current.unit != PERCENT), None)
    share = next((each for each in changes if each.relative), None)
    if amount is None or share is None or not (amount.quantity.exact and share.quantity.exact):
        return
    earlier = current.value - amount.signed
    if earlier <= 0:
        return
    exact = amount.signed / earlier * HUNDRED
    if abs(exact - share.signed) < share.quantity.step:
        return
    shown = plain(exact.quantize(Decimal(1).scaleb(-max(share.quantity.decimals, 1))))
    says = Wording(document, Kind.CHANGE, Certainty.LIKELY)
    says.arithmetic = (
        f"{plain(amount.signed)} ÷ {plain(earlier)} = {shown}% ≠ {plain(share.signed)}%"
    )
    says.message = (
        f"{current.number} 较上年变化 {plain(amount.signed)}，上年即为 {plain(earlier)}，变化应为 {shown}%，文中为 {share.quantity.printed}。",
        f"{current.number} after a change of {plain(amount.signed)} means {plain(earlier)} before, a change of {shown} %; the text has {share.quantity.number} %.",
    )
    says.right = (f"如件数无误，应为 {shown}%。", f"If the counts are right: {shown} %.")
    yield says.found([share.quantity, amount.quantity, current])


def _directions(document: Document) -> Iterator[Finding]:
    """由95%提高到90%."""
    pairs = zip(document.quantities, document.quantities[1:], strict=False)
    for old, new in pairs:
        between = re.fullmatch(
            rf"(?:[^，。；\d]{{0,8}})(?:(?P<up>{UP})|(?P<down>{DOWN}))(?:到|至|为)[^，。；]{{0,12}}",
            document.text[old.end : new.start],
        )
        if between is None or not re.search("[由从]", old.label) or old.unit != new.unit:
            continue
        if (new.value > old.value) is bool(between["up"]) or new.value == old.value:
            continue
        word = between["up"] or between["down"]
        says = Wording(document, Kind.CHANGE, Certainty.CERTAIN)
        says.arithmetic = f"{old.printed} → {new.printed}"
        says.message = (
            f"文中说由 {old.printed}{word}到 {new.printed}，方向相反。",
            f"The text goes from {old.printed} to {new.printed}, the other way than it says.",
        )
        says.right = (f"请核对两个数，或“{word}”一词。", "Please check both figures, or the verb.")
        yield says.found([new, old])
