"""A proposal is written, signed together and handed in; nobody who signed is ever lost."""

from datetime import UTC, date, datetime

import pytest

from contracts.intake import ProposalTookIn
from contracts.marking import ProposalMarkedExcellent, ProposalUnmarkedExcellent
from contracts.proposing import CosignersDropped, CosigningDeclined, ProposalCosigned
from contracts.refusal import Refused
from contracts.vocabulary import CollectiveKind, ProposalForm
from eventlog.testing import Rules
from intake import commands
from intake.decisions import decide
from intake.decisions.attaching import (
    ConsentReasonMissing,
    KindOfFileNotTaken,
    NoSuchAttachment,
    TooManyAttachments,
)
from intake.decisions.drafting import (
    AlreadyAProposer,
    BodyMissing,
    ClosesBeforeToday,
    CollectiveKindMissing,
    CosigningOver,
    KindWithoutCollective,
    NotInvited,
    OneIsNotJoint,
    SignaturesOutstanding,
    SignatureStands,
)
from intake.decisions.marking import UnmarkReasonMissing
from intake.decisions.refusals import NoticeMissing
from intake.decisions.reviewing import ReturnReasonMissing, TransferReasonMissing
from intake.decisions.standing import OthersMergedIn, StillBeingCosigned
from intake.state import INITIAL, evolve
from tests.intake.stories import (
    BY_NAME,
    CLOSES_ON,
    NOW,
    PDF,
    P,
    attached,
    filed,
    opened,
    received,
    returned,
    saved,
    signed,
)

given = Rules(decide, evolve, INITIAL).given

submit = commands.SubmitProposal(**NOW)
AFTERWARDS = datetime(2024, 2, 29, 1, tzinfo=UTC)
LAST_MOMENT = datetime(2024, 2, 28, 15, 59, tzinfo=UTC)
took_in = ProposalTookIn(**P, merged_proposal_id="p-9", proposers=("孙五",))


def test_who_signed_is_a_proposer_and_an_individual_proposal_becomes_a_joint_one() -> None:
    both = ProposalCosigned(**P, name="王三")
    proposers = ("陈一", "林二", "王三")
    joint = received.model_copy(update={"proposers": proposers})
    given(saved, opened, signed, both).when(submit).then(joint)


def test_who_has_not_signed_by_the_deadline_is_left_out_and_who_has_is_not() -> None:
    dropped = CosignersDropped(**P, names=("王三",))
    late = submit.model_copy(update={"at": AFTERWARDS})
    given(saved, opened, signed).when(late).then(dropped, received)


def test_until_the_end_of_the_last_day_in_china_everybody_may_still_sign() -> None:
    at_last = {"at": LAST_MOMENT}
    given(saved, opened, signed).when(submit.model_copy(update=at_last)).refused(
        SignaturesOutstanding
    )
    third = commands.CosignProposal(**P, at=LAST_MOMENT, name="王三")
    given(saved, opened, signed).when(third).then(ProposalCosigned(**P, name="王三"))
    too_late = third.model_copy(update={"at": AFTERWARDS})
    given(saved, opened, signed).when(too_late).refused(CosigningOver)


def test_a_signature_stands() -> None:
    declines = commands.DeclineCosigning(**NOW, name="林二")
    given(saved, opened, signed).when(declines).refused(SignatureStands)
    rewrites = BY_NAME["SaveDraft"]
    given(saved, opened, signed).when(rewrites).refused(StillBeingCosigned)


def test_who_declined_may_still_sign_before_the_deadline() -> None:
    declined = CosigningDeclined(**P, name="王三")
    signs = commands.CosignProposal(**NOW, name="王三")
    given(saved, opened, signed, declined).when(signs).then(ProposalCosigned(**P, name="王三"))
    given(saved, opened, signed, declined).when(submit).then(received)


def test_only_the_invited_sign_and_proposers_are_not_invited() -> None:
    given(saved, opened).when(commands.CosignProposal(**NOW, name="赵四")).refused(NotInvited)
    invites = commands.OpenCosigning(**NOW, invited=("陈一",), closes_on=CLOSES_ON)
    given(saved).when(invites).refused(AlreadyAProposer)
    too_soon = commands.OpenCosigning(**NOW, invited=("赵四",), closes_on=date(2024, 2, 19))
    given(saved).when(too_soon).refused(ClosesBeforeToday)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"body": ""}, BodyMissing),
        ({"form": ProposalForm.JOINT}, OneIsNotJoint),
        ({"form": ProposalForm.COLLECTIVE}, CollectiveKindMissing),
        ({"collective": CollectiveKind.PARTY}, KindWithoutCollective),
    ],
)
def test_a_draft_is_handed_in_when_it_is_complete(
    change: dict[str, object], refusal: type[Refused]
) -> None:
    given(saved.model_copy(update=change)).when(submit).refused(refusal)


@pytest.mark.parametrize("kind", CollectiveKind)
def test_a_collective_proposal_names_its_kind(kind: CollectiveKind) -> None:
    collective = {"form": ProposalForm.COLLECTIVE, "collective": kind}
    one = {"proposers": ("某民主党派区总支",)}
    handed_in = received.model_copy(update=collective | one)
    given(saved.model_copy(update=collective | one)).when(submit).then(handed_in)


def test_files_of_other_kinds_and_too_many_of_them_are_not_attached() -> None:
    adds = BY_NAME["AddAttachment"]
    program = adds.model_copy(update={"file_name": "照片.exe"})
    given(saved).when(program).refused(KindOfFileNotTaken)
    page = adds.model_copy(update={"media_type": "text/html", "file_name": "页.html"})
    given(saved).when(page).refused(KindOfFileNotTaken)
    many = [attached.model_copy(update={"sha256": f"{each:064d}"}) for each in range(20)]
    given(saved, *many).when(adds).refused(TooManyAttachments)
    removes = commands.RemoveAttachment(**NOW, sha256="c" * 64)
    given(saved, attached).when(removes).refused(NoSuchAttachment)
    assert attached.media_type == PDF


def test_reasons_are_not_left_out() -> None:
    consent = commands.StatePublicationConsent(**NOW, consents=False)
    given(saved).when(consent).refused(ConsentReasonMissing)
    given(received).when(commands.ReturnProposal(**NOW, reason="")).refused(ReturnReasonMissing)
    given(received).when(
        BY_NAME["TransferProposal"].model_copy(update={"transfer_reason": ""})
    ).refused(TransferReasonMissing)
    given(received).when(BY_NAME["ConvertProposal"].model_copy(update={"notice": ""})).refused(
        NoticeMissing
    )
    given(received).when(commands.UnmarkProposalKey(**NOW, unmark_reason="")).refused(
        UnmarkReasonMissing
    )
    given(received, returned).when(commands.ResubmitProposal(**NOW, title="题", body="")).refused(
        BodyMissing
    )


@pytest.mark.parametrize(
    "name", ["WithdrawProposal", "RefuseProposal", "ConvertProposal", "TransferProposal"]
)
def test_what_others_were_merged_into_is_not_given_up(name: str) -> None:
    given(received, took_in).when(BY_NAME[name]).refused(OthersMergedIn)


def test_merging_on_takes_everybody_along() -> None:
    """Whose proposal was merged into one that is merged in its turn is still to be answered."""
    merges = BY_NAME["MergeProposal"]
    (event,) = given(received, took_in).when(merges).events
    assert event.model_dump()["proposers"] == ("陈一", "林二", "孙五")


def test_the_choice_as_excellent_is_taken_back_with_a_reason() -> None:
    excellent = ProposalMarkedExcellent(**P)
    takes_back = commands.UnmarkProposalExcellent(**NOW, unmark_reason="评选更正")
    unmarked = ProposalUnmarkedExcellent(**P, unmark_reason="评选更正")
    given(received, filed, excellent).when(takes_back).then(unmarked)
