"""A message before it is addressed, and the message that somebody is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assignment.decisions.messages import phrases
from assignment.decisions.messages.facts import Facts
from assignment.decisions.messages.wording import WORDING
from contracts.assignment import CaseEvent
from contracts.evaluation import RatingEvent
from contracts.intake import ProposalEvent
from contracts.sending import Matter, RecipientKind

OFFICE = "督查室"
ANYTHING = "case"
NEW = "new"

Cause = CaseEvent | RatingEvent | ProposalEvent


@dataclass(frozen=True)
class Told:
    """A message to somebody. `unit` is whose part it is about; `about` is what may overtake it."""

    kind: RecipientKind
    recipient: str
    matter: Matter
    proposal_id: str
    unit: str | None
    about: str
    subject: str
    body: str
    due_on: date | None = None

    @property
    def is_form(self) -> bool:
        return self.matter is Matter.FORM_DUE


@dataclass(frozen=True)
class Letter:
    """Something to be told of a case, of one unit's part in it perhaps, before it is known to whom."""

    cause: Cause
    facts: Facts
    matter: Matter
    about: str
    unit: str | None = None

    def to(self, kind: RecipientKind, recipient: str, **known: str | date | None) -> Told:
        everything = {**self._usual, **known, "to": recipient}
        said = {
            name: phrases.day(value) if isinstance(value, date) else value
            for name, value in everything.items()
        }
        subject, body = WORDING[self.matter].fill(said)
        due_on = everything.get("due_on")
        return Told(
            kind=kind,
            recipient=recipient,
            matter=self.matter,
            proposal_id=self.cause.proposal_id,
            unit=self.unit,
            about=self.about,
            subject=subject,
            body=body,
            due_on=due_on if isinstance(due_on, date) else None,
        )

    def to_office(self, **known: str | date | None) -> Told:
        return self.to(RecipientKind.OFFICE, OFFICE, **known)

    @property
    def _usual(self) -> Mapping[str, str | date | None]:
        usual: dict[str, str | date | None] = {
            "case": self.facts.named,
            "place": self.facts.place,
            "unit": self.unit,
            "happened_on": self.cause.happened_on,
        }
        part = self.facts.part_of(self.unit) if self.unit else None
        if part is not None:
            usual |= {"due_on": part.due_on, "task": phrases.task_of(part.role)}
        return usual


Tell = Callable[[Any, Facts], list[Told]]
