"""The two languages of the console are both complete."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import httpx
import pytest
from jinja2 import Environment, StrictUndefined

import console
from console.endpoints import (
    appraisal,
    calendar,
    case_forms,
    documents,
    problems,
    proposal_acts,
    rulebooks,
    terms,
)
from console.endpoints.language import TEXTS, Catalogue, Language, choose_side
from console.endpoints.sentences import Sentences
from contracts import vocabulary
from contracts.assignment import AssignmentServiceEvent
from contracts.evaluation import EvaluationEvent
from contracts.event import Event
from contracts.intake import IntakeEvent
from tests.console.visiting import OVERVIEW, words

SOURCE = Path(console.__file__).parent
SAID_IN_A_TEMPLATE = re.compile(r'_\(\s*"([^"]+)"')
SAID_IN_A_MODULE = re.compile(r'say\(\s*(?:language, |self\.language, )?"([^"]+)"')
CHINESE = re.compile(r"[\u3400-\u9fff\uff08\uff09\uff0c\uff1a\uff1b\u3001\u3002]+")
JINJA = re.compile(r"{{.*?}}|{%.*?%}", re.DOTALL)
EVENTS: tuple[type[Event], ...] = (
    *get_args(IntakeEvent),
    *get_args(AssignmentServiceEvent),
    *get_args(EvaluationEvent),
)


def said() -> Iterator[str]:
    for template in SOURCE.glob("templates/*.html"):
        yield from SAID_IN_A_TEMPLATE.findall(template.read_text(encoding="utf-8"))
    for module in SOURCE.glob("endpoints/*.py"):
        yield from SAID_IN_A_MODULE.findall(module.read_text(encoding="utf-8"))
    kinds: list[type[vocabulary.Term]] = [*terms.KINDS.values(), vocabulary.RefusalReason]
    yield from (term.chinese for kind in kinds for term in kind)
    yield from appraisal.MOVES.values()
    yield from appraisal.STEPS.values()
    yield from documents.CERTAINTIES.values()
    yield from documents.KINDS.values()
    yield from (*calendar.WEEKDAYS, *calendar.MONTHS)
    yield from rulebooks.SECTIONS.values()
    yield from problems.TITLES.values()
    yield from problems.ADVICE.values()
    yield from problems.SERVICES.values()
    acts = (proposal_acts.SAVE_DRAFT, *proposal_acts.ACTS, *case_forms.CASE_ACTS.values())
    for act in acts:
        yield from filter(None, (act.title, act.hint))
        for blank in act.blanks:
            yield from filter(None, (blank.label, blank.hint, *(term for _, term in blank.choices)))
    yield from (
        case_forms.TO_A_SUGGESTION,
        "基础分",
        "扣分",
        "加分",
        problems.TRY_LATER,
        problems.OTHERWISE,
    )


def test_everything_that_is_said_in_chinese_is_said_in_english() -> None:
    assert set(said()) - set(Catalogue.read().english) == set()


def test_nothing_is_translated_that_nobody_says() -> None:
    assert set(Catalogue.read().english) - set(said()) == set()


def test_an_english_text_has_the_blanks_of_its_original() -> None:
    blank = re.compile(r"{\w+}")
    for chinese, english in Catalogue.read().english.items():
        for form in english.values() if isinstance(english, dict) else [english]:
            assert sorted(blank.findall(form)) == sorted(blank.findall(chinese)), chinese
            assert not CHINESE.search(form), form


def test_no_template_says_chinese_past_the_catalogue() -> None:
    for template in SOURCE.glob("templates/*.html"):
        if template.name != "summary_zh.html":
            bare = JINJA.sub("", template.read_text(encoding="utf-8"))
            assert CHINESE.findall(bare) == [], template.name


@pytest.mark.parametrize("language", Language)
def test_every_event_has_a_sentence(language: Language) -> None:
    texts = tomllib.loads((TEXTS / f"events_{language}.toml").read_text(encoding="utf-8"))
    assert set(texts) == {event.type for event in EVENTS}


@pytest.mark.parametrize("language", Language)
def test_a_sentence_names_only_fields_that_its_event_has(language: Language) -> None:
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    sentences = Sentences.read(Catalogue.read(), environment)
    for event in EVENTS:
        filled = {name: f"[{name}]" for name in event.model_fields} | {"handling_round": 2}
        sentence = sentences.templates[language][event.type].render(filled)
        assert sentence.endswith(("。", ".", "]")), sentence


async def test_the_choice_of_language_is_kept_and_leads_back(visitor: httpx.AsyncClient) -> None:
    page = await visitor.get("/sign-in")
    assert '<html lang="zh-CN">' in page.text

    answer = await visitor.get("/language/en", params={"back": OVERVIEW})
    assert answer.headers["location"] == OVERVIEW
    page = await visitor.get("/sign-in")
    assert '<html lang="en">' in page.text
    assert CHINESE.findall(words(page)) == []


async def test_the_choice_of_language_never_leads_to_another_site(
    visitor: httpx.AsyncClient,
) -> None:
    answer = await visitor.get("/language/en", params={"back": "//evil.test"})
    assert answer.headers["location"] == "/"


def test_one_of_a_kind_is_told_in_the_singular() -> None:
    catalogue = Catalogue.read()
    assert catalogue.say(Language.ENGLISH, "{count} 件", count=1) == "1 case"
    assert catalogue.say(Language.ENGLISH, "{count} 件", count=0) == "0 cases"


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("年度总结 / annual summary", "年度总结", "annual summary"),
        ("年度总结", "年度总结", "年度总结"),
        ("总结甲 / 总结乙", "总结甲 / 总结乙", "总结甲 / 总结乙"),
    ],
)
def test_of_a_text_in_both_languages_a_page_shows_its_own(
    text: str, chinese: str, english: str
) -> None:
    assert choose_side(Language.CHINESE, text) == chinese
    assert choose_side(Language.ENGLISH, text) == english
