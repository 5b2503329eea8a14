"""What a proposal is about: its proposers choose, the review sets or corrects, nobody guesses."""

from functools import reduce

import pytest

from contracts.intake import IntakeEvent, ProposalFiled, ProposalReceived, ProposalResubmitted
from contracts.marking import ProposalCategorised
from contracts.vocabulary import ProposalCategory
from eventlog.testing import Rules
from intake.commands import (
    CategoriseProposal,
    FileProposal,
    RecordLedgerRow,
    ResubmitProposal,
    SubmitProposal,
)
from intake.decisions import decide
from intake.decisions.refusals import FiledInAnotherCategory
from intake.state import INITIAL, State, evolve
from tests.intake.stories import BODY, BY_NAME, NOW, TITLE, P, filed, received, returned, saved
from tests.intake.test_levels import receive as from_above

given = Rules(decide, evolve, INITIAL).given
SOCIAL, CULTURAL = ProposalCategory.SOCIAL, ProposalCategory.CULTURAL
FILE_IT = FileProposal(**NOW, number="20240201")
about_society = received.model_copy(update={"category": SOCIAL})


def state_after(*events: IntakeEvent) -> State:
    return reduce(evolve, events, INITIAL)


def filed_as(*events: IntakeEvent, said: ProposalCategory | None = None) -> ProposalCategory | None:
    command = FILE_IT.model_copy(update={"category": said})
    first = decide(command, state_after(*events))[0]
    assert isinstance(first, ProposalFiled)
    return first.category


def test_what_its_proposers_chose_in_the_draft_goes_with_it() -> None:
    draft = saved.model_copy(update={"category": SOCIAL})
    (handed_in,) = decide(SubmitProposal(**NOW), state_after(draft))
    assert isinstance(handed_in, ProposalReceived)
    assert handed_in.category is SOCIAL
    assert filed_as(draft, handed_in) is SOCIAL


@pytest.mark.parametrize(
    ("chosen", "said", "stands"),
    [
        (SOCIAL, None, SOCIAL),
        (SOCIAL, CULTURAL, CULTURAL),
        (None, CULTURAL, CULTURAL),
        (None, None, None),
    ],
)
def test_the_review_sets_or_corrects_it_and_nobody_guesses(
    chosen: ProposalCategory | None,
    said: ProposalCategory | None,
    stands: ProposalCategory | None,
) -> None:
    assert filed_as(received.model_copy(update={"category": chosen}), said=said) is stands


@pytest.mark.parametrize(("said", "stands"), [(CULTURAL, CULTURAL), (None, SOCIAL)])
def test_a_completed_proposal_keeps_its_category_unless_another_is_chosen(
    said: ProposalCategory | None, stands: ProposalCategory
) -> None:
    command = ResubmitProposal(**NOW, title=TITLE, body=BODY, category=said)
    given(about_society, returned).when(command).then(
        ProposalResubmitted(**P, title=TITLE, body=BODY, category=said)
    )
    completed = decide(command, state_after(about_society, returned))
    assert filed_as(about_society, returned, *completed) is stands
    given(about_society, returned, *completed).when(command).then()


def test_filing_once_more_does_not_pass_over_another_category() -> None:
    filed_for_good = (received, filed.model_copy(update={"category": SOCIAL}))
    given(*filed_for_good).when(FILE_IT).then()
    given(*filed_for_good).when(FILE_IT.model_copy(update={"category": SOCIAL})).then()
    other = FILE_IT.model_copy(update={"category": CULTURAL})
    given(*filed_for_good).when(other).refused(FiledInAnotherCategory)


def test_it_can_be_corrected_after_filing_and_saying_the_same_again_is_nothing() -> None:
    correct = CategoriseProposal(**NOW, category=CULTURAL)
    corrected = ProposalCategorised(**P, category=CULTURAL)
    given(about_society, filed).when(correct).then(corrected)
    given(about_society, filed, corrected).when(correct).then()


def test_a_ledger_tells_of_it() -> None:
    told = BY_NAME["RecordLedgerRow"]
    assert isinstance(told, RecordLedgerRow)
    row = told.row.model_copy(update={"category": SOCIAL})
    first, second, *_ = decide(told.model_copy(update={"row": row}), INITIAL)
    assert isinstance(first, ProposalReceived)
    assert isinstance(second, ProposalFiled)
    assert (first.category, second.category) == (SOCIAL, SOCIAL)


def test_what_the_upper_level_called_it_is_taken_over() -> None:
    first, second, *_ = decide(from_above(category=SOCIAL), INITIAL)
    assert isinstance(first, ProposalReceived)
    assert isinstance(second, ProposalFiled)
    assert (first.category, second.category) == (SOCIAL, SOCIAL)
