"""Where a district reviews twice, nothing is decided on a proposal before its first review."""

from collections.abc import Iterable
from functools import reduce
from pathlib import Path

import pytest

from contracts.identity import Actor
from contracts.intake import IntakeEvent
from contracts.refusal import Refused
from contracts.vocabulary import ActorRole
from eventlog import Intent, Provenance
from eventlog.identifying import id_at
from eventlog.testing import Rules
from hosting.directories import read_directories
from intake.commands import (
    FileProposal,
    IntakeCommand,
    PassFirstReview,
    ReceiveProposal,
    ReturnProposal,
    SubmitProposal,
)
from intake.decisions import decide
from intake.decisions.standing import FirstReviewMissing
from intake.endpoints.guarding import as_reviewed_here
from intake.state import INITIAL, Drafted, Received, State, evolve
from tests.intake.stories import AT, BY_NAME, HISTORIES, NOW

given = Rules(decide, evolve, INITIAL).given
DECISIONS = ("FileProposal", "RefuseProposal", "ConvertProposal", "TransferProposal")
TWICE = tuple(
    event.model_copy(update={"reviewed_twice": True})
    if event.type.endswith("received.v1")
    else event
    for event in HISTORIES[Received]
)
DIRECTORY = 'code = "{code}"\nname = "某区"\nname_en = "Some"\nunits = []\n'


def passed(*history: IntakeEvent) -> list[IntakeEvent]:
    return [*history, *decide(PassFirstReview(**NOW), _state(history))]


def _state(history: Iterable[IntakeEvent]) -> State:
    return reduce(evolve, history, INITIAL)


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_waits_for_the_first_review(name: str) -> None:
    given(*TWICE).when(BY_NAME[name]).refused(FirstReviewMissing)
    given(*passed(*TWICE)).when(BY_NAME[name]).accepted()


def test_a_proposal_that_came_back_is_reviewed_first_again() -> None:
    back = [*TWICE, *decide(BY_NAME["ReturnProposal"], _state(TWICE))]
    again = [*back, *decide(BY_NAME["ResubmitProposal"], _state(back))]
    given(*again).when(BY_NAME["FileProposal"]).refused(FirstReviewMissing)


@pytest.mark.parametrize("name", ["ReturnProposal", "MarkProposalKey", "WithdrawProposal"])
def test_what_is_no_decision_on_it_does_not_wait(name: str) -> None:
    given(*TWICE).when(BY_NAME[name]).accepted()


def test_a_draft_is_handed_in_as_the_place_reviews() -> None:
    submit = SubmitProposal(**NOW, reviewed_twice=True)
    (received,) = decide(submit, _state(HISTORIES[Drafted]))
    assert received.model_dump()["reviewed_twice"] is True


@pytest.mark.parametrize(
    ("setting", "asked", "said"), [("true", False, True), ("false", True, False)]
)
def test_the_directory_says_how_often_and_not_the_one_who_asks(
    tmp_path: Path, setting: str, *, asked: bool, said: bool
) -> None:
    text = DIRECTORY.format(code="some") + f"reviews_twice = {setting}\n"
    (tmp_path / "some.toml").write_text(text, encoding="utf-8")
    directories = read_directories(tmp_path)
    command = BY_NAME["ReceiveProposal"].model_copy(update={"reviewed_twice": asked})
    assert isinstance(command, ReceiveProposal)
    given_here = as_reviewed_here(directories, "some", _intent(command)).command
    assert given_here.model_dump()["reviewed_twice"] is said
    other = _intent(ReturnProposal(**NOW, reason="缺建议"))
    assert as_reviewed_here(directories, "some", other) is other


def _intent(command: IntakeCommand) -> Intent[IntakeCommand]:
    actor = Actor(subject="x", name="x", role=ActorRole.COMMITTEE, district="some")
    return Intent(command, id_at(AT), Provenance(actor=actor, correlation_id=id_at(AT)))


def test_the_sentence_says_what_comes_first() -> None:
    with pytest.raises(Refused) as refusal:
        decide(FileProposal(**NOW, number="1"), _state(TWICE))
    assert "请先办理初审" in refusal.value.chinese
