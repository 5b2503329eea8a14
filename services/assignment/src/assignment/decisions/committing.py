"""The rules for commitments (承诺事项): made, followed, kept, put off or given up."""

from typing import ClassVar

from assignment.commands import (
    AdvanceCommitment,
    CarryCommitmentOver,
    FulfilCommitment,
    GiveUpCommitment,
    MakeCommitment,
    SlipCommitment,
)
from assignment.decisions.dates import COMMITMENT, SIGNING, not_before, not_in_future
from assignment.decisions.results import answering
from assignment.decisions.standing import AssignmentReturned, part_of, reasoned
from assignment.state import Assignment, Commitment, Dispatched, Returned, Standing
from contracts.assignment import (
    AssignmentServiceEvent,
    CommitmentAdvanced,
    CommitmentCarriedOver,
    CommitmentFulfilled,
    CommitmentGivenUp,
    CommitmentMade,
    CommitmentSlipped,
    ResultClassChanged,
)
from contracts.refusal import Refused

KEPT = "承诺事项已全部兑现"
Later = (
    AdvanceCommitment | FulfilCommitment | SlipCommitment | GiveUpCommitment | CarryCommitmentOver
)


class CommitmentUnknown(Refused):
    """“{unit}”没有第{commitment}项承诺。请先登记承诺。"""

    english: ClassVar[str] = "{unit} has made no commitment {commitment}. Enter it first."


class CommitmentNumberTaken(Refused):
    """本案第{commitment}项承诺已登记，内容不同。请用下一个编号。"""

    english: ClassVar[str] = (
        "Commitment {commitment} of this case is another one. Use the next number."
    )


class CommitmentIsOver(Refused):
    """第{commitment}项承诺{standing}，不再变动。"""

    english: ClassVar[str] = (
        "Commitment {commitment} has been {standing_in_english}; that stands. Enter a new one."
    )


class NotALaterDay(Refused):
    """{due_on}不晚于{than}。承诺的期限请填写更晚的日期。"""

    english: ClassVar[str] = "{due_on} is not later than {than}. Give a later day."


class OthersAreOpen(Refused):
    """第{commitments}项承诺尚未兑现，办理结果类别暂不调整。请先不填类别。"""

    english: ClassVar[str] = (
        "Commitments {commitments} are still open, so the class is not changed yet. Leave it out."
    )


def make_commitment(command: MakeCommitment, case: Dispatched) -> list[AssignmentServiceEvent]:
    part = answering(case, command.unit)
    made = CommitmentMade(
        proposal_id=command.proposal_id,
        unit=command.unit,
        commitment=command.commitment,
        text=command.text,
        due_on=command.due_on,
        made_on=command.made_on,
    )
    for other in case.commitments:
        if other.made == made:
            return []
        if other.made.commitment == command.commitment:
            raise CommitmentNumberTaken(commitment=command.commitment)
    reasoned(command.text, "承诺事项的内容", "A commitment")
    not_in_future(COMMITMENT, command.made_on, command.at)
    not_before(COMMITMENT, command.made_on, SIGNING, part.signed_on)
    if command.due_on <= command.made_on:
        raise NotALaterDay(due_on=command.due_on, than=command.made_on)
    return [made]


def follow_commitment(command: Later, case: Dispatched) -> list[AssignmentServiceEvent]:
    """Once it has been kept or given up, it stays so; a carried one is followed like any other."""
    part = part_of(case, command.unit)
    commitment = _found(command, case)
    event = _event_of(command)
    if commitment.last == event:
        return []
    if isinstance(part.stage, Returned):
        raise AssignmentReturned(unit=part.unit, granted_on=part.stage.granted_on)
    _is_open(commitment)
    if event.happened_on is not None:
        not_in_future(COMMITMENT, event.happened_on, command.at)
        not_before(COMMITMENT, event.happened_on, COMMITMENT, commitment.made.made_on)
    match command:
        case AdvanceCommitment(progress=words):
            reasoned(words, "承诺的进展", "Progress of a commitment")
        case FulfilCommitment():
            reasoned(command.evidence, "兑现承诺的佐证", "Keeping a commitment")
            return [event, *_class_after(command, part, case)]
        case SlipCommitment(reason=words) | GiveUpCommitment(reason=words):
            reasoned(words, "推迟或不能兑现承诺", "Putting off or giving up a commitment")
        case CarryCommitmentOver():
            pass
    if isinstance(command, SlipCommitment) and command.due_on <= commitment.due_on:
        raise NotALaterDay(due_on=command.due_on, than=commitment.due_on)
    return [event]


def _event_of(
    command: Later,
) -> (
    CommitmentAdvanced
    | CommitmentFulfilled
    | CommitmentSlipped
    | CommitmentGivenUp
    | CommitmentCarriedOver
):
    told = command.model_dump(exclude={"at", "result_class"})
    match command:
        case AdvanceCommitment():
            return CommitmentAdvanced(**told)
        case FulfilCommitment():
            return CommitmentFulfilled(**told)
        case SlipCommitment():
            return CommitmentSlipped(**told)
        case GiveUpCommitment():
            return CommitmentGivenUp(**told)
        case CarryCommitmentOver():
            return CommitmentCarriedOver(**told)


def _class_after(
    command: FulfilCommitment, part: Assignment, case: Dispatched
) -> list[AssignmentServiceEvent]:
    """B becomes A when the last commitment has been kept."""
    was = part.result_class
    if not command.result_class or was is None or command.result_class == was:
        return []
    still_open = [
        each.made.commitment
        for each in case.commitments_of(part.unit)
        if each.is_open and each.made.commitment != command.commitment
    ]
    if still_open:
        raise OthersAreOpen(commitments="、".join(map(str, still_open)))
    return [
        ResultClassChanged(
            proposal_id=command.proposal_id,
            unit=command.unit,
            was=was,
            result_class=command.result_class,
            reason=KEPT,
            changed_on=command.fulfilled_on,
        )
    ]


def _found(command: Later, case: Dispatched) -> Commitment:
    for commitment in case.commitments_of(command.unit):
        if commitment.made.commitment == command.commitment:
            return commitment
    raise CommitmentUnknown(unit=command.unit, commitment=command.commitment)


def _is_open(commitment: Commitment) -> None:
    if not commitment.is_open:
        kept = commitment.standing is Standing.FULFILLED
        raise CommitmentIsOver(
            commitment=commitment.made.commitment,
            standing="已经兑现" if kept else "已说明不能兑现",
            standing_in_english="kept" if kept else "given up",
        )
