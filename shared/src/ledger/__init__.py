"""Reading a ledger (台账): a spreadsheet becomes typed rows, or problems that name the cell."""

from ledger.grouping import ProblemGroup, grouped
from ledger.ledgers import Ledger, PlacedClue, PlacedRow
from ledger.problems import Problem, Severity
from ledger.reading import read_ledger
from ledger.report import FilledHeading, LedgerReport

__all__ = [
    "FilledHeading",
    "Ledger",
    "LedgerReport",
    "PlacedClue",
    "PlacedRow",
    "Problem",
    "ProblemGroup",
    "Severity",
    "grouped",
    "read_ledger",
]
