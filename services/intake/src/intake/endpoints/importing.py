"""One ledger on its way into the log: what its rows would come to, and writing them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from contracts.identity import Actor
from contracts.refusal import Refused
from contracts.rulebook import Rulebook
from contracts.vocabulary import CHINA
from contracts.working_days import WorkingCalendar
from eventlog import Handling, Intent, Provenance
from eventlog.identifying import id_at, id_within
from hosting.clock import Clock
from hosting.directories import Directories
from intake.commands import AdoptClue, IntakeCommand, RecordLedgerImport, RecordLedgerRow
from intake.endpoints.numbering import explained, foreseen, holders
from intake.endpoints.reporting import (
    against_rulebook,
    filled_headings,
    in_the_future,
    refused_row,
    summary,
)
from ledger import Ledger, LedgerReport, PlacedClue, PlacedRow

CHUNK = 200


@dataclass(frozen=True)
class Desk:
    """What importing needs; the calendar is the shipped one, to which districts add notices."""

    handling: Handling[Any, Any, Any]
    directories: Directories
    clock: Clock
    calendar: WorkingCalendar


class Import:
    """One ledger on its way into one district's year."""

    def __init__(
        self,
        desk: Desk,
        district: str,
        year: int,
        actor: Actor,
        ledger: Ledger,
        rulebook: Rulebook,
    ) -> None:
        self._desk, self._district, self._year, self._actor = desk, district, year, actor
        self._ledger, self._rulebook = ledger, rulebook
        self._problems = list(ledger.problems)
        self._rows: list[PlacedRow] = []
        today = desk.clock().astimezone(CHINA).date()
        for placed in ledger.rows:
            problem = in_the_future(placed, today) or against_rulebook(placed, rulebook)
            if problem is None:
                self._rows.append(placed)
            else:
                self._problems.append(problem)
        self._counts: Counter[str] = Counter()
        self._filled: dict[tuple[str, int], tuple[str, ...]] = {}
        self._clues: list[PlacedClue] = []
        self._holders: dict[str, str] = {}
        self._times: dict[str, int] = {}
        self._wrote = False

    @property
    def has_errors(self) -> bool:
        return any(problem.severity == "error" for problem in self._problems)

    async def foresee(self) -> None:
        """Find out what each row would come to, without writing."""
        good: list[PlacedRow] = []
        for chunk in _chunks(self._rows):
            await self._look_up(chunk)
            outcomes = await foreseen(
                self._desk.handling, self._district, [self._row_command(row) for row in chunk]
            )
            for placed, outcome in zip(chunk, outcomes, strict=True):
                if isinstance(outcome, Refused):
                    self._counts["different"] += 1
                    self._problems.append(refused_row(placed.sheet, placed.sheet_row, outcome))
                    continue
                self._counts[self._kind_of(placed, outcome)] += 1
                good.append(placed)
        self._rows = good
        clues = await self._desk.handling.foresee(
            self._district, [self._clue_command(placed) for placed in self._ledger.clues]
        )
        for clue, outcome in zip(self._ledger.clues, clues, strict=True):
            if isinstance(outcome, Refused):
                self._problems.append(refused_row(clue.sheet, clue.sheet_row, outcome))
            else:
                self._counts["clue new" if outcome else "clue unchanged"] += 1
                self._clues.append(clue)

    async def _look_up(self, placed: Sequence[PlacedRow]) -> None:
        """What has to be known of the log before these rows can be commands."""
        rows = [each.row for each in placed]
        self._holders |= await holders(self._desk.handling, self._district, self._year, rows)

    async def write(self) -> None:
        """Bring the good rows and clues into the log; then note the import itself.

        Somebody may be faster: a row that is refused only now stays out, and the others go on.
        """
        told_more = dict(self._filled)
        self._filled.clear()
        for counted in ("new", "continued", "unchanged", "clue new", "clue unchanged"):
            self._counts[counted] = 0
        for rows in _chunks(self._rows):
            written = await self._give([self._row_command(row) for row in rows], rows)
            for row, is_new in zip(rows, written, strict=True):
                fields = told_more.get(_place(row))
                if is_new and fields:
                    self._filled[_place(row)] = fields
                kind = "continued" if fields else "new"
                self._counts[kind if is_new else "unchanged"] += is_new is not None
        for clues in _chunks(self._clues):
            for is_new in await self._give([self._clue_command(clue) for clue in clues], clues):
                self._counts["clue new" if is_new else "clue unchanged"] += is_new is not None
        if self.has_written:
            await self._note_import()

    @property
    def has_written(self) -> bool:
        counts = self._counts
        return self._wrote and counts["new"] + counts["continued"] + counts["clue new"] > 0

    async def _give(
        self,
        commands: Sequence[IntakeCommand],
        placed: Sequence[PlacedRow | PlacedClue],
    ) -> list[bool | None]:
        """For each whether it was written now; None where it was refused after all."""
        self._wrote = True
        intents = [
            self._intent(command, place) for command, place in zip(commands, placed, strict=True)
        ]
        results = await self._desk.handling.handle_many(self._district, intents)
        written: list[bool | None] = []
        for place, result in zip(placed, results, strict=True):
            if isinstance(result, Refused):
                refusal = await explained(self._desk.handling, self._district, result)
                self._problems.append(refused_row(place.sheet, place.sheet_row, refusal))
                self._counts["overtaken"] += 1
                written.append(None)
            else:
                written.append(bool(result.recorded) and not result.repeated)
        return written

    def _kind_of(self, placed: PlacedRow, foreseen: Sequence[Any]) -> str:
        """A row is new, or there already, or there already and tells more: what, is noted."""
        filled = [field for each in foreseen for field in getattr(each, "filled_in", ())]
        if filled:
            self._filled[_place(placed)] = tuple(filled)
            return "continued"
        return "new" if foreseen else "unchanged"

    async def _note_import(self) -> None:
        written, unchanged = self._counts["new"], self._counts["unchanged"]
        continued = self._counts["continued"]
        note = RecordLedgerImport(
            at=self._desk.clock(),
            year=self._year,
            ledger_name=self._ledger.name,
            ledger_sha256=self._ledger.sha256,
            written_rows=written,
            unchanged_rows=unchanged,
            continued_rows=continued,
            skipped_rows=max(self._ledger.total_rows - written - continued - unchanged, 0),
        )
        provenance = Provenance(actor=self._actor, correlation_id=uuid4())
        await self._desk.handling.handle(
            self._district, Intent(note, id_at(self._desk.clock()), provenance)
        )

    def _intent(
        self, command: IntakeCommand, placed: PlacedRow | PlacedClue
    ) -> Intent[IntakeCommand]:
        """What a row says is part of its command's id: another row of that number is another command.

        So is how often such a row was taken up before, where what it says may change and change back.
        """
        said = command.model_dump_json(
            include={"year", "row", "number", "title", "unit", "adopted_on", "handed_down"}
        )
        provenance = Provenance(
            actor=self._actor,
            correlation_id=uuid5(NAMESPACE_URL, self._ledger.sha256),
            attested_by=f"{self._ledger.name} {placed.sheet} 第{placed.sheet_row}行"
            f" sha256:{self._ledger.sha256[:16]}",
        )
        year = uuid5(NAMESPACE_URL, f"tian:{self._district}:{self._year}")
        times = self._times.get(command.stream)
        command_id = id_within(year, f"{command.stream}:{said}" + (f":{times}" if times else ""))
        return Intent(command, command_id, provenance)

    def _row_command(self, placed: PlacedRow) -> IntakeCommand:
        return RecordLedgerRow(
            at=datetime.combine(placed.row.dispatched_on, time(), CHINA),
            year=self._year,
            held_by=self._holders.get(placed.row.number),
            row=placed.row,
            ledger_name=self._ledger.name,
            ledger_sha256=self._ledger.sha256,
            sheet=_one_line(placed.sheet),
            sheet_row=placed.sheet_row,
        )

    def _clue_command(self, placed: PlacedClue) -> AdoptClue:
        clue = placed.clue
        return AdoptClue(
            at=self._desk.clock(),
            year=self._year,
            number=clue.number,
            title=clue.title,
            unit=clue.unit,
            adopted_on=clue.adopted_on,
            fabricated=clue.fabricated,
        )

    def report(self, *, checked_only: bool) -> LedgerReport:
        counts = self._counts
        message, message_en = summary(
            counts, written=self.has_written, has_errors=self.has_errors, checked_only=checked_only
        )
        return LedgerReport(
            ledger_name=self._ledger.name,
            sha256=self._ledger.sha256,
            checked_only=checked_only,
            total_rows=self._ledger.total_rows,
            new_rows=counts["new"],
            unchanged_rows=counts["unchanged"],
            continued_rows=counts["continued"],
            filled=filled_headings(self._filled.values()),
            different_rows=counts["different"] + counts["overtaken"],
            clues_new=counts["clue new"],
            clues_unchanged=counts["clue unchanged"],
            problems=tuple(self._problems),
            written=self.has_written,
            message=message,
            message_en=message_en,
        )


def _place(placed: PlacedRow) -> tuple[str, int]:
    return placed.sheet, placed.sheet_row


def _one_line(name: str) -> str:
    """A sheet's name as far as it can be printed: a forged one may hold anything."""
    return "".join(letter for letter in name if letter.isprintable())[:100] or "—"


def _chunks(items: Sequence[Any]) -> list[Sequence[Any]]:
    return [items[start : start + CHUNK] for start in range(0, len(items), CHUNK)]
