"""The days that cases were held, summed by stage and by unit."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from contracts.figures import CaseNote
from contracts.holding import CaseHolding, CaseSteps, Held, Holdings, Stage, Stretch
from evaluation.decisions.holding.course import stretches_of
from evaluation.decisions.holding.stages import LABELS_EN
from evaluation.decisions.numbers import rounded, tidy

Part = tuple[CaseHolding, Stretch]


def holding_of(case: CaseSteps, today: date) -> CaseHolding:
    """Who held one case, until today."""
    return CaseHolding(
        proposal_id=case.proposal_id,
        number=case.number,
        title=case.title,
        stretches=stretches_of(case.steps, today),
    )


def holdings_of(district: str, year: int, cases: Sequence[CaseSteps], today: date) -> Holdings:
    """Who held the cases of a year, by stage, and by unit and stage in the order of the stages."""
    parts = [
        (holding, stretch)
        for holding in (holding_of(case, today) for case in cases)
        for stretch in holding.stretches
    ]
    by_stage: defaultdict[Stage, list[Part]] = defaultdict(list)
    by_unit: defaultdict[tuple[str, Stage], list[Part]] = defaultdict(list)
    for part in parts:
        by_stage[part[1].stage].append(part)
        if part[1].unit:
            by_unit[part[1].unit, part[1].stage].append(part)
    order = list(Stage)
    return Holdings(
        district=district,
        year=year,
        cases=len(cases),
        by_stage=tuple(_held(stage, "", by_stage[stage]) for stage in order if stage in by_stage),
        by_unit=tuple(
            _held(stage, unit, of_unit)
            for (unit, stage), of_unit in sorted(
                by_unit.items(), key=lambda each: (each[0][0], order.index(each[0][1]))
            )
        ),
    )


def _held(stage: Stage, unit: str, parts: Sequence[Part]) -> Held:
    days = [stretch.days for _, stretch in parts]
    return Held(
        stage=stage,
        label=stage.chinese,
        label_en=LABELS_EN[stage],
        unit=unit,
        days=sum(days),
        stretches=len(days),
        average=tidy(rounded(Decimal(sum(days)) / len(days), 1)),
        longest=max(days),
        still_open=sum(stretch.is_open for _, stretch in parts),
        cases=tuple(_notes(parts)),
    )


def _notes(parts: Iterable[Part]) -> Iterable[CaseNote]:
    """The cases with their days, most first."""
    ordered = sorted(parts, key=lambda part: (-part[1].days, part[0].number))
    for case, stretch in ordered:
        yield CaseNote(
            proposal_id=case.proposal_id,
            number=case.number,
            title=case.title,
            why=f"{stretch.days} 天（{stretch.from_on:%Y-%m-%d} 起"
            + ("，仍在继续）" if stretch.is_open else f"，至 {stretch.until_on:%Y-%m-%d}）"),
            why_en=f"{stretch.days} days, {stretch.from_on:%Y-%m-%d} "
            + ("and still going on" if stretch.is_open else f"to {stretch.until_on:%Y-%m-%d}"),
            positions=stretch.positions,
        )
