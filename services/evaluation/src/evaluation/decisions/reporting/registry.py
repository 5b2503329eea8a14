"""All reports, in the order in which offices file them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from contracts.refusal import Refused
from contracts.reports import Report, ReportList
from evaluation.decisions.reporting import (
    of_answers,
    of_cases,
    of_categories,
    of_parts,
    of_promises,
)
from evaluation.decisions.reporting.defining import AnyDefinition, Reported

_ALL: tuple[AnyDefinition, ...] = (
    *of_cases.REPORTS,
    *of_categories.REPORTS,
    *of_parts.REPORTS,
    *of_promises.REPORTS,
    *of_answers.REPORTS,
)

DEFINITIONS: Mapping[str, AnyDefinition] = MappingProxyType({each.id: each for each in _ALL})
LISTED = ReportList(reports=tuple(each.entry for each in _ALL))


class NoSuchReport(Refused):
    """没有编号为“{report}”的报表；可用的有：{known}。"""

    english: ClassVar[str] = "There is no report {report}; there are: {known}."


def report_of(report: str, reported: Reported) -> Report:
    """Make a report. Raises NoSuchReport."""
    if report not in DEFINITIONS:
        raise NoSuchReport(report=report, known=", ".join(DEFINITIONS))
    return DEFINITIONS[report].made(reported)
