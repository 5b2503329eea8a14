"""A wrong case number is corrected: the case keeps its id, and the old number is another's to have."""

from datetime import date
from functools import reduce
from typing import Any

import pytest

from contracts.handing_down import ProposalHandedDown
from contracts.intake import CaseNumberAssigned, IntakeEvent
from contracts.ledger import proposal_id_of
from contracts.numbering import CaseNumberCorrected, CaseNumberReleased
from contracts.vocabulary import ProposalForm
from eventlog.testing import Rules
from intake.commands import CorrectCaseNumber, FileProposal, ReceiveFromAbove
from intake.decisions import decide
from intake.decisions.numbering import (
    CorrectionReasonMissing,
    NumberIsFromAbove,
    NumberNotChanged,
    NumberWasCorrected,
    follows,
    is_plainly_another,
)
from intake.decisions.refusals import (
    AlreadyFiled,
    AlreadyMerged,
    AlreadyWithdrawn,
    CaseNumberTaken,
    LedgerRowDiffers,
)
from intake.decisions.standing import AwaitsReview
from intake.state import INITIAL, Filed, NumberFree, NumberTaken, State, evolve
from tests.intake import stories
from tests.intake.stories import ABOVE, AT, P, filed, merged, received, withdrawn
from tests.intake.test_ledger_decisions import IMPORTED, a_row_command, row

given = Rules(decide, evolve, INITIAL).given

WRONG, RIGHT = filed.number, "20240210"
WHY = "立案登记时末两位写颠倒，以审查表为准"


def correct(number: str = RIGHT, reason: str = WHY, **changes: Any) -> CorrectCaseNumber:
    return CorrectCaseNumber(**{**P, "at": AT, "number": number, "reason": reason} | changes)


def events_of(was: str, number: str, reason: str = WHY) -> tuple[IntakeEvent, ...]:
    return (
        CaseNumberCorrected(**P, year=2024, was=was, number=number, reason=reason),
        CaseNumberReleased(**P, year=2024, number=was),
        CaseNumberAssigned(**P, year=2024, number=number),
    )


CORRECTED = events_of(WRONG, RIGHT)


def known(*events: IntakeEvent) -> State:
    """What is known of the stream that the first of them is of."""
    return reduce(evolve, (each for each in events if each.stream == events[0].stream), INITIAL)


def test_the_right_number_takes_the_place_of_the_wrong_one_which_is_released() -> None:
    given(received, filed).when(correct()).then(*CORRECTED)
    assert [each.stream for each in CORRECTED] == [
        "proposal-p-1",
        f"number-2024-{WRONG}",
        f"number-2024-{RIGHT}",
    ]


def test_it_can_be_corrected_again_and_back_to_the_first_number() -> None:
    once = (received, filed, CORRECTED[0])
    given(*once).when(correct("20240211")).then(*events_of(RIGHT, "20240211"))
    given(*once).when(correct(WRONG)).then(*events_of(RIGHT, WRONG))


def test_the_same_correction_once_more_changes_nothing_and_none_at_all_is_no_correction() -> None:
    given(received, filed, CORRECTED[0]).when(correct()).then()
    given(received, filed).when(correct(WRONG)).refused(NumberNotChanged)


def test_nobody_corrects_a_number_without_saying_why() -> None:
    given(received, filed).when(correct(reason=" ")).refused(CorrectionReasonMissing)


def test_what_is_not_filed_or_has_ended_has_no_number_to_correct() -> None:
    given(received).when(correct()).refused(AwaitsReview)
    given(received, filed, merged).when(correct()).refused(AlreadyMerged)
    given(received, filed, withdrawn).when(correct()).refused(AlreadyWithdrawn)


def test_filing_once_more_under_another_number_is_told_of_the_correction() -> None:
    with pytest.raises(AlreadyFiled, match="请办理更正案号"):
        decide(FileProposal(**P, at=AT, number=RIGHT), known(received, filed))


def test_a_number_is_taken_until_it_is_released_and_by_nobody_else() -> None:
    first = CaseNumberAssigned(**P, year=2024, number=WRONG)
    of_another = CaseNumberAssigned(proposal_id="p-2", year=2024, number=WRONG)
    released = CaseNumberReleased(**P, year=2024, number=WRONG)
    taken, free = known(first), known(first, released)
    assert (taken, free) == (NumberTaken("p-1"), NumberFree())
    assert known(first, released, of_another) == NumberTaken("p-2")
    with pytest.raises(CaseNumberTaken):
        follows(of_another, taken)
    assert follows(of_another, free)
    assert follows(first, free)
    assert follows(released, taken)
    assert not follows(released, NumberTaken("p-2"))
    assert not follows(first, taken)


CASE = {"proposal_id": "20240104"}
TYPED = "20240140"
OF_THE_LEDGER = CaseNumberCorrected(**CASE, year=2024, was=row.number, number=TYPED, reason=WHY)


def test_a_later_ledger_goes_on_with_the_case_under_its_right_number() -> None:
    told = row.model_copy(update={"number": TYPED})
    before = (*IMPORTED, OF_THE_LEDGER)
    given(*before).when(a_row_command(row=told, held_by="20240104")).then()
    more = told.model_copy(update={"rated_on": date(2024, 7, 9), "remark": "主席督办"})
    (recorded,) = decide(a_row_command(row=more, held_by="20240104"), known(*before))
    assert getattr(recorded, "filled_in", ()) == ("rated_on", "remark")
    otherwise = told.model_copy(update={"title": "另一个案由"})
    given(*before).when(a_row_command(row=otherwise, held_by="20240104")).refused(LedgerRowDiffers)


def test_a_row_under_the_wrong_number_is_told_both_ways_out() -> None:
    given(*IMPORTED, OF_THE_LEDGER).when(a_row_command()).refused(NumberWasCorrected)
    back = CaseNumberCorrected(**CASE, year=2024, was=TYPED, number=row.number, reason=WHY)
    given(*IMPORTED, OF_THE_LEDGER, back).when(a_row_command()).then()


def test_a_row_is_plainly_about_another_proposal_if_neither_title_nor_proposers_are_its_own() -> (
    None
):
    state = known(*IMPORTED)
    assert isinstance(state, Filed)
    assert is_plainly_another("关于校车的建议", ("陈一",), state.proposal)
    assert not is_plainly_another(row.title, ("陈一",), state.proposal)
    assert not is_plainly_another("关于校车的建议", row.proposers, state.proposal)
    assert proposal_id_of(2024, "20240104", 2) == "20240104.2"


FROM_LOG = ABOVE.model_copy(update={"upper": "shenzhen", "upper_proposal_id": "city-299"})
HANDED_DOWN = ProposalHandedDown(**P, year=2024, **FROM_LOG.model_dump())
FILED_AS_ABOVE = filed.model_copy(update={"number": ABOVE.number})


def from_above(number: str) -> ReceiveFromAbove:
    return ReceiveFromAbove(
        **P,
        at=AT,
        year=2024,
        title=received.title,
        form=ProposalForm.JOINT,
        proposers=("陈一",),
        handed_down=FROM_LOG.model_copy(update={"number": number}),
    )


def test_the_number_of_the_upper_level_is_corrected_there_and_follows_here() -> None:
    before = (received, FILED_AS_ABOVE, HANDED_DOWN)
    given(*before).when(correct()).refused(NumberIsFromAbove)
    told = HANDED_DOWN.model_copy(update={"number": RIGHT})
    why = f"{ABOVE.upper_name}更正了案号，本区随之更正"
    followed = (told, *events_of(ABOVE.number, RIGHT, why))
    given(*before).when(from_above(RIGHT)).then(*followed)
    given(*before, told, followed[1]).when(from_above(RIGHT)).then()


def test_the_number_of_a_list_from_above_is_corrected_here_and_known_by_it_afterwards() -> None:
    by_list = HANDED_DOWN.model_copy(update={"upper": None, "upper_proposal_id": None})
    before = (received, FILED_AS_ABOVE, by_list)
    given(*before).when(correct()).then(*events_of(ABOVE.number, RIGHT))
    after = (*before, events_of(ABOVE.number, RIGHT)[0])
    listed = ABOVE.model_copy(update={"number": RIGHT})
    given(*after).when(from_above(RIGHT).model_copy(update={"handed_down": listed})).then()
    old = from_above(ABOVE.number).model_copy(update={"handed_down": ABOVE})
    given(*after).when(old).refused(NumberWasCorrected)


def test_what_was_corrected_here_is_not_handed_down_under_its_wrong_number() -> None:
    told = stories.BY_NAME["RecordLedgerRow"]
    brought = [each for each in decide(told, INITIAL) if each.stream == "proposal-20240299"]
    moved = CaseNumberCorrected(
        proposal_id="20240299", year=2024, was="20240299", number=RIGHT, reason=WHY
    )
    again = from_above("20240299").model_copy(update={"proposal_id": "20240299"})
    given(*brought, moved).when(again).refused(NumberWasCorrected)
