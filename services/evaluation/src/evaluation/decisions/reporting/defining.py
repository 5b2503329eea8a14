"""What a report is: which things it is of, how it groups them, and what it counts in each group."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar

from contracts.reports import Cell, Report, ReportColumn, ReportEntry, ReportLine, ReportRow
from contracts.rulebook import Rulebook
from evaluation.decisions.wording import Said
from evaluation.state import AssignmentFact, ProposalFact, ReturnFact

T = TypeVar("T")


@dataclass(frozen=True)
class Reported:
    """Everything that a report may look at. `day` is the one that overdue work is judged by."""

    district: str
    year: int
    position: int
    day: date
    cases: Sequence[ProposalFact]
    assignments: Sequence[AssignmentFact]
    returns: Sequence[ReturnFact]
    rulebook: Rulebook | None = None

    @cached_property
    def by_id(self) -> Mapping[str, ProposalFact]:
        return {each.proposal_id: each for each in self.cases}

    @cached_property
    def own(self) -> tuple[AssignmentFact, ...]:
        """What the district's units were given, in cases that have not ended."""
        return tuple(
            each
            for each in self.assignments
            if each.own and each.year == self.year and not self.by_id[each.proposal_id].ended
        )

    @cached_property
    def counted(self) -> tuple[AssignmentFact, ...]:
        """What the figures count: the parts that are reported and have not ended."""
        return tuple(
            each
            for each in self.assignments
            if each.reporting and each.year == self.year and not each.ended
        )

    @cached_property
    def answers(self) -> tuple[AssignmentFact, ...]:
        """The answers that the figures count."""
        return tuple(
            each
            for each in self.counted
            if each.role.answers_the_proposer and each.replied_on is not None
        )


@dataclass(frozen=True)
class Measure(Generic[T]):
    """A count: what a thing adds to it, given the whole that is reported."""

    id: str
    label: Said
    adds: Callable[[T, Reported], int | bool]

    @property
    def column(self) -> ReportColumn:
        return ReportColumn(
            id=self.id, label=self.label.chinese, label_en=self.label.english, kind="count"
        )


@dataclass(frozen=True)
class Described(Generic[T]):
    """What the lines of a report tell of each thing: columns, cells, and where the log says so."""

    columns: tuple[ReportColumn, ...]
    cells: Callable[[T, Reported], tuple[Cell, ...]]
    proposal_id: Callable[[T], str]
    positions: Callable[[T], tuple[int, ...]]


@dataclass(frozen=True)
class Definition(Generic[T]):
    """A report. `first` names groups that stand there, in this order, even if nothing is in them.

    `leading` and `trailing` are counts that depend on the place; they come before and after the others.
    """

    id: str
    title: Said
    rule: Said
    grouped_by: Said
    things: Callable[[Reported], Iterable[T]]
    groups: Callable[[T, Reported], Sequence[Said]]
    measures: tuple[Measure[T], ...]
    described: Described[T]
    first: Callable[[Reported], Sequence[Said]] = lambda reported: ()
    leading: Callable[[Reported], Sequence[Measure[T]]] = lambda reported: ()
    trailing: Callable[[Reported], Sequence[Measure[T]]] = lambda reported: ()
    chart: bool = False

    @property
    def entry(self) -> ReportEntry:
        return ReportEntry(
            id=self.id,
            title=self.title.chinese,
            title_en=self.title.english,
            rule=self.rule.chinese,
            rule_en=self.rule.english,
        )

    def made(self, reported: Reported) -> Report:
        """The report of what is reported: lines first, and every count a sum over them."""
        measures = (*self.leading(reported), *self.measures, *self.trailing(reported))
        placed = [
            (group, self._line(thing, group, measures, reported))
            for thing in self.things(reported)
            for group in self.groups(thing, reported)
        ]
        named = {each.chinese: each.english for each in self.first(reported)}
        order = list(named)
        for group, _ in sorted(placed, key=lambda each: each[0].chinese):
            named.setdefault(group.chinese, group.english)
        others = sorted(set(named) - set(order))
        lines = [line for _, line in placed]
        rows = [_row(name, named[name], lines, len(measures)) for name in [*order, *others]]
        totals = tuple(sum(row.counts[nth] for row in rows) for nth in range(len(measures)))
        rank = {name: nth for nth, name in enumerate([*order, *others])}
        return Report(
            **self.entry.model_dump(),
            district=reported.district,
            year=reported.year,
            position=reported.position,
            day=reported.day.isoformat(),
            grouped_by=ReportColumn(
                id="group", label=self.grouped_by.chinese, label_en=self.grouped_by.english
            ),
            counted=tuple(measure.column for measure in measures),
            rows=tuple(rows),
            totals=totals,
            described=self.described.columns,
            lines=tuple(sorted(lines, key=lambda line: rank[line.group])),
            chart=self.chart,
        )

    def _line(
        self, thing: T, group: Said, measures: Sequence[Measure[T]], reported: Reported
    ) -> ReportLine:
        return ReportLine(
            group=group.chinese,
            proposal_id=self.described.proposal_id(thing),
            cells=self.described.cells(thing, reported),
            counts=tuple(int(measure.adds(thing, reported)) for measure in measures),
            positions=tuple(sorted(set(self.described.positions(thing)))),
        )


AnyDefinition = Definition[Any]


def column(id_: str, label: str, label_en: str, *, is_date: bool = False) -> ReportColumn:
    return ReportColumn(id=id_, label=label, label_en=label_en, kind="date" if is_date else "text")


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _row(name: str, name_en: str, lines: Sequence[ReportLine], width: int) -> ReportRow:
    own = [line.counts for line in lines if line.group == name]
    counts = tuple(sum(each[nth] for each in own) for nth in range(width))
    return ReportRow(group=name, group_en=name_en, counts=counts)
