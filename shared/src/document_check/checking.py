"""The check: every rule asked once, the findings in the order of the text."""

from collections.abc import Callable, Iterator

from contracts.checking import Finding
from document_check.changes import contradictions_in_changes
from document_check.counting import contradictions_in_counts
from document_check.document import Document
from document_check.numbering import contradictions_in_numbering
from document_check.parts import contradictions_in_sums
from document_check.points import contradictions_in_scores
from document_check.rates import contradictions_in_rates
from document_check.repeats import contradictions_in_repeats
from document_check.shares import contradictions_in_shares

RULES: tuple[Callable[[Document], Iterator[Finding]], ...] = (
    contradictions_in_sums,
    contradictions_in_scores,
    contradictions_in_shares,
    contradictions_in_rates,
    contradictions_in_repeats,
    contradictions_in_numbering,
    contradictions_in_counts,
    contradictions_in_changes,
)


def check(document: Document) -> list[Finding]:
    """Every contradiction the rules see, in the order of the text."""
    found = {
        (finding.kind, finding.places): finding for rule in RULES for finding in rule(document)
    }
    return sorted(found.values(), key=lambda finding: finding.places[0].start)
