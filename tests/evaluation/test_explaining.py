"""A rulebook in words leaves nothing out, and says of everything where it comes from."""

import re
from pathlib import Path

import pytest

from contracts.rulebook import read_rulebook
from evaluation.decisions.explaining.rulebooks import explained
from tests.evaluation.building import RULEBOOK

SHIPPED = sorted((Path(__file__).parents[2] / "deploy" / "rulebooks").glob("*.toml"))
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("file", SHIPPED, ids=[each.stem for each in SHIPPED])
def test_every_source_in_the_file_stands_with_a_line_and_every_line_with_a_key_of_its_own(
    file: Path,
) -> None:
    text = file.read_text("utf-8")
    lines = explained(read_rulebook(text)).lines
    sources = set(re.findall(r'^source = "(.+)"$', text, re.MULTILINE))
    groups = set(re.findall(r'\[\[score\.groups\]\][^\[]*?source = "([^"]+)"', text))
    assert sources - groups <= {each.source for each in lines}
    assert len({each.key for each in lines}) == len(lines)
    assert all(each.said and each.said_en and each.label and each.label_en for each in lines)


def test_the_sample_is_told_in_words() -> None:
    told = {each.key: each for each in explained(RULEBOOK).lines}
    assert (told["limits.lead"].label, told["limits.lead"].said) == ("主办答复", "3 个月")
    assert told["limits.lead"].assumed
    assert told["classes.C"].said == "因条件限制或其他原因暂时不能解决（统一口径：条件所限）"
    assert told["levels.dissatisfied"].said_en == (
        "“Dissatisfied”: counts as dissatisfied; sends the case back"
    )
    assert told["score.adopted-clue"].said == "每条加 0.5 分"
    assert not told["score.key-case-answered"].assumed


def test_no_english_line_is_chinese() -> None:
    for file in SHIPPED:
        if file.stem == "hongkou":
            continue
        for each in explained(read_rulebook(file.read_text("utf-8"))).lines:
            assert not CHINESE.search(each.label_en + each.said_en), each.key
