"""A receipt says one thing in one sequence of bytes; where it differs, the figure is named."""

import hashlib
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from contracts.figures import Figures
from contracts.receipt import NotAReceipt, Receipt, read_receipt
from evaluation.decisions.agreeing import disagreements
from evaluation.endpoints.recomputing import projector_version
from tests.evaluation.building import a_claim, figures_of, the_sample_year, two_clues

ROOT = "ab" * 32


def figures() -> Figures:
    return figures_of(the_sample_year(), two_clues(), [a_claim("bonus", "10")])


def a_receipt(**changes: Any) -> Receipt:
    receipt = Receipt(
        district="longgang",
        year=2024,
        position=1000,
        root=ROOT,
        rulebook=None,
        projector=projector_version(),
        figures=figures(),
    )
    return receipt.model_copy(update=changes)


def test_reading_a_receipt_and_writing_it_gives_the_same_bytes() -> None:
    receipt = a_receipt(checkpoint="origin\n1000\nroot\n", consistency=("aGFzaA==",))
    assert read_receipt(receipt.canonical) == receipt
    assert read_receipt(receipt.canonical).canonical == receipt.canonical
    laid_out = json.dumps(json.loads(receipt.canonical), indent=4).encode()
    assert read_receipt(laid_out).canonical == receipt.canonical


def test_the_digest_is_of_what_is_said_and_not_of_who_vouches_for_it() -> None:
    receipt = a_receipt()
    assert a_receipt(checkpoint="signed", projector="0" * 64).digest == receipt.digest
    assert a_receipt(root="cd" * 32).digest != receipt.digest
    assert a_receipt(position=1001).digest != receipt.digest
    other = receipt.figures.model_copy(update={"total": 34})
    assert a_receipt(figures=other).digest != receipt.digest
    document = json.loads(receipt.canonical)
    for name in ("projector", "checkpoint", "consistency"):
        del document[name]
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode() + b"\n").hexdigest() == receipt.digest


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04", "不是 JSON 文件"),
        (b"[]", "缺少“format: tian-receipt/1”"),
        (b'{"format": "tian-receipt/2"}', "缺少“format: tian-receipt/1”"),
        (
            a_receipt().canonical.replace(b'1000,"projector"', b'-1,"projector"'),
            "“position”不能小于 0",
        ),
        (a_receipt().canonical.replace(ROOT.encode(), b"no root"), "“root”填写有误，请更正"),
    ],
)
def test_what_is_no_receipt_is_refused_with_the_place(content: bytes, said: str) -> None:
    with pytest.raises(NotAReceipt) as refused:
        read_receipt(content)
    assert said in refused.value.chinese
    assert not re.search("[A-Za-z]{4,} [a-z]+ [a-z]+", refused.value.chinese)


def test_the_same_figures_agree() -> None:
    assert disagreements(figures(), figures(), same_rules=True) == ()


def test_an_altered_figure_is_named_beside_the_computed_one() -> None:
    document = figures().model_dump(mode="json")
    document["rates"][2]["numerator"] = 6
    document["score"]["items"][1]["points"] = "0.5"
    document["comparisons"] = []
    claimed = Figures.model_validate(document)
    found = disagreements(claimed, figures(), same_rules=True)
    assert [(each.path, each.claimed, each.computed) for each in found] == [
        ("rates.satisfaction_rate.numerator", "6", "5"),
        (f"score.items.{document['score']['items'][1]['id']}.points", "0.5", "0"),
        ("comparisons.bonus", "—", "加分"),
    ]
    assert found[0].name.chinese == "指标·满意率·分子"
    assert found[0].name.english == "rate · Satisfaction rate · numerator"


def test_what_newer_rules_tell_besides_is_no_disagreement_and_under_the_same_rules_it_is() -> None:
    document = figures().model_dump(mode="json")
    del document["units"]
    del document["rates"][0]["margin"]
    claimed, computed = Figures.model_validate(document), figures()
    assert computed.rates[0].margin is not None
    assert disagreements(claimed, computed, same_rules=False) == ()
    assert [each.path for each in disagreements(claimed, computed, same_rules=True)] == [
        "rates.on_time_completion_rate.margin"
    ]


@for_all(st.data())
def test_any_one_figure_that_is_altered_is_found(data: st.DataObject) -> None:
    document = figures().model_dump(mode="json")
    places = [*_numbers(document, ())]
    place = data.draw(st.sampled_from(places))
    inside = document
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = str(Decimal(str(inside[place[-1]])) + 1)
    found = disagreements(Figures.model_validate(document), figures(), same_rules=True)
    assert len(found) == 1


def _numbers(value: Any, place: tuple[Any, ...]) -> Any:
    """The places of all numbers in a document."""
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _numbers(inner, (*place, step))
    elif place[-1] not in {"proposal_id", "number"} and _is_number(value):
        yield place


def _is_number(value: Any) -> bool:
    return not isinstance(value, bool) and str(value).replace(".", "", 1).isdigit()


def test_the_version_of_the_rules_is_a_hash_that_does_not_move_by_itself() -> None:
    first = projector_version()
    projector_version.cache_clear()
    assert projector_version() == first
    assert len(bytes.fromhex(first)) == 32
