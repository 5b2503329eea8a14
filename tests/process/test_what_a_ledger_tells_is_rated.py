"""A rating that stands in a ledger is taken over, however far the tables of evaluation have come."""

from datetime import date
from pathlib import Path

from contracts.evaluation import RatingOpened, ReplyRated
from contracts.ledger import LedgerRow
from contracts.vocabulary import ProposalForm, Role, Satisfaction
from evaluation.commands import AdoptRulebook
from intake.commands import RecordLedgerRow
from tests.process.districts import District
from tests.process.rows import NOW, recording

UNIT = "区教育局"
LEDGER = "ledger-2024.xlsx"
RULEBOOKS = Path(__file__).parents[2] / "deploy/rulebooks"


def ledger_row(satisfaction: Satisfaction | None) -> RecordLedgerRow:
    row = LedgerRow(
        number="20240001",
        title="关于优化学区划分的建议",
        form=ProposalForm.INDIVIDUAL,
        proposers=("陈一",),
        role=Role.LEAD,
        own_units=(UNIT,),
        dispatched_on=date(2024, 3, 11),
        signed_on=date(2024, 3, 12),
        contacted_during_on=date(2024, 4, 2),
        replied_on=date(2024, 5, 20),
        satisfaction=satisfaction,
    )
    return recording(row, LEDGER)


def after_an_import(satisfaction: Satisfaction | None, rulebook: str = "shenzhen-2024") -> District:
    """Evaluation hears of an answer at once; there is no table that it could look into."""
    district = District()
    text = (RULEBOOKS / f"{rulebook}.toml").read_text(encoding="utf-8")
    district.give("evaluation", AdoptRulebook(at=NOW, year=2024, text=text))
    district.give("intake", ledger_row(satisfaction), attested_by=LEDGER)
    district.settle()
    return district


def test_a_rating_in_the_ledger_is_taken_over_with_its_day() -> None:
    district = after_an_import(Satisfaction.SATISFIED)

    (rated,) = [event for event, _ in district.log if isinstance(event, ReplyRated)]

    assert (rated.unit, rated.satisfaction) == (UNIT, Satisfaction.SATISFIED)
    assert rated.rated_on == date(2024, 5, 20)
    assert not district.dead_letters


def test_without_one_the_answer_waits_for_its_rating() -> None:
    district = after_an_import(None)

    assert not [event for event, _ in district.log if isinstance(event, ReplyRated)]


def test_the_levels_offered_are_those_of_the_rulebook_of_the_year() -> None:
    district = after_an_import(None, "hongkou")

    (opened,) = [event for event, _ in district.log if isinstance(event, RatingOpened)]

    assert [each.code for each in opened.levels] == [
        Satisfaction.SATISFIED,
        Satisfaction.UNDERSTANDING,
        Satisfaction.RESERVED,
        Satisfaction.DISSATISFIED,
    ]
