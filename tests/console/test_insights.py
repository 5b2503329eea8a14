"""The insights of a year: bars to one scale, the longest first, and the long tail folded."""

from decimal import Decimal

import httpx
import pytest

from console.endpoints.insights import (
    BAR_WIDTH,
    HEIGHT,
    UNITS_SHOWN,
    dots_of,
    first_of,
    pieces_of,
    stages_of,
    units_of,
)
from contracts.city import Trend
from contracts.holding import Held, Stage
from tests.console.sample_city import some_holdings, some_insights, some_trends
from tests.console.stand_ins import YEAR, Services
from tests.console.visiting import words

INSIGHTS = f"{YEAR}/insights"


def held(unit: str, stage: Stage, days: int, still_open: int = 0) -> Held:
    return Held(
        stage=stage,
        label=stage.chinese,
        label_en=stage.value,
        unit=unit,
        days=days,
        stretches=1,
        average=Decimal(days),
        longest=days,
        still_open=still_open,
        cases=(),
    )


def test_the_pieces_of_a_bar_lie_side_by_side_and_fill_it() -> None:
    stages = [held("", stage, days) for stage, days in zip(Stage, (0, 7, 1, 12), strict=False)]
    pieces = pieces_of(stages, 20)
    assert [each.held.days for each in pieces] == [7, 1, 12]
    assert [each.x for each in pieces] == [0, 350, 400]
    assert pieces[-1].x + pieces[-1].width == BAR_WIDTH
    assert pieces_of([held("", Stage.UNSIGNED, 0)], 0) == ()


def test_stages_without_days_are_left_out_unless_none_took_a_day() -> None:
    idle, busy = held("", Stage.UNDISPATCHED, 0), held("", Stage.HANDLING, 3)
    begun = held("", Stage.UNSIGNED, 0, still_open=1)
    assert stages_of([idle, busy, begun]) == [busy, begun]
    assert stages_of([idle, idle]) == [idle, idle]


def test_a_figure_that_stays_the_same_is_drawn_in_the_middle_and_a_higher_one_higher() -> None:
    (trend, *_) = some_trends().trends
    first, *_ = trend.points

    def heights(*values: int) -> list[float]:
        points = tuple(
            first.model_copy(update={"year": 2024 + n, "value": Decimal(value)})
            for n, value in enumerate(values)
        )
        return [dot.y for dot in dots_of(trend.model_copy(update={"points": points}), [2024, 2025])]

    assert heights(100, 100) == [HEIGHT / 2, HEIGHT / 2]
    low, high = heights(95, 100)
    assert low > HEIGHT / 2 > high


def test_units_stand_by_their_days_and_are_drawn_to_one_scale() -> None:
    units = units_of(
        [
            held("乙局", Stage.UNSIGNED, 1, still_open=1),
            held("甲局", Stage.UNSIGNED, 2),
            held("乙局", Stage.HANDLING, 3),
            held("甲局", Stage.HANDLING, 6),
        ]
    )
    assert [(each.unit, each.days, each.still_open) for each in units] == [
        ("甲局", 8, 0),
        ("乙局", 4, 1),
    ]
    first, second = (sum(piece.width for piece in each.pieces) for each in units)
    assert first == 2 * second == BAR_WIDTH


def test_the_score_is_always_among_the_trends_that_are_shown_at_once() -> None:
    (rate, *_, score) = some_trends().trends
    assert score.figure == "score"
    rates: list[Trend] = [rate.model_copy(update={"figure": f"rate-{n}"}) for n in range(6)]
    assert [each.figure for each in first_of([*rates, score])] == [
        "rate-0",
        "rate-1",
        "rate-2",
        "score",
    ]


@pytest.mark.parametrize("beyond", [0, 5])
async def test_the_long_tail_of_units_is_folded_and_stages_without_days_are_left_out(
    leader: httpx.AsyncClient, services: Services, beyond: int
) -> None:
    units = [held(f"第{n}局", Stage.HANDLING, 50 - n) for n in range(UNITS_SHOWN + beyond)]
    stages = (held("", Stage.UNDISPATCHED, 0), held("", Stage.HANDLING, 90))
    holdings = some_holdings().model_copy(update={"by_stage": stages, "by_unit": tuple(units)})
    services.evaluation.answers |= {
        "/districts/longgang/trends": some_trends().model_dump_json(),
        f"{YEAR}/holdings": holdings.model_dump_json(),
        INSIGHTS: some_insights().model_dump_json(),
    }
    page = words(await leader.get(INSIGHTS))
    assert ("其余 5 个单位" in page) == (beyond > 0)
    assert [page.count(each.unit) for each in units] == [1] * len(units)
    assert "待交办" not in page
    assert "承办单位办理 90 天" in page
