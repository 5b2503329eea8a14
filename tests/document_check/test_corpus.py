"""What the check finds, and what it leaves alone, in texts of our own."""

import pytest

from tests.document_check.corpus import Written, findings_in, honest, planted


@pytest.mark.parametrize("written", planted(), ids=lambda written: written.about)
def test_a_planted_contradiction_is_found(written: Written) -> None:
    findings = findings_in(written.text)
    said = " ".join(f"{each.arithmetic} {each.message}" for each in findings)
    assert any(each.kind in written.kinds for each in findings), said
    assert written.says in said


@pytest.mark.parametrize("written", honest(), ids=lambda written: written.about)
def test_nothing_is_said_of_an_honest_text(written: Written) -> None:
    assert [each.message for each in findings_in(written.text)] == []


def test_the_corpus_is_as_large_as_it_claims_to_be() -> None:
    assert len(planted()) >= 40
    assert len(honest()) >= 60
