"""What a text says of a district's year, beside what the log says."""

from collections.abc import Iterator
from decimal import Decimal

from contracts.checking import Certainty, Finding, Kind
from contracts.figures import Figures
from document_check.document import Document
from document_check.findings import Wording
from document_check.points import score_in
from document_check.quantities import PERCENT, Quantity, plain
from document_check.repeats import Statement, counts_stated, rates_stated

ROLES = {"主办件数": "lead", "会办件数": "co"}
RATES = {
    "按时办结率": "on_time_completion_rate",
    "按期办结率": "on_time_completion_rate",
    "答复率": "reply_rate",
    "满意率": "satisfaction_rate",
}
OTHER_OBJECTS = {"建议", "议案"}


def against_the_log(document: Document, figures: Figures) -> list[Finding]:
    """Figures of the text that the log has otherwise; silent where the text means another year."""
    found = [*_counts(document, figures), *_rates(document, figures), *_score(document, figures)]
    return sorted(found, key=lambda finding: finding.places[0].start)


def _counts(document: Document, figures: Figures) -> Iterator[Finding]:
    of_role = {each.role: each.count for each in figures.by_role}
    for stated in counts_stated(document):
        known = (
            figures.total if stated.name == "总件数" else of_role.get(ROLES.get(stated.name, ""))
        )
        if known is not None and _means(stated, figures) and stated.quantity.value != known:
            yield _finding(document, stated.name, stated.quantity, Decimal(known))


def _rates(document: Document, figures: Figures) -> Iterator[Finding]:
    of_name = {each.id: each.value for each in figures.rates}
    for stated in rates_stated(document):
        known = of_name.get(RATES.get(stated.name, ""))
        if known is None or not _means(stated, figures):
            continue
        if abs(stated.quantity.value - known) >= stated.quantity.step:
            yield _finding(document, stated.name, stated.quantity, known)


def _score(document: Document, figures: Figures) -> Iterator[Finding]:
    if figures.score is None or not document.sentences:
        return
    for paragraph in range(document.sentences[-1].paragraph + 1):
        score = score_in(document, paragraph)
        if score is None:
            continue
        if len(score.bonuses) == 1 and score.bonuses[0].value != figures.score.bonus:
            yield _finding(document, "加分", score.bonuses[0], figures.score.bonus)
        if score.total.value != figures.score.total:
            yield _finding(document, "自评得分", score.total, figures.score.total)


def _means(stated: Statement, figures: Figures) -> bool:
    scope = stated.scope
    same_year = not scope.years or scope.years == {str(figures.year)}
    return same_year and not scope.objects & OTHER_OBJECTS


def _finding(document: Document, name: str, quantity: Quantity, known: Decimal) -> Finding:
    decimals = max(quantity.decimals, 1) if quantity.unit == PERCENT else 2
    shown = plain(known.quantize(Decimal(1).scaleb(-decimals)))
    unit = quantity.unit
    says = Wording(document, Kind.RECORD, Certainty.LIKELY)
    says.arithmetic = f"{quantity.number} ≠ {shown}"
    says.message = (
        f"文中{name}为 {quantity.number}{unit}，按办理记录计算为 {shown}{unit}。",
        f"{name}: {quantity.number}{_percent(unit)} in the text, {shown}{_percent(unit)} on record.",
    )
    says.right = (
        f"如口径相同，应为 {shown}{unit}。",
        f"If the same is counted: {shown}{_percent(unit)}.",
    )
    return says.found([quantity])


def _percent(unit: str) -> str:
    return " %" if unit == PERCENT else ""
