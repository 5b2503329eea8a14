"""Which limits of which cases are open: what supervision by the clock reads, and no more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assignment.state import OpenLimit, Owing, Raised, Watched, open_limits
from contracts.vocabulary import Duty, Role
from eventlog.readmodels import Source, Table

Part = dict[str, Any]


@dataclass(slots=True)
class WatchedRow:
    """What decides which limits of a case are open; a case with none is not looked at.

    `dispatch_position` is that of its last dispatch in the log: a part that comes back is another.
    """

    proposal_id: str
    year: int
    is_open: bool
    has_ended: bool
    parts: list[dict[str, Any]] = field(default_factory=list)
    commitments: list[dict[str, Any]] = field(default_factory=list)
    dispatch_position: int = 0


WATCHED = Table("assignment.watched_case", WatchedRow, ("proposal_id",))


async def open_parts(source: Source) -> list[Watched]:
    """The parts of all cases with an open limit, in the order of case and dispatch."""
    rows = await source.rows(WATCHED, is_open=True)
    return [
        Watched(
            proposal_id=row.proposal_id,
            year=row.year,
            unit=part["unit"],
            dispatch_position=row.dispatch_position,
            limits=limits,
            raised=frozenset(_raised(each) for each in part["raised"]),
        )
        for row in sorted(rows, key=lambda each: each.proposal_id)
        for part in row.parts
        if (limits := open_limits_of(row, part))
    ]


def open_limits_of(row: WatchedRow, part: Part) -> tuple[OpenLimit, ...]:
    sign_by = part["sign_by"]
    return tuple(
        open_limits(
            Owing(
                role=Role(part["role"]),
                is_signed=part["stage"] != "dispatched",
                is_open=part["stage"] in {"dispatched", "handling"},
                is_returned=part["stage"] == "returned",
                stands_still=part["stands_still"],
                has_given_opinion=part["opinion"] or part["waived"],
                has_answered=part["answered"],
                sign_by=date.fromisoformat(sign_by) if sign_by else None,
                due_on=date.fromisoformat(part["due_on"]),
                commitments=[
                    (each["commitment"], date.fromisoformat(each["due_on"]))
                    for each in row.commitments
                    if each["unit"] == part["unit"]
                ],
            )
        )
    )


def _raised(told: Mapping[str, str]) -> Raised:
    return Raised(Duty(told["duty"]), told["rule"], date.fromisoformat(told["due_on"]))
