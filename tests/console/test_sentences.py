"""What the history of a case says of an event, word for word."""

from typing import Any

import pytest
from jinja2 import Environment

from console.endpoints.answers import LoggedEvent
from console.endpoints.language import Catalogue, Language
from console.endpoints.sentences import Sentences
from contracts.assignment import (
    ContactRecorded,
    CoOpinionWaived,
    DraftSentBack,
    HandlingSuspended,
    UnitChased,
)
from tests.console.sample_answers import an_event

SENTENCES = Sentences.read(Catalogue.read(), Environment(autoescape=True))
CALLED = {"unit": "甲局", "stage": "during", "manner": "phone"}


def told(kind: str, data: dict[str, Any], language: Language = Language.CHINESE) -> str:
    return str(SENTENCES.tell(language, LoggedEvent.model_validate(an_event(7, kind, data))))


def test_a_proposer_is_telephoned_and_only_a_unit_is_reminded_by_telephone() -> None:
    assert told(ContactRecorded.type, CALLED) == "办中见面：甲局与提案人联系，方式：电话。"
    assert "Manner: phone." in told(ContactRecorded.type, CALLED, Language.ENGLISH)
    assert told(UnitChased.type, CALLED) == "督查室催办甲局（电话提醒）。"


@pytest.mark.parametrize("kind", [CoOpinionWaived.type, HandlingSuspended.type])
@pytest.mark.parametrize("language", Language)
def test_a_reason_that_is_kept_back_leaves_no_hole_in_the_sentence(
    kind: str, language: Language
) -> None:
    word = "理由" if language is Language.CHINESE else "Reason"
    assert word in told(kind, {"unit": "甲局", "reason": "等待政策"}, language)
    assert word not in told(kind, {"unit": "甲局", "reason": ""}, language)


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        ("已了解意图", "已了解意图。"),
        ("已了解意图。", "已了解意图。"),
        ("怎么办？", "怎么办？"),
        ("等等...", "等等...。"),
    ],
)
def test_a_sentence_ends_once_however_people_end_theirs(written: str, ends: str) -> None:
    assert told(ContactRecorded.type, CALLED | {"note": written}).endswith(f"备注：{ends}")
    sent_back = {"unit": "甲局", "version": 1, "findings": ["No number."]}
    english = told(DraftSentBack.type, sent_back, Language.ENGLISH)
    assert english.endswith("No number.")
    assert not english.endswith("..")
