"""What can be done with a case now, found by putting each command to the rules themselves."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from assignment import commands as c
from assignment.decisions.checking import letter_to_issue
from assignment.state import Assignment, Case, Dispatched
from contracts.assignment import AssignmentServiceEvent, Suggestion
from contracts.command import Command
from contracts.refusal import Refused
from contracts.vocabulary import (
    CHINA,
    ChasingManner,
    ContactManner,
    ContactStage,
    ItemState,
    Openness,
    Role,
)

# Words that nobody writes, so that no probe is taken for the repetition of something done.
NOBODYS = "（试问规则）"
A_DAY = timedelta(days=1)

Decide = Callable[[Any, Any], Sequence[AssignmentServiceEvent]]
Probe = tuple[type[Command], Mapping[str, Any], Mapping[str, Any]]


@dataclass(frozen=True)
class Opening:
    """A command that the rules would take now, and what it is about (unit, co-unit, version …)."""

    command: type[Command]
    about: Mapping[str, Any] = field(default_factory=dict)


def openings(decide: Decide, case: Case, proposal_id: str, at: datetime) -> list[Opening]:
    """Each command that people may give and that would come to something if it were given at `at`."""
    found = []
    for command, about, told in _probes(case, proposal_id, at):
        fields = {"at": at, "proposal_id": proposal_id, **about, **told}
        if _comes_to_something(decide, command.model_validate(fields), case):
            found.append(Opening(command, about))
    return found


def _comes_to_something(decide: Decide, command: Command, case: Case) -> bool:
    try:
        return bool(decide(command, case))
    except Refused:
        return False


def _probes(case: Case, proposal_id: str, at: datetime) -> Iterator[Probe]:
    day = at.astimezone(CHINA).date()
    part = c.Part(unit=NOBODYS, role=Role.SOLE, due_on=day, due_rule=NOBODYS)
    given = {"year": day.year, "number": "1", "assignments": (part,), "dispatched_on": day}
    yield c.DispatchCase, {}, given
    yield c.ListSuggestions, {}, {"suggestions": (Suggestion(number=1, text=NOBODYS),)}
    if not isinstance(case, Dispatched):
        return
    for each in case.assignments:
        about = {"unit": each.unit}
        for command, told in _of_any_part(each, case, at).items():
            yield command, about, told
        yield from _of_its_letter(each, case, proposal_id, at)
        yield from _of_others(each, case, at)
        yield from _of_its_commitments(each, case, at)


def _of_any_part(
    part: Assignment, case: Dispatched, at: datetime
) -> Mapping[type[Command], Mapping[str, Any]]:
    day = at.astimezone(CHINA).date()
    why = {"reason": NOBODYS}
    limits = {"due_on": day, "due_rule": NOBODYS}
    later = max(part.due_on, day) + A_DAY
    granted = part.extension.until if part.extension else later
    contact = {"stage": ContactStage.DURING, "manner": ContactManner.OTHER, "note": NOBODYS}
    chasing = {"manner": ChasingManner.RETURN_VISIT, "note": NOBODYS}
    suggestion = case.suggestions[0].number if case.suggestions else 1
    result = {"number": suggestion, "answer": NOBODYS, "state": ItemState.PLANNED}
    return {
        c.SignAssignment: {"signed_on": day},
        c.RequestReturn: {**why, "suggested_unit": NOBODYS, "requested_on": day},
        c.GrantReturn: {**limits, "new_unit": NOBODYS, "granted_on": day},
        c.DeclineReturn: why,
        c.AllowLateReturn: why,
        c.EscalateReturn: {"escalated_on": day, "note": NOBODYS},
        c.NameHandler: {"handler": NOBODYS},
        c.SuggestCoUnit: {**why, "co_unit": NOBODYS, "suggested_on": day},
        c.RecordContact: {**contact, "contacted_on": day},
        c.GiveCoOpinion: {"given_on": day},
        c.WaiveCoOpinion: why,
        c.RequestExtension: {**why, "until": later, "requested_on": day},
        c.GrantExtension: {"due_on": granted, "granted_on": day},
        c.DeclineExtension: why,
        c.SuspendHandling: {**why, "suspended_on": day},
        c.ResumeHandling: {"resumed_on": day},
        c.DraftReply: {"document_number": NOBODYS, "drafted_on": day},
        c.ChangeResultClass: {**why, "result_class": NOBODYS, "changed_on": day},
        c.PublishReply: {"published_on": day, "address": NOBODYS},
        c.RecordResult: {**result, "recorded_on": day},
        c.ChaseUnit: {**chasing, "chased_on": day},
    }


def _of_its_letter(
    part: Assignment, case: Dispatched, proposal_id: str, at: datetime
) -> Iterator[Probe]:
    day = at.astimezone(CHINA).date()
    about: dict[str, Any] = {"unit": part.unit}
    letter = letter_to_issue(part, proposal_id, at, day)
    written = letter.model_dump(exclude={"at", "proposal_id", "unit"})
    asked = part.given.requirements
    goes_out_as_it_is = asked.leader_signs or asked.reviewed
    yield c.IssueReply, about, written if goes_out_as_it_is else _completed(written, part, case)
    if part.draft is not None:
        version = about | {"version": part.draft.letter.version}
        yield c.SignReply, version, {"signed_by": NOBODYS, "signed_on": day}
        yield c.PassDraft, version, {}
        yield c.SendBackDraft, version, {"findings": (NOBODYS,)}
    had = {each.proposer for each in part.deliveries if each.handling_round == part.handling_round}
    proposers = case.proposers_of(part)
    for proposer in proposers:
        if proposer not in had:
            yield c.DeliverReply, about | {"proposer": proposer}, {"delivered_on": day}
    if not proposers:
        yield c.DeliverReply, about, {"proposer": NOBODYS, "delivered_on": day}


def _completed(written: dict[str, Any], part: Assignment, case: Dispatched) -> dict[str, Any]:
    """What is still blank in a draft may be filled in when it goes out, unless somebody passed it."""
    points = [{"number": each.number, "answer": NOBODYS} for each in case.suggestions]
    otherwise = {
        "document_number": NOBODYS,
        "result_class": NOBODYS,
        "openness": Openness.PUBLIC,
        "contact_person": NOBODYS,
        "addressees": case.proposers_of(part) or (NOBODYS,),
        "points": points,
    }
    return {**otherwise, **{name: value for name, value in written.items() if value}}


def _of_others(part: Assignment, case: Dispatched, at: datetime) -> Iterator[Probe]:
    """What it has to do with its co-units, and what is decided for a co-unit."""
    day = at.astimezone(CHINA).date()
    for wanted in part.wanted:
        about = {"unit": part.unit, "co_unit": wanted.co_unit}
        yield c.AddCoUnit, about, {"due_on": day, "due_rule": NOBODYS, "added_on": day}
        yield c.DeclineCoUnit, about, {"reason": NOBODYS}
    for other in case.assignments if part.role.answers_the_proposer else ():
        about = {"unit": part.unit, "co_unit": other.unit}
        yield c.AcceptCoOpinion, about, {"accepted_on": day}
        yield c.SendBackCoOpinion, about, {"reason": NOBODYS, "sent_back_on": day}
    # What closes by itself is not closed by hand (ClosedByRating at the door).
    if part.role is Role.CO and part.waiver is not None:
        yield c.CloseAssignment, {"unit": part.unit}, {"closed_on": day}


def _of_its_commitments(part: Assignment, case: Dispatched, at: datetime) -> Iterator[Probe]:
    """The next commitment takes the next number of the case."""
    day = at.astimezone(CHINA).date()
    next_number = max((each.made.commitment for each in case.commitments), default=0) + 1
    about = {"unit": part.unit, "commitment": next_number}
    yield c.MakeCommitment, about, {"text": NOBODYS, "made_on": day, "due_on": day + A_DAY}
    for commitment in case.commitments_of(part.unit):
        about = {"unit": part.unit, "commitment": commitment.made.commitment}
        later = {"due_on": commitment.due_on + A_DAY, "slipped_on": day}
        yield c.AdvanceCommitment, about, {"progress": NOBODYS, "reported_on": day}
        yield c.FulfilCommitment, about, {"evidence": NOBODYS, "fulfilled_on": day}
        yield c.SlipCommitment, about, {"reason": NOBODYS, **later}
        yield c.GiveUpCommitment, about, {"reason": NOBODYS, "given_up_on": day}
        yield c.CarryCommitmentOver, about, {"into_year": day.year + 1}
