"""What intake says of a ledger: its counts, and its problems put together for reading."""

from functools import cached_property

from ledger import LedgerReport, ProblemGroup, grouped

PROBLEMS_SHOWN = 200


class ShownReport(LedgerReport):
    """A ledger's report, with its problems as a page shows them."""

    @property
    def warning_count(self) -> int:
        return len(self.problems) - self.error_count

    @property
    def skipped_rows(self) -> int:
        """After an import: the rows that are not in the log."""
        logged = self.new_rows + self.continued_rows + self.unchanged_rows
        return max(self.total_rows - logged, 0)

    @cached_property
    def groups(self) -> tuple[ProblemGroup, ...]:
        """The problems, errors first, one entry per cause."""
        return grouped(self.problems)

    @property
    def groups_shown(self) -> tuple[ProblemGroup, ...]:
        """Those that fit on a page."""
        return self.groups[:PROBLEMS_SHOWN]

    @property
    def problems_left_out(self) -> int:
        return sum(group.size for group in self.groups[PROBLEMS_SHOWN:])
