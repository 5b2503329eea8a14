"""Facts, events and commands for the tests of evaluation, in as few words as a test needs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import reduce
from pathlib import Path

import pytest

from contracts.evaluation import EvaluationEvent
from contracts.figures import Figures, Rate, ScoreItem, ScoreSheet
from contracts.refusal import Refused
from contracts.rulebook import read_rulebook
from contracts.vocabulary import Role, Satisfaction
from evaluation.commands import EvaluationCommand
from evaluation.decisions import decide
from evaluation.decisions.report import compute_figures
from evaluation.state import INITIAL, AssignmentFact, ClaimFact, ClueFact, State, evolve

RULEBOOK_TEXT = (
    Path(__file__).parents[2] / "deploy" / "rulebooks" / "shenzhen-2024.toml"
).read_text("utf-8")
RULEBOOK = read_rulebook(RULEBOOK_TEXT)

DUE_ON = date(2024, 6, 30)
NOW = datetime(2024, 11, 20, 9, 0, tzinfo=UTC)


class Then:
    """What a command led to, or why it was refused."""

    def __init__(self, command: EvaluationCommand, state: State) -> None:
        self.command = command
        self.state = state

    def decided(self) -> list[EvaluationEvent]:
        return decide(self.command, self.state)

    def then(self, *events: EvaluationEvent) -> None:
        assert self.decided() == list(events)
        assert {event.stream for event in events} <= {self.command.stream}

    def refused(self, refusal: type[Refused]) -> Refused:
        with pytest.raises(refusal) as refused:
            self.decided()
        return refused.value


class Given:
    """What has happened in the stream so far."""

    def __init__(self, events: Sequence[EvaluationEvent]) -> None:
        self.state = reduce(evolve, events, INITIAL)

    def when(self, command: EvaluationCommand) -> Then:
        return Then(command, self.state)


def given(*events: EvaluationEvent) -> Given:
    return Given(events)


def an_assignment(
    number: str = "20240104",
    role: Role = Role.LEAD,
    unit: str = "区教育局",
    completed_on: date | None = date(2024, 6, 20),
    satisfaction: Satisfaction | None = None,
    first_position: int = 1,
) -> AssignmentFact:
    """Make an assignment that was due on 30 June 2024 and completed before, unless told otherwise."""
    return AssignmentFact(
        year=2024,
        proposal_id=number,
        number=number,
        title=f"关于第 {number} 号的建议",
        unit=unit,
        role=role,
        reporting=True,
        key=False,
        dispatched_on=date(2024, 3, 29),
        due_on=DUE_ON,
        due_rule="shenzhen-2024/limits.lead",
        completed_on=completed_on,
        replied_on=completed_on if role.answers_the_proposer else None,
        satisfaction=satisfaction,
        positions={
            "dispatched": first_position,
            "completed": first_position + 1,
            "rated": first_position + 2,
        },
    )


def the_sample_year() -> list[AssignmentFact]:
    """Make the year of the seed: 33 cases, 4 as lead, 1 as split, 28 as co; one lead case is key."""
    roles = [Role.LEAD] * 4 + [Role.SPLIT] + [Role.CO] * 28
    facts = [
        an_assignment(
            number=f"2024{index:04}",
            role=role,
            satisfaction=Satisfaction.SATISFIED if role.answers_the_proposer else None,
            first_position=index * 10,
        )
        for index, role in enumerate(roles, start=101)
    ]
    return [replace(facts[0], key=True), *facts[1:]]


def two_clues() -> list[ClueFact]:
    return [ClueFact("线索1", "关于……的线索", 901), ClueFact("线索2", "关于……的选题", 902)]


def figures_of(
    facts: Sequence[AssignmentFact],
    clues: Sequence[ClueFact] = (),
    claims: Sequence[ClaimFact] = (),
) -> Figures:
    return compute_figures("longgang", 2024, 1000, facts, clues, claims, RULEBOOK)


def rate(figures: Figures, name: str) -> Rate:
    return next(rate for rate in figures.rates if rate.id == name)


def score(figures: Figures) -> ScoreSheet:
    assert figures.score is not None
    return figures.score


def item(figures: Figures, name: str) -> ScoreItem:
    return next(item for item in score(figures).items if item.id == name)


def a_claim(
    figure: str, claimed: str, source: str = "办理工作总结", position: int = 950
) -> ClaimFact:
    return ClaimFact(figure, Decimal(claimed), source, position)
