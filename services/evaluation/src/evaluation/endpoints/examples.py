"""Examples for the interface description, made by the rules themselves, so that they are never wrong."""

from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from contracts.city import RateTerms, ScoreInBrief, YearInBrief
from contracts.vocabulary import Satisfaction
from evaluation.decisions.city.ordering import ranking
from evaluation.decisions.city.overview import Place, side_by_side
from evaluation.decisions.city.trends import trends

YEAR = 2024
RATED, ALL = "satisfaction.by_rated_reply.v1", "satisfaction.by_reply.v1"


def _year(numerator: int, formula: str, year: int = YEAR) -> YearInBrief:
    terms = RateTerms("satisfaction_rate", formula, numerator, 300)
    score = ScoreInBrief("shenzhen-2024", 1, "深圳（样例）", "Shenzhen (sample)", Decimal("98.5"))
    return YearInBrief(year, 310, (Satisfaction.SATISFIED,), (terms,), score)


def _overview() -> list[Place]:
    return [
        Place("longgang", "深圳市龙岗区", "Longgang", _year(297, RATED), 3412, 0),
        Place("yantian", "深圳市盐田区", "Yantian", _year(285, ALL), 1207, 3),
    ]


def _of(answer: BaseModel) -> dict[int | str, dict[str, Any]]:
    example = answer.model_dump(mode="json")
    return {200: {"content": {"application/json": {"example": example}}}}


OVERVIEW = _of(side_by_side(YEAR, _overview()))
RANKING = _of(ranking(side_by_side(YEAR, _overview()), "satisfaction_rate"))
TRENDS = _of(trends("longgang", 3412, 0, [_year(270, RATED, YEAR - 1), _year(297, RATED)]))
