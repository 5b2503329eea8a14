"""What every page needs: settings, services, accounts, texts and templates, put together once."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from console.endpoints.accounts import Accounts
from console.endpoints.language import (
    Catalogue,
    Language,
    choose_side,
    write_day,
    write_day_of,
    write_moment,
)
from console.endpoints.sentences import Sentences
from console.endpoints.services import Clients
from console.endpoints.terms import figure_in_digits, role_of, state_of, term_of
from console.endpoints.titles import NOWHERE, Place
from console.settings import Settings
from contracts.classes import class_said
from contracts.identity import public_part

TEMPLATES = Path(__file__).parent.parent / "templates"


@dataclass(frozen=True)
class Texts:
    """Everything that a page is written with."""

    catalogue: Catalogue
    sentences: Sentences
    templates: Environment


@cache
def read_texts() -> Texts:
    """The texts, read and compiled once in a process; nobody changes them afterwards."""
    catalogue = Catalogue.read()
    sentences = Sentences.read(catalogue, Environment(autoescape=True))
    return Texts(catalogue, sentences, _templates(catalogue))


@dataclass(frozen=True)
class Desk:
    """The parts that all pages share."""

    settings: Settings
    clients: Clients
    accounts: Accounts
    texts: Texts
    private_key: str = field(repr=False)
    public_key: str

    @classmethod
    def open(cls, settings: Settings, clients: Clients) -> Self:
        return cls(
            settings=settings,
            clients=clients,
            accounts=Accounts.read(settings.console_accounts_file),
            texts=read_texts(),
            private_key=settings.private_key,
            public_key=public_part(settings.private_key),
        )


def _readable(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)


FILTERS: Mapping[str, Callable[..., str]] = MappingProxyType(
    {
        "classed": class_said,
        "day_of": write_day_of,
        "digits": figure_in_digits,
        "iso": datetime.isoformat,
        "moment": write_moment,
        "readable": _readable,
        "role": role_of,
        "state": state_of,
        "term": term_of,
    }
)


def _templates(catalogue: Catalogue) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )

    @pass_context
    def say(context: Context, chinese: str, **facts: object) -> str:
        return catalogue.say(context["language"], chinese, **facts)

    @pass_context
    def told(context: Context, thing: object, name: str) -> Any:
        """The field in the language of the page, where there is an English one."""
        if context["language"] is Language.ENGLISH:
            return getattr(thing, f"{name}_en", "") or getattr(thing, name)
        return getattr(thing, name)

    @pass_context
    def in_one_language(context: Context, text: str) -> str:
        return choose_side(context["language"], text)

    @pass_context
    def day(context: Context, value: Any) -> str:
        return write_day(context["language"], value)

    @pass_context
    def rating(context: Context, code: str) -> str:
        """What a level of rating is called in the place that the page is about."""
        language = context["language"]
        place: Place = context.get("titles") or NOWHERE
        usual = catalogue.say(language, term_of(code, "satisfaction"))
        return place.title_of_level(language, code) or usual

    @pass_context
    def rating_mark(context: Context, code: str) -> str:
        return (context.get("titles") or NOWHERE).mark_of_level(code)

    environment.globals.update(rating=rating, rating_mark=rating_mark)
    environment.globals.update(_=say, told=told, in_one_language=in_one_language)
    environment.filters.update(FILTERS, day=day)
    return environment
