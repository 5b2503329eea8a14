"""What is said of a ledger that was handed over: what it holds, what is wrong, what was written."""

from pydantic import BaseModel, ConfigDict

from ledger.problems import Problem, Severity


class FilledHeading(BaseModel):
    """A heading that was blank in rows that are logged and is filled in now, and in how many rows."""

    model_config = ConfigDict(frozen=True)

    heading: str
    heading_en: str
    rows: int


class LedgerReport(BaseModel):
    """What a ledger holds, compared with the log; and whether it was written.

    `continued_rows` are in the log and tell more now: `filled` says what, heading by heading.
    """

    model_config = ConfigDict(frozen=True)

    ledger_name: str
    sha256: str
    checked_only: bool
    total_rows: int
    new_rows: int
    unchanged_rows: int
    different_rows: int
    clues_new: int
    clues_unchanged: int
    problems: tuple[Problem, ...]
    written: bool
    message: str
    message_en: str
    continued_rows: int = 0
    filled: tuple[FilledHeading, ...] = ()

    @property
    def error_count(self) -> int:
        return sum(problem.severity is Severity.ERROR for problem in self.problems)
