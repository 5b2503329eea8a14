"""The rules of assignment: what each command comes to, given what is known of its case."""

from assignment.commands import (
    AssignmentCommand,
    CloseAssignment,
    DeclineReturn,
    DispatchCase,
    EndCase,
    GiveCoOpinion,
    GrantReturn,
    IssueReply,
    OpenHandlingRound,
    RecordContact,
    RecordHandlingHistory,
    RequestReturn,
    SignAssignment,
    WaiveCoOpinion,
)
from assignment.decisions.closing import close, end
from assignment.decisions.dispatching import dispatch
from assignment.decisions.handling import give_opinion, record_contact, sign, waive_opinion
from assignment.decisions.history import record_history
from assignment.decisions.replying import issue_reply, open_round
from assignment.decisions.returning import decline_return, grant_return, request_return
from assignment.decisions.standing import dispatched_case
from assignment.state import Case, Dispatched
from contracts.assignment import AssignmentServiceEvent

ReturnCommand = RequestReturn | GrantReturn | DeclineReturn
AssignmentsCommand = (
    ReturnCommand
    | SignAssignment
    | RecordContact
    | GiveCoOpinion
    | WaiveCoOpinion
    | IssueReply
    | OpenHandlingRound
    | CloseAssignment
)


def decide(command: AssignmentCommand, case: Case) -> list[AssignmentServiceEvent]:
    """What the command comes to. Raises Refused; a repeated command comes to nothing."""
    match command:
        case DispatchCase():
            return dispatch(command, case)
        case RecordHandlingHistory():
            return record_history(command, case)
        case EndCase():
            return end(command, case)
        case (
            SignAssignment()
            | RequestReturn()
            | GrantReturn()
            | DeclineReturn()
            | RecordContact()
            | GiveCoOpinion()
            | WaiveCoOpinion()
            | IssueReply()
            | OpenHandlingRound()
            | CloseAssignment()
        ):
            return _decide_for_assignment(command, dispatched_case(case, command.proposal_id))


def _decide_for_assignment(
    command: AssignmentsCommand, case: Dispatched
) -> list[AssignmentServiceEvent]:
    match command:
        case SignAssignment():
            return sign(command, case)
        case RequestReturn() | GrantReturn() | DeclineReturn():
            return _decide_on_return(command, case)
        case RecordContact():
            return record_contact(command, case)
        case GiveCoOpinion():
            return give_opinion(command, case)
        case WaiveCoOpinion():
            return waive_opinion(command, case)
        case IssueReply():
            return issue_reply(command, case)
        case OpenHandlingRound():
            return open_round(command, case)
        case CloseAssignment():
            return close(command, case)


def _decide_on_return(command: ReturnCommand, case: Dispatched) -> list[AssignmentServiceEvent]:
    match command:
        case RequestReturn():
            return request_return(command, case)
        case GrantReturn():
            return grant_return(command, case)
        case DeclineReturn():
            return decline_return(command, case)
