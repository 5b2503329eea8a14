"""The terminal ranks districts, says who is tied, and what stands apart."""

import pytest

from evaluation.decisions.city.ordering import ranking
from tests.console.sample_city import a_city
from tian.printing_city import print_ranking


def printed(capsys: pytest.CaptureFixture[str], figure: str = "satisfaction_rate") -> str:
    print_ranking(ranking(a_city(), figure))
    return "".join(capsys.readouterr().out.split())


def test_the_ranking_of_a_city(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIAN_LANG", "zh")
    monkeypatch.setenv("COLUMNS", "200")
    said = printed(capsys)
    assert "2024年各区满意率" in said
    assert "│1│龙岗区│99%│297/300│1200│" in said
    assert "│2（并列2）│示例区│95%│285/300│1200│" in said
    assert "│2（并列2）│盐田区│95%│285/300│1200(−3)│" in said
    assert "合计│96.33%│867/900" in said
    assert "算法不同，不可比：" in said
    assert "satisfaction.by_reply.v1" not in said
    assert "各区日志里还有3条未计入" in said
    assert "另一区—本年度没有纳入统计的提案" in said


def test_scores_have_no_terms(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIAN_LANG", "en")
    monkeypatch.setenv("COLUMNS", "200")
    said = printed(capsys, "score")
    assert "Scoreofthedistricts,2024" in said
    assert "│1(4tied)│Longgang│98.5│—│1200│" in said
