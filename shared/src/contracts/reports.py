"""The reports of a year (报表): counts by group, and the lines that they are summed from."""

from typing import Literal

from contracts.figures import Figure

Cell = int | str | None


class ReportColumn(Figure):
    """A column with its heading. Days are ISO 8601 text in cells of kind "date"."""

    id: str
    label: str
    label_en: str
    kind: Literal["text", "count", "date"] = "text"


class ReportRow(Figure):
    """The counts of one group, in the order of the counted columns."""

    group: str
    group_en: str
    counts: tuple[int, ...]


class ReportLine(Figure):
    """One thing that was counted: in which group, what is known of it, and what it adds to each count.

    `positions` are those of the log that say so.
    """

    group: str
    proposal_id: str
    cells: tuple[Cell, ...]
    counts: tuple[int, ...]
    positions: tuple[int, ...] = ()


class ReportEntry(Figure):
    """A report that can be asked for."""

    id: str
    title: str
    title_en: str
    rule: str
    rule_en: str


class ReportList(Figure):
    """The reports that there are, in the order in which offices file them."""

    reports: tuple[ReportEntry, ...]


class Report(ReportEntry):
    """A report of a district's year as of a log position, with every line behind its counts.

    `grouped_by` heads the groups, `counted` the counts; `described` heads the cells of the lines.
    `totals` are the sums of the rows. A `chart` shows the last count of each row.
    """

    district: str
    year: int
    position: int
    day: str
    grouped_by: ReportColumn
    counted: tuple[ReportColumn, ...]
    rows: tuple[ReportRow, ...]
    totals: tuple[int, ...]
    described: tuple[ReportColumn, ...]
    lines: tuple[ReportLine, ...]
    chart: bool = False

    @property
    def is_of_proposals(self) -> bool:
        """Whether the lines are of proposals, which need not have become cases."""
        return any(each.id == "outcome" for each in self.described)
