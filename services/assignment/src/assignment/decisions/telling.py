"""What a row of a ledger says was done, as the events of one unit's part."""

from collections.abc import Sequence
from datetime import date

from assignment.commands import RecordHandlingHistory
from contracts.assignment import (
    AssignmentClosed,
    AssignmentServiceEvent,
    AssignmentSigned,
    ContactRecorded,
    CoOpinionGiven,
    ReplyIssued,
)
from contracts.vocabulary import ContactManner, ContactStage


def signature(command: RecordHandlingHistory, unit: str) -> list[AssignmentServiceEvent]:
    day = command.row.signed_on
    if not day:
        return []
    return [AssignmentSigned(proposal_id=command.proposal_id, unit=unit, signed_on=day)]


def contacts(command: RecordHandlingHistory, unit: str) -> Sequence[ContactRecorded]:
    """A ledger has no column for how a contact took place."""
    row = command.row
    told = (
        (ContactStage.BEFORE, row.contacted_before_on),
        (ContactStage.DURING, row.contacted_during_on),
        (ContactStage.AFTER, row.contacted_after_on),
    )
    return [
        ContactRecorded(
            proposal_id=command.proposal_id,
            unit=unit,
            stage=stage,
            manner=ContactManner.NOT_STATED,
            contacted_on=day,
        )
        for stage, day in told
        if day
    ]


def opinion(
    command: RecordHandlingHistory, unit: str, given_on: date
) -> list[AssignmentServiceEvent]:
    """With its opinion, a co-unit has done what it had to do."""
    return [
        CoOpinionGiven(proposal_id=command.proposal_id, unit=unit, given_on=given_on),
        AssignmentClosed(proposal_id=command.proposal_id, unit=unit, closed_on=given_on),
    ]


def answer(
    command: RecordHandlingHistory, unit: str, issued_on: date
) -> list[AssignmentServiceEvent]:
    """A ledger has no column for the contact person."""
    row = command.row
    return [
        ReplyIssued(
            proposal_id=command.proposal_id,
            unit=unit,
            handling_round=1,
            role=row.role,
            document_number=row.document_number or "",
            result_class=row.result_class or "",
            openness=row.openness,
            contact_person="",
            issued_on=issued_on,
        )
    ]
