"""What the proposers are told: that they were answered, that a form is due, that nothing was filed."""

from collections.abc import Mapping
from types import MappingProxyType

from assignment.decisions.messages import phrases
from assignment.decisions.messages.facts import Facts
from assignment.decisions.messages.letters import NEW, Letter, Tell, Told
from assignment.decisions.messages.overtaking import FORM
from contracts.assignment import ReplyIssued
from contracts.evaluation import RatingOpened
from contracts.event import Event
from contracts.intake import ProposalRefused
from contracts.sending import Matter, RecipientKind


def _answered(event: ReplyIssued, facts: Facts) -> list[Told]:
    letter = Letter(event, facts, Matter.ANSWERED, NEW, event.unit)
    return [
        letter.to(
            RecipientKind.PROPOSER, name, document=event.document_number, class_=event.result_class
        )
        for name in event.addressees or facts.proposers_of(event.unit)
    ]


def _form_due(event: RatingOpened, facts: Facts) -> list[Told]:
    letter = Letter(event, facts, Matter.FORM_DUE, FORM, event.unit)
    answered = phrases.answered([(event.unit, event.replied_on)])
    return [
        letter.to(RecipientKind.PROPOSER, name, answered=answered)
        for name in facts.proposers_of(event.unit)
    ]


def _not_filed(event: ProposalRefused, facts: Facts) -> list[Told]:
    letter = Letter(event, facts, Matter.NOT_FILED, NEW)
    known = {"reason": event.reason.chinese, "note": event.notice or None}
    return [letter.to(RecipientKind.PROPOSER, name, **known) for name in facts.proposers]


PROPOSERS_TOLD_AFTER: Mapping[type[Event], Tell] = MappingProxyType(
    {ReplyIssued: _answered, RatingOpened: _form_due, ProposalRefused: _not_filed}
)
