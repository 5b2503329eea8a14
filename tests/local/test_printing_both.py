"""The terminal sets two rulebooks side by side, with what differs."""

from decimal import Decimal

import pytest

from contracts.figures import Difference, SideBySide
from tests.local.test_printing_figures import figures
from tian.printing_both import print_both


@pytest.fixture(autouse=True)
def _wide_and_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("TIAN_LANG", "zh")


def both(*differences: Difference) -> SideBySide:
    score = figures().score
    assert score is not None
    other = figures().model_copy(
        update={"score": score.model_copy(update={"rulebook_title": "另一份"})}
    )
    return SideBySide(adopted=figures(), other=other, differences=differences)


def difference(figure: str, adopted: str | None, other: str | None) -> Difference:
    return Difference(
        id=figure,
        label=figure,
        label_en=figure,
        adopted=None if adopted is None else Decimal(adopted),
        other=None if other is None else Decimal(other),
    )


def test_every_figure_that_differs_stands_there_twice_with_the_difference(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_both(
        both(
            difference("score", "95", "91.5"),
            difference("reply_rate", "80", "100"),
            difference("visit_rate", None, "50"),
        )
    )
    shown = capsys.readouterr().out
    rows = [
        [cell.strip() for cell in line.split("│")[1:-1]]
        for line in shown.split("└", 1)[0].splitlines()
        if line.startswith("│")
    ]
    assert rows == [
        ["score", "95", "91.5", "−3.5"],
        ["reply_rate", "80%", "100%", "+20%"],
        ["visit_rate", "—", "50%", "—"],
    ]
    assert "另一份" in shown
    assert "没有差异" not in shown


def test_where_nothing_differs_the_screen_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    print_both(both())
    assert "没有差异" in capsys.readouterr().out
