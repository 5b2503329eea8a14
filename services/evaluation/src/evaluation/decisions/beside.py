"""What another rulebook would make of the same facts (what-if), beside the adopted one."""

from collections.abc import Mapping
from decimal import Decimal

from contracts.figures import Difference, Figures, SideBySide
from evaluation.decisions.comparing import CLAIMABLE
from evaluation.decisions.report import figures_by_name
from evaluation.decisions.wording import Said


def side_by_side(adopted: Figures, other: Figures) -> SideBySide:
    """Both figures, and whatever is not the same in them."""
    left, right = _named(adopted), _named(other)
    return SideBySide(
        adopted=adopted,
        other=other,
        differences=tuple(
            Difference(
                id=name,
                label=_label(name).chinese,
                label_en=_label(name).english,
                adopted=left.get(name),
                other=right.get(name),
            )
            for name in {**left, **right}
            if left.get(name) != right.get(name)
        ),
    )


def _named(figures: Figures) -> Mapping[str, Decimal | None]:
    by_name = figures_by_name(figures.total, figures.by_role, figures.rates, figures.score)
    units = {f"unit.{each.unit}": each.score.total for each in figures.units}
    return {**by_name, **units}


def _label(name: str) -> Said:
    if name in CLAIMABLE:
        return CLAIMABLE[name]
    unit = name.removeprefix("unit.")
    return Said(f"{unit}得分", f"Score of {unit}")
