"""What a formula said when it was shipped, it says for ever: the figures of one year, kept."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from contracts.vocabulary import Role, Satisfaction
from evaluation.state import AssignmentFact
from tests.evaluation.building import (
    a_claim,
    an_assignment,
    figures_of,
    the_sample_year,
    two_clues,
)

KEPT = json.loads(Path(__file__).with_name("figures_of_2024.json").read_text("utf-8"))


def a_mixed_year() -> list[AssignmentFact]:
    """Make the sample year with late, open, disliked and ended cases, and one of two units."""
    late = {"completed_on": date(2024, 7, 2), "replied_on": date(2024, 7, 2)}
    still_open = {"completed_on": None, "replied_on": None, "satisfaction": None}
    changes: dict[int, dict[str, Any]] = {
        1: late,
        2: still_open,
        3: {"satisfaction": Satisfaction.DISSATISFIED, "handling_round": 2},
        7: {"completed_on": date(2024, 7, 9)},
        8: {"completed_on": None},
        9: {"ended": True},
    }
    facts = [
        replace(fact, **changes.get(index, {})) for index, fact in enumerate(the_sample_year())
    ]
    second_unit = an_assignment(
        "20240102",
        role=Role.SPLIT,
        unit="区水务局",
        satisfaction=Satisfaction.BASICALLY_SATISFIED,
        first_position=700,
    )
    return [*facts, second_unit]


def changes_of(kept: Any, now: Any, path: str = "") -> Iterator[str]:
    """Where what was kept is not there any more; what has come since is no change."""
    if isinstance(kept, dict):
        for key, value in kept.items():
            yield from changes_of(value, now[key], f"{path}.{key}")
    elif isinstance(kept, list) and len(kept) == len(now):
        for index, value in enumerate(kept):
            yield from changes_of(value, now[index], f"{path}#{index + 1}")
    elif kept != now:
        yield f"{path}: {kept} became {now}"


def test_the_figures_of_the_sample_rulebook_are_those_that_were_kept() -> None:
    claims = [
        a_claim("score", "100"),
        a_claim("bonus", "10"),
        a_claim("reply_rate", "97.0", position=940),
    ]
    figures = figures_of(a_mixed_year(), two_clues(), claims)
    assert not list(changes_of(KEPT, json.loads(figures.model_dump_json())))
