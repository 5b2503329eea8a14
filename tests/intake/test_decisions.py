"""What becomes of a proposal in intake, each rule as given, when, then."""

from datetime import UTC, datetime

import pytest

from contracts.intake import (
    CaseNumberAssigned,
    IntakeEvent,
    ProposalFiled,
    ProposalMerged,
    ProposalReceived,
    ProposalRefused,
    ProposalWithdrawn,
)
from contracts.marking import ProposalMarkedKey
from contracts.refusal import Refused
from contracts.vocabulary import ActorRole, ProposalForm, RefusalReason
from eventlog.testing import Rules
from intake.commands import (
    AdoptClue,
    FileProposal,
    IntakeCommand,
    MarkProposalKey,
    MergeProposal,
    ReceiveProposal,
    RecordLedgerImport,
    RecordLedgerRow,
    RefuseProposal,
    WithdrawProposal,
)
from intake.decisions import decide
from intake.decisions.refusals import (
    AlreadyFiled,
    AlreadyMerged,
    AlreadyReceived,
    AlreadyRefused,
    AlreadyWithdrawn,
    MergedIntoItself,
    NoticeMissing,
    ProposalUnknown,
    WithdrawalReasonMissing,
)
from intake.state import INITIAL, evolve

given = Rules(decide, evolve, INITIAL).given

AT = datetime(2024, 2, 20, 9, tzinfo=UTC)
TITLE = "关于整治老旧小区飞线充电的建议"

received = ProposalReceived(
    proposal_id="p-1",
    year=2024,
    title=TITLE,
    form=ProposalForm.JOINT,
    proposers=("陈一", "林二"),
)
filed = ProposalFiled(proposal_id="p-1", year=2024, number="20240201", title=TITLE)
numbered = CaseNumberAssigned(year=2024, number="20240201", proposal_id="p-1")
refused = ProposalRefused(
    proposal_id="p-1", reason=RefusalReason.WITHOUT_SUGGESTION, notice="已转有关部门参考。"
)
merged = ProposalMerged(proposal_id="p-1", into_proposal_id="p-2", proposers=("陈一", "林二"))
withdrawn = ProposalWithdrawn(proposal_id="p-1", reason="已另行解决")
marked_key = ProposalMarkedKey(proposal_id="p-1")

receive = ReceiveProposal(
    at=AT,
    proposal_id="p-1",
    year=2024,
    title=TITLE,
    form=ProposalForm.JOINT,
    proposers=("陈一", "林二"),
)
file_it = FileProposal(at=AT, proposal_id="p-1", number="20240201")
refuse = RefuseProposal(
    at=AT,
    proposal_id="p-1",
    reason=RefusalReason.WITHOUT_SUGGESTION,
    notice="已转有关部门参考。",
)
merge = MergeProposal(at=AT, proposal_id="p-1", into_proposal_id="p-2")
withdraw = WithdrawProposal(at=AT, proposal_id="p-1", reason="已另行解决")
mark_key = MarkProposalKey(at=AT, proposal_id="p-1")

UNKNOWN: tuple[IntakeEvent, ...] = ()
RECEIVED = (received,)
FILED = (received, filed)
REFUSED = (received, refused)
MERGED = (received, merged)
FILED_AND_MERGED = (received, filed, merged)
WITHDRAWN = (received, withdrawn)
FILED_AND_WITHDRAWN = (received, filed, withdrawn)


def test_a_proposal_is_received() -> None:
    given().when(receive).then(received)


def test_a_proposal_received_may_carry_its_text_and_the_mark_that_it_is_made_up() -> None:
    whole = receive.model_copy(update={"body": "一、情况……", "fabricated": True})
    given().when(whole).then(received.model_copy(update={"body": "一、情况……", "fabricated": True}))


def test_a_proposal_is_filed_and_its_number_is_taken() -> None:
    given(*RECEIVED).when(file_it).then(filed, numbered)


def test_a_number_stands_on_a_stream_of_its_own_so_that_the_log_lets_nobody_take_it_again() -> None:
    assert numbered.stream == "number-2024-20240201"


def test_a_proposal_is_refused_with_its_reason_and_a_notice() -> None:
    given(*RECEIVED).when(refuse).then(refused)


def test_a_proposal_is_merged_before_and_after_filing_and_keeps_its_proposers() -> None:
    given(*RECEIVED).when(merge).then(merged)
    given(*FILED).when(merge).then(merged)


def test_a_proposal_is_withdrawn_before_and_after_filing() -> None:
    given(*RECEIVED).when(withdraw).then(withdrawn)
    given(*FILED).when(withdraw).then(withdrawn)


def test_a_proposal_is_marked_as_key_before_and_after_filing() -> None:
    given(*RECEIVED).when(mark_key).then(marked_key)
    given(*FILED).when(mark_key).then(marked_key)


def test_the_mark_of_a_key_proposal_outlives_its_filing() -> None:
    given(received, marked_key, filed).when(mark_key).then()


@pytest.mark.parametrize(
    ("history", "command"),
    [
        (RECEIVED, receive),
        (FILED, receive),
        (WITHDRAWN, receive),
        (FILED, file_it),
        (REFUSED, refuse),
        (MERGED, merge),
        (FILED_AND_MERGED, merge),
        (WITHDRAWN, withdraw),
        (FILED_AND_WITHDRAWN, withdraw),
        ((received, marked_key), mark_key),
        ((received, filed, marked_key), mark_key),
    ],
)
def test_a_repeated_command_comes_to_nothing(
    history: tuple[IntakeEvent, ...], command: IntakeCommand
) -> None:
    given(*history).when(command).then()


OTHER_CONTENT = receive.model_copy(update={"title": "另一件提案"})
OTHER_NUMBER = file_it.model_copy(update={"number": "20240999"})
OTHER_NOTICE = refuse.model_copy(update={"notice": "另一份告知"})
OTHER_TARGET = merge.model_copy(update={"into_proposal_id": "p-3"})
OTHER_REASON = withdraw.model_copy(update={"reason": "另一理由"})


@pytest.mark.parametrize(
    ("history", "command", "because"),
    [
        (UNKNOWN, file_it, ProposalUnknown),
        (UNKNOWN, refuse, ProposalUnknown),
        (UNKNOWN, merge, ProposalUnknown),
        (UNKNOWN, withdraw, ProposalUnknown),
        (UNKNOWN, mark_key, ProposalUnknown),
        (RECEIVED, OTHER_CONTENT, AlreadyReceived),
        (FILED, OTHER_CONTENT, AlreadyReceived),
        (FILED, OTHER_NUMBER, AlreadyFiled),
        (FILED, refuse, AlreadyFiled),
        (REFUSED, OTHER_CONTENT, AlreadyReceived),
        (REFUSED, file_it, AlreadyRefused),
        (REFUSED, OTHER_NOTICE, AlreadyRefused),
        (REFUSED, merge, AlreadyRefused),
        (REFUSED, withdraw, AlreadyRefused),
        (REFUSED, mark_key, AlreadyRefused),
        (MERGED, OTHER_CONTENT, AlreadyReceived),
        (MERGED, file_it, AlreadyMerged),
        (MERGED, refuse, AlreadyMerged),
        (MERGED, OTHER_TARGET, AlreadyMerged),
        (MERGED, withdraw, AlreadyMerged),
        (MERGED, mark_key, AlreadyMerged),
        (FILED_AND_MERGED, file_it, AlreadyMerged),
        (WITHDRAWN, OTHER_CONTENT, AlreadyReceived),
        (WITHDRAWN, file_it, AlreadyWithdrawn),
        (WITHDRAWN, refuse, AlreadyWithdrawn),
        (WITHDRAWN, merge, AlreadyWithdrawn),
        (WITHDRAWN, OTHER_REASON, AlreadyWithdrawn),
        (WITHDRAWN, mark_key, AlreadyWithdrawn),
        (FILED_AND_WITHDRAWN, file_it, AlreadyWithdrawn),
    ],
)
def test_what_a_proposal_has_become_decides_what_is_refused(
    history: tuple[IntakeEvent, ...], command: IntakeCommand, because: type[Refused]
) -> None:
    given(*history).when(command).refused(because)


def test_a_proposal_is_not_merged_into_itself() -> None:
    given(*RECEIVED).when(MergeProposal(at=AT, proposal_id="p-1", into_proposal_id="p-1")).refused(
        MergedIntoItself
    )


def test_a_refusal_without_a_notice_is_not_given() -> None:
    given(*RECEIVED).when(
        RefuseProposal(at=AT, proposal_id="p-1", reason=RefusalReason.ACADEMIC, notice="  ")
    ).refused(NoticeMissing)


def test_a_withdrawal_needs_a_reason() -> None:
    given(*FILED).when(WithdrawProposal(at=AT, proposal_id="p-1", reason=" ")).refused(
        WithdrawalReasonMissing
    )


def test_a_refusal_tells_the_reason_in_chinese() -> None:
    refusal = given(*REFUSED).when(file_it).refused(AlreadyRefused)
    assert "内容空泛、没有具体建议" in refusal.chinese


def test_each_command_is_given_by_those_whose_business_it_is() -> None:
    proposer, committee, supervision = (
        ActorRole.PROPOSER,
        ActorRole.COMMITTEE,
        ActorRole.SUPERVISION,
    )
    assert ReceiveProposal.may == {proposer, committee, supervision}
    assert WithdrawProposal.may == {proposer, committee}
    for reviewing in (FileProposal, RefuseProposal, MergeProposal, MarkProposalKey):
        assert reviewing.may == {committee, supervision}
    for keeping in (RecordLedgerRow, RecordLedgerImport, AdoptClue):
        assert keeping.may == {supervision}
