"""A city of made-up districts, and a district's insights, as evaluation answers them in these tests."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from contracts.assignment import AssignmentDispatched, AssignmentSigned, ReplyIssued
from contracts.city import CityOverview, DistrictTrends, RateTerms, ScoreInBrief, YearInBrief
from contracts.evaluation import ReplyRated
from contracts.event import Event
from contracts.holding import CaseSteps, Holdings, Insights, Step
from contracts.intake import ProposalFiled
from contracts.shown import Shown
from contracts.vocabulary import Role, Satisfaction
from evaluation.decisions.city.overview import Place, side_by_side
from evaluation.decisions.city.trends import trends
from evaluation.decisions.holding.answers import insights_of
from evaluation.decisions.holding.summing import holdings_of
from tests.evaluation.building import RULEBOOK

NAMES = (
    ("longgang", "龙岗区", "Longgang"),
    ("yantian", "盐田区", "Yantian"),
    ("example", "示例区", "Example"),
    ("other", "另一区", "Another"),
    ("apart", "另算区", "Apart"),
)
SATISFIED = (Satisfaction.SATISFIED,)
BY_REPLY, BY_RATED = "satisfaction.by_reply.v1", "satisfaction.by_rated_reply.v1"
TODAY = date(2024, 11, 20)
LIVE = datetime(2024, 6, 3, 2, tzinfo=UTC)


def in_brief(numerator: int, year: int = 2024, formula: str = BY_RATED) -> YearInBrief:
    rates = (
        RateTerms("on_time_completion_rate", "on_time_completion.by_case.v1", numerator - 1, 300),
        RateTerms("satisfaction_rate", formula, numerator, 300),
    )
    score = ScoreInBrief("shenzhen-2024", 1, "深圳（样例）", "Shenzhen (sample)", Decimal("98.5"))
    return YearInBrief(year, 300, SATISFIED, rates, score)


def a_city() -> CityOverview:
    """Three that can be compared, of which two are equal; one apart, one without cases."""
    years = (in_brief(297), in_brief(285), in_brief(285), None, in_brief(300, formula=BY_REPLY))
    behind = (0, 3, 0, 0, 0)
    return side_by_side(
        2024,
        [
            Place(*name, brief, 1200, late)
            for name, brief, late in zip(NAMES, years, behind, strict=True)
        ],
    )


def some_trends() -> DistrictTrends:
    years = [in_brief(270, 2022), in_brief(290, 2023, BY_REPLY), in_brief(285, 2024)]
    return trends("longgang", 1200, 0, years)


def some_cases() -> list[CaseSteps]:
    return [_case(number) for number in range(1, 5)]


def some_holdings() -> Holdings:
    found = holdings_of("longgang", 2024, some_cases(), TODAY)
    return found.model_copy(update={"shown": Shown(position=1200)})


def some_insights() -> Insights:
    found = insights_of("longgang", 2024, some_cases(), RULEBOOK, 10)
    return found.model_copy(update={"shown": Shown(position=1200)})


def _case(number: int) -> CaseSteps:
    """A case that was filed, dispatched and signed, answered but for the last, and rated but for that before."""
    case, unit = f"2024010{number}", ("龙岗区教育局", "龙岗区城市管理和综合执法局")[number % 2]
    begun = date(2024, 3, number)
    told: list[tuple[date, Event]] = [
        (
            begun,
            ProposalFiled(proposal_id=case, year=2024, number=case, title="关于虚构事项的提案"),
        ),
        (
            begun + timedelta(days=5),
            AssignmentDispatched(
                proposal_id=case,
                unit=unit,
                year=2024,
                number=case,
                role=Role.SOLE,
                own=True,
                reporting=True,
                dispatched_on=begun,
                due_on=date(2024, 6, 4),
                due_rule="",
            ),
        ),
        (begun + timedelta(days=8), AssignmentSigned(proposal_id=case, unit=unit, signed_on=begun)),
    ]
    if number < 4:
        told.append((date(2024, 6, number), _reply(case, unit, "AAC"[number - 1])))
    if number < 3:
        told.append((date(2024, 6, number + 2), _rating(case, unit)))
    steps = [
        Step(event, day, 10 * number + n, LIVE + timedelta(minutes=n * number * 4))
        for n, (day, event) in enumerate(told)
    ]
    return CaseSteps(case, 2024, case, "关于虚构事项的提案", steps)


def _reply(case: str, unit: str, result_class: str) -> Event:
    return ReplyIssued(
        proposal_id=case,
        unit=unit,
        handling_round=1,
        role=Role.SOLE,
        document_number="虚构〔2024〕1号",
        result_class=result_class,
        contact_person="李老师",
        issued_on=date(2024, 6, 3),
    )


def _rating(case: str, unit: str) -> Event:
    return ReplyRated(
        proposal_id=case,
        unit=unit,
        handling_round=1,
        satisfaction=Satisfaction.SATISFIED,
        rated_on=date(2024, 6, 4),
    )
