"""The rules of assignment: what each command comes to, given what is known of its case."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from assignment import commands as c
from assignment.decisions.calendars import adopt_notice
from assignment.decisions.chasing import chase, raise_alert
from assignment.decisions.closing import close, end, reopen
from assignment.decisions.committing import follow_commitment, make_commitment
from assignment.decisions.delivering import change_class, deliver, publish
from assignment.decisions.dispatching import dispatch
from assignment.decisions.drafting import draft_reply, pass_draft, send_back_draft, sign_reply
from assignment.decisions.escalating import allow_late, escalate
from assignment.decisions.extending import (
    decline_extension,
    grant_extension,
    request_extension,
)
from assignment.decisions.handling import give_opinion, record_contact, sign, waive_opinion
from assignment.decisions.history import record_history
from assignment.decisions.joining import (
    add_co_unit,
    decline_co_unit,
    join_proposers,
    name_handler,
    suggest_co_unit,
)
from assignment.decisions.judging import accept_opinion, send_back_opinion
from assignment.decisions.levels import take_back_opinion, take_report
from assignment.decisions.replying import issue_reply, open_round
from assignment.decisions.results import list_suggestions, record_result
from assignment.decisions.returning import decline_return, grant_return, request_return
from assignment.decisions.standing import dispatched_case
from assignment.decisions.timing import move_due_date, move_early_limits, resume, suspend
from assignment.state import KeptCalendar, State
from contracts.assignment import AssignmentServiceEvent
from contracts.command import Command

Decide = Callable[[Any, Any], Sequence[AssignmentServiceEvent]]

OF_ANY_CASE: Mapping[type[Command], Decide] = MappingProxyType(
    {
        c.DispatchCase: dispatch,
        c.RecordHandlingHistory: record_history,
        c.EndCase: end,
        c.ReopenCase: reopen,
        c.JoinProposers: join_proposers,
    }
)
OF_A_DISPATCHED_CASE: Mapping[type[Command], Decide] = MappingProxyType(
    {
        c.SignAssignment: sign,
        c.RequestReturn: request_return,
        c.GrantReturn: grant_return,
        c.DeclineReturn: decline_return,
        c.AllowLateReturn: allow_late,
        c.EscalateReturn: escalate,
        c.NameHandler: name_handler,
        c.SuggestCoUnit: suggest_co_unit,
        c.AddCoUnit: add_co_unit,
        c.DeclineCoUnit: decline_co_unit,
        c.RecordContact: record_contact,
        c.GiveCoOpinion: give_opinion,
        c.WaiveCoOpinion: waive_opinion,
        c.SendBackCoOpinion: send_back_opinion,
        c.AcceptCoOpinion: accept_opinion,
        c.RequestExtension: request_extension,
        c.GrantExtension: grant_extension,
        c.DeclineExtension: decline_extension,
        c.SuspendHandling: suspend,
        c.ResumeHandling: resume,
        c.MoveDueDate: move_due_date,
        c.MoveEarlyLimits: move_early_limits,
        c.DraftReply: draft_reply,
        c.SignReply: sign_reply,
        c.PassDraft: pass_draft,
        c.SendBackDraft: send_back_draft,
        c.IssueReply: issue_reply,
        c.ChangeResultClass: change_class,
        c.DeliverReply: deliver,
        c.PublishReply: publish,
        c.OpenHandlingRound: open_round,
        c.CloseAssignment: close,
        c.ListSuggestions: list_suggestions,
        c.RecordResult: record_result,
        c.MakeCommitment: make_commitment,
        c.AdvanceCommitment: follow_commitment,
        c.FulfilCommitment: follow_commitment,
        c.SlipCommitment: follow_commitment,
        c.GiveUpCommitment: follow_commitment,
        c.CarryCommitmentOver: follow_commitment,
        c.RaiseAlert: raise_alert,
        c.ChaseUnit: chase,
        c.TakeReport: take_report,
        c.TakeBackOpinion: take_back_opinion,
    }
)


def decide(command: c.AssignmentCommand, state: State) -> Sequence[AssignmentServiceEvent]:
    """What the command comes to. Raises Refused; a repeated command comes to nothing."""
    if isinstance(command, c.AdoptHolidayNotice):
        return adopt_notice(command, state)
    if isinstance(state, KeptCalendar):
        raise TypeError(command.stream)
    if (of_any := OF_ANY_CASE.get(type(command))) is not None:
        return of_any(command, state)
    return OF_A_DISPATCHED_CASE[type(command)](command, dispatched_case(state, command.proposal_id))
