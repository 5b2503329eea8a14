"""Three services hear of each other sooner or later: whatever happens meanwhile, no case comes apart."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import Phase

import intake.decisions.drafting
from evaluation.commands import RateReply
from evaluation.decisions.rating import rate_reply
from evaluation.state import Nothing, Unrated
from intake.state import Draft
from tests.process.stories import AnyDistrict, is_dull, run

ROUNDS = 4


def test_whatever_happens_in_whatever_order_no_case_comes_apart() -> None:
    """As many rounds of stories as it takes for everything to have happened once, four at most."""
    AnyDistrict.done.clear()
    AnyDistrict.tried.clear()
    for number in range(ROUNDS):
        run(200, number)
        if not is_dull():
            return
    raise AssertionError("the stories are too dull")


def rates_what_was_never_answered(command: RateReply, state: Any) -> Any:
    return rate_reply(
        command, Unrated(1, command.rated_on) if isinstance(state, Nothing) else state
    )


def forgets_who_signed(original: Callable[[Draft], Any]) -> Callable[[Draft], Any]:
    return lambda draft: original(replace(draft, signed=()))


GUARDS: tuple[tuple[str, Any, str], ...] = (
    ("assignment.decisions.dispatching.roles_agree", lambda parts, lead: None, "two open leads"),
    (
        "assignment.state.Assignment.owes_an_opinion",
        property(lambda part: False),
        "an answer before its co-opinions",
    ),
    (
        "evaluation.decisions.rate_reply",
        rates_what_was_never_answered,
        "a rating without an answer",
    ),
    (
        "intake.decisions.drafting._handed_in",
        forgets_who_signed(intake.decisions.drafting._handed_in),  # noqa: SLF001
        "a lost co-signer",
    ),
    (
        "intake.state.Proposal.everybody",
        property(lambda proposal: proposal.received.proposers[:1]),
        "a lost co-signer",
    ),
)


@pytest.mark.parametrize(
    ("guard", "broken", "what_happens"),
    GUARDS,
    ids=[guard for guard, *_ in GUARDS],
)
def test_a_guard_that_is_taken_away_is_missed(
    monkeypatch: pytest.MonkeyPatch, guard: str, broken: Any, what_happens: str
) -> None:
    """The red control: without the guard the machine finds exactly what the guard is there for."""
    monkeypatch.setattr(guard, broken)
    with pytest.raises(AssertionError, match=what_happens):
        run(1500, phases=(Phase.generate,))
