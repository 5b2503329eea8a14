"""What of a case is shown to whom: letters that were issued to everybody, those being written to few."""

from collections.abc import Sequence
from types import MappingProxyType

from assignment.endpoints.publications import as_published, letters_issued, publications
from assignment.projections.reading import CaseView, PartView
from contracts.assignment import (
    AssignmentClosed,
    AssignmentDispatched,
    AssignmentSigned,
    CaseEnded,
    CaseReopened,
    CommitmentAdvanced,
    CommitmentCarriedOver,
    CommitmentFulfilled,
    CommitmentGivenUp,
    CommitmentMade,
    CommitmentSlipped,
    ContactRecorded,
    CoOpinionGiven,
    CoOpinionWaived,
    DraftPassed,
    DraftSentBack,
    DueDateMoved,
    EarlyLimitsMoved,
    ExtensionGranted,
    HandlingResumed,
    HandlingRoundOpened,
    HandlingSuspended,
    LowerCaseOpened,
    ProposersJoined,
    ReplyDelivered,
    ReplyDrafted,
    ReplyIssued,
    ReplyParticularsAdded,
    ReplyPublished,
    ReplySigned,
    ResultClassChanged,
    ResultRecorded,
    ReturnGranted,
    RoleChanged,
    SuggestionsListed,
)
from contracts.identity import Actor
from contracts.vocabulary import ActorRole
from eventlog import Recorded
from hosting.history import History, history_of
from hosting.proofs import MAY_READ_ENTRIES
from hosting.reading_rights import Reach

OF_LETTERS = frozenset({ReplyDrafted.type, ReplySigned.type, DraftPassed.type, DraftSentBack.type})
WITH_THE_ANSWER = frozenset(
    {
        ResultRecorded.type,
        CommitmentMade.type,
        CommitmentAdvanced.type,
        CommitmentFulfilled.type,
        CommitmentSlipped.type,
        CommitmentGivenUp.type,
        CommitmentCarriedOver.type,
    }
)
TOWARD_PROPOSERS = frozenset(
    {
        AssignmentDispatched.type,
        AssignmentSigned.type,
        ReturnGranted.type,
        ContactRecorded.type,
        CoOpinionGiven.type,
        CoOpinionWaived.type,
        ReplyIssued.type,
        ReplyParticularsAdded.type,
        ReplyDelivered.type,
        ReplyPublished.type,
        ResultClassChanged.type,
        HandlingRoundOpened.type,
        AssignmentClosed.type,
        CaseEnded.type,
        CaseReopened.type,
        RoleChanged.type,
        LowerCaseOpened.type,
        ProposersJoined.type,
        SuggestionsListed.type,
        ExtensionGranted.type,
        HandlingSuspended.type,
        HandlingResumed.type,
        DueDateMoved.type,
        EarlyLimitsMoved.type,
    }
)
KEPT_BACK = MappingProxyType(
    {
        ContactRecorded.type: "note",
        CoOpinionGiven.type: "opinion",
        CoOpinionWaived.type: "reason",
        HandlingSuspended.type: "reason",
    }
)
FIELDS_TOWARD_PROPOSERS = frozenset(
    {
        "unit",
        "role",
        "own",
        "reporting",
        "lead_unit",
        "dispatched_on",
        "due_on",
        "due_rule",
        "state",
        "signed_on",
        "opinion_on",
        "opinion_waived",
        "completed_on",
        "replied_on",
        "document_number",
        "result_class",
        "openness",
        "withheld_because",
        "contact_person",
        "satisfaction",
        "handling_round",
        "first_due_on",
        "sign_by",
        "return_until",
        "provisional",
        "suspended_on",
        "deliveries",
        "published_on",
        "lower_district",
        "lower_proposal_id",
    }
)


def sees_the_letter(actor: Actor, unit: str) -> bool:
    """A letter that is being written is the business of its unit and of the supervision office."""
    return actor.role is ActorRole.SUPERVISION or _is_of_the_unit(actor, unit)


def case_shown(case: CaseView, history: Sequence[Recorded], actor: Actor, reach: Reach) -> CaseView:
    """The case as the actor may see it; `history` is that of the case, up to what is shown.

    Where it is published, only the published parts are left; before that there are none.
    """
    if reach is Reach.PUBLISHED:
        return as_published(case, history)
    if actor.role is ActorRole.PROPOSER:
        parts = [_toward_proposers(part, history) for part in case.assignments]
    else:
        parts = [
            part
            if _follows_the_letter(actor, part.unit)
            else part.model_copy(update={"drafts": letters_issued(part.unit, history)})
            for part in case.assignments
        ]
    return case.model_copy(update={"assignments": parts})


def history_shown(history: Sequence[Recorded], actor: Actor, reach: Reach) -> History:
    """The events of the case that the actor may see."""
    if reach is Reach.PUBLISHED:
        published = publications(history)
        return history_of([one for each in published.values() for one in each if one is not None])
    if actor.role is not ActorRole.PROPOSER:
        return history_of([one for one in history if _is_for(actor, one)])
    answered = _answered(history)
    shown = history_of([one for one in history if _is_toward_proposers(one, answered)])
    for event in shown.events:
        if kept_back := KEPT_BACK.get(event.type):
            event.data = {**event.data, kept_back: ""}
    return shown


def _is_of_the_unit(actor: Actor, unit: str) -> bool:
    return actor.role is ActorRole.UNIT and actor.unit == unit


def _follows_the_letter(actor: Actor, unit: str) -> bool:
    """Who may read any entry of the log has nothing kept back here."""
    return actor.role in MAY_READ_ENTRIES or sees_the_letter(actor, unit)


def _is_for(actor: Actor, event: Recorded) -> bool:
    return event.type not in OF_LETTERS or _follows_the_letter(actor, event.data["unit"])


def _is_toward_proposers(event: Recorded, answered: frozenset[str]) -> bool:
    if event.type in WITH_THE_ANSWER:
        return event.data["unit"] in answered
    return event.type in TOWARD_PROPOSERS


def _toward_proposers(part: PartView, history: Sequence[Recorded]) -> PartView:
    """What was done toward them; results and commitments go with an answer that has been issued."""
    told = {name: getattr(part, name) for name in FIELDS_TOWARD_PROPOSERS}
    told["contacts"] = [each.model_copy(update={"note": ""}) for each in part.contacts]
    told["drafts"] = letters_issued(part.unit, history)
    if part.opinion_waived is not None:
        told["opinion_waived"] = ""
    for name in ("return_reason", "suggested_unit"):
        told[name] = None
    if part.unit in _answered(history):
        told |= {"results": part.results, "commitments": part.commitments}
    return PartView(**told)


def _answered(history: Sequence[Recorded]) -> frozenset[str]:
    """The units whose latest round has its answer."""
    answered: set[str] = set()
    for each in history:
        if each.type == ReplyIssued.type:
            answered.add(each.data["unit"])
        elif each.type in {AssignmentDispatched.type, HandlingRoundOpened.type}:
            answered.discard(each.data["unit"])
    return frozenset(answered)
