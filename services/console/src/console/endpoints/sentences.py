"""What happened, as one human sentence per type of event, in both languages."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Self

from jinja2 import Environment, Template
from markupsafe import Markup

from console.endpoints.answers import LoggedEvent
from console.endpoints.language import TEXTS, Catalogue, Language, write_day
from console.endpoints.titles import NOWHERE, Place
from contracts.appraisal import AppealOutcome
from contracts.assignment import UnitChased
from contracts.classes import class_said
from contracts.vocabulary import (
    ChasingManner,
    ContactManner,
    ContactStage,
    Conversion,
    Duty,
    EscalationStep,
    Level,
    Openness,
    ProposalCategory,
    ProposalForm,
    RefusalReason,
    Role,
    Satisfaction,
    Term,
)

TERMS: dict[str, type[Term]] = {
    "category": ProposalCategory,
    "form": ProposalForm,
    "role": Role,
    "stage": ContactStage,
    "manner": ContactManner,
    "openness": Openness,
    "satisfaction": Satisfaction,
    "outcome": AppealOutcome,
    "reason": RefusalReason,
    "step": EscalationStep,
    "duty": Duty,
    "into": Conversion,
    "level": Level,
}

# A unit is chased in other manners than proposers are contacted in; fields and codes are called alike.
TERMS_OF: Mapping[str, Mapping[str, type[Term]]] = MappingProxyType(
    {UnitChased.type: {"manner": ChasingManner}}
)

# What people write may end with a full stop of its own; three points stay three.
SECOND_STOP = re.compile(r"(?<=[。！？])[。.]|(?<=[^.]\.)[。.](?!\.)")


@dataclass(frozen=True)
class Sentences:
    """A template per language and type of event."""

    templates: dict[Language, dict[str, Template]]
    catalogue: Catalogue

    @classmethod
    def read(cls, catalogue: Catalogue, environment: Environment) -> Self:
        environment.filters["classed"] = class_said
        texts = {
            language: tomllib.loads((TEXTS / f"events_{language}.toml").read_text(encoding="utf-8"))
            for language in Language
        }
        return cls(
            templates={
                language: {kind: environment.from_string(text) for kind, text in each.items()}
                for language, each in texts.items()
            },
            catalogue=catalogue,
        )

    def tell(self, language: Language, event: LoggedEvent, place: Place = NOWHERE) -> Markup:
        """The sentence for an event, in the words of the place; an unknown one is told by its type."""
        template = self.templates[language].get(event.type)
        if template is None:
            return Markup("{} <code>{}</code>").format(
                self.catalogue.say(language, "记录了事件"), event.type
            )
        terms = {**TERMS, **TERMS_OF.get(event.type, {})}
        facts = {
            name: self._word(language, terms.get(name), name, value)
            for name, value in event.data.items()
        }
        if title := place.title_of_level(language, event.data.get("satisfaction") or ""):
            facts["satisfaction"] = title
        told = SECOND_STOP.sub("", template.render(facts))
        return Markup(told)  # noqa: S704 - the template escapes its facts

    def _word(self, language: Language, kind: type[Term] | None, name: str, value: Any) -> Any:
        if isinstance(value, str) and (name.endswith("_on") or name == "until"):
            return write_day(language, date.fromisoformat(value))
        if isinstance(value, list):
            return self.catalogue.say(language, "、").join(str(each) for each in value)
        if (name, value) == ("manner", "not_stated"):
            return ""
        if kind is not None and value in set(kind):
            return self.catalogue.say(language, kind(value).chinese)
        return value
