"""Who held a case how long: tables of events and the stretches they make."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from contracts.holding import Held
from contracts.vocabulary import Role, Satisfaction
from evaluation.decisions.holding.course import stretches_of
from evaluation.decisions.holding.summing import holdings_of
from tests.evaluation.courses import (
    CO,
    LEAD,
    OTHER,
    WHOLE,
    Line,
    Told,
    again,
    case_of,
    closed,
    day,
    declined,
    dispatched,
    ended,
    granted,
    leading,
    opened_again,
    opinion,
    opinion_sent_back,
    rated,
    replied,
    resumed,
    returning,
    signed,
    steps_of,
    suspended,
    waived,
)


def lines_of(told: Sequence[Told], today: str = "12-31") -> list[Line]:
    return [
        (
            each.stage.value,
            each.unit,
            f"{each.from_on:%m-%d}",
            f"{each.until_on:%m-%d}",
            each.days,
            each.is_open,
        )
        for each in stretches_of(steps_of(told), day(today))
    ]


@pytest.mark.parametrize(
    ("told", "lines"),
    [
        pytest.param(
            WHOLE,
            [
                ("undispatched", "", "02-20", "03-01", 10, False),
                ("unsigned", LEAD, "03-01", "03-04", 3, False),
                ("handling", LEAD, "03-04", "05-10", 67, False),
                ("rating_pending", LEAD, "05-10", "05-20", 10, False),
            ],
            id="a whole case",
        ),
        pytest.param(
            WHOLE[:2],
            [
                ("undispatched", "", "02-20", "03-01", 10, False),
                ("unsigned", LEAD, "03-01", "12-31", 305, True),
            ],
            id="what goes on lasts until today",
        ),
        pytest.param(
            [WHOLE[1], WHOLE[3], ("05-10", closed())],
            [
                ("undivided", LEAD, "03-01", "05-10", 70, False),
                ("rating_pending", LEAD, "05-10", "05-10", 0, False),
            ],
            id="without a day of signing, signing and handling are one",
        ),
        pytest.param(
            [WHOLE[1], ("03-02", returning()), ("03-06", granted()), ("03-08", dispatched(OTHER))],
            [
                ("unsigned", LEAD, "03-01", "03-02", 1, False),
                ("return_pending", LEAD, "03-02", "03-06", 4, False),
                ("undispatched", "", "03-06", "03-08", 2, False),
                ("unsigned", OTHER, "03-08", "12-31", 298, True),
            ],
            id="a return is with the supervision office until another unit has the case",
        ),
        pytest.param(
            [*WHOLE[1:3], ("03-10", returning()), ("03-12", declined()), ("05-10", replied())],
            [
                ("unsigned", LEAD, "03-01", "03-04", 3, False),
                ("handling", LEAD, "03-04", "03-10", 6, False),
                ("return_pending", LEAD, "03-10", "03-12", 2, False),
                ("handling", LEAD, "03-12", "05-10", 59, False),
                ("rating_pending", LEAD, "05-10", "12-31", 235, True),
            ],
            id="a return that is declined gives back what the unit was at",
        ),
        pytest.param(
            [WHOLE[1], ("03-02", returning()), ("03-05", declined()), ("03-06", signed())],
            [
                ("unsigned", LEAD, "03-01", "03-02", 1, False),
                ("return_pending", LEAD, "03-02", "03-05", 3, False),
                ("unsigned", LEAD, "03-05", "03-06", 1, False),
                ("handling", LEAD, "03-06", "12-31", 300, True),
            ],
            id="a return declined before signing leaves it to be signed",
        ),
        pytest.param(
            [
                ("03-01", dispatched(LEAD, Role.LEAD)),
                ("03-01", dispatched(CO, Role.CO)),
                ("03-04", signed(LEAD)),
                ("03-05", signed(CO)),
                ("04-01", opinion()),
                ("05-10", replied()),
            ],
            [
                ("unsigned", LEAD, "03-01", "03-04", 3, False),
                ("unsigned", CO, "03-01", "03-05", 4, False),
                ("waiting_for_opinions", LEAD, "03-04", "04-01", 28, False),
                ("handling", CO, "03-05", "04-01", 27, False),
                ("handling", LEAD, "04-01", "05-10", 39, False),
                ("rating_pending", LEAD, "05-10", "12-31", 235, True),
            ],
            id="a lead unit waits as long as an opinion is outstanding",
        ),
        pytest.param(
            [
                ("03-01", dispatched(LEAD, Role.LEAD)),
                ("03-04", signed(LEAD)),
                ("03-10", dispatched(CO, Role.CO, own=False)),
                ("03-20", waived()),
            ],
            [
                ("unsigned", LEAD, "03-01", "03-04", 3, False),
                ("handling", LEAD, "03-04", "03-10", 6, False),
                ("waiting_for_opinions", LEAD, "03-10", "03-20", 10, False),
                ("handling", LEAD, "03-20", "12-31", 286, True),
            ],
            id="a waived opinion of another district's unit is waited for and not held here",
        ),
        pytest.param(
            [
                ("03-01", dispatched(LEAD, Role.LEAD)),
                ("03-01", dispatched(CO, Role.CO)),
                ("03-01", dispatched(OTHER, Role.CO, own=False)),
                ("03-04", signed(LEAD)),
                ("03-04", signed(CO)),
                ("04-01", opinion()),
                ("04-01", opinion(OTHER)),
                ("04-05", opinion_sent_back()),
                ("04-09", opinion()),
                ("04-11", opinion_sent_back(OTHER)),
            ],
            [
                ("unsigned", LEAD, "03-01", "03-04", 3, False),
                ("unsigned", CO, "03-01", "03-04", 3, False),
                ("waiting_for_opinions", LEAD, "03-04", "04-01", 28, False),
                ("handling", CO, "03-04", "04-01", 28, False),
                ("handling", LEAD, "04-01", "04-05", 4, False),
                ("handling", CO, "04-05", "04-09", 4, False),
                ("waiting_for_opinions", LEAD, "04-05", "04-09", 4, False),
                ("handling", LEAD, "04-09", "04-11", 2, False),
                ("waiting_for_opinions", LEAD, "04-11", "12-31", 264, True),
            ],
            id="an opinion that is sent back is waited for again",
        ),
        pytest.param(
            [
                *WHOLE[1:4],
                ("05-20", rated(Satisfaction.DISSATISFIED)),
                ("05-22", again()),
                ("06-10", replied(handling_round=2)),
                ("06-12", rated()),
            ],
            [
                ("unsigned", LEAD, "03-01", "03-04", 3, False),
                ("handling", LEAD, "03-04", "05-10", 67, False),
                ("rating_pending", LEAD, "05-10", "05-20", 10, False),
                ("handling", LEAD, "05-20", "06-10", 21, False),
                ("rating_pending", LEAD, "06-10", "06-12", 2, False),
            ],
            id="a dissatisfied rating gives the case back to the unit",
        ),
        pytest.param(
            [WHOLE[1], WHOLE[2], ("03-20", ended())],
            [
                ("unsigned", LEAD, "03-01", "03-04", 3, False),
                ("handling", LEAD, "03-04", "03-20", 16, False),
            ],
            id="a case that ended waits for nobody",
        ),
        pytest.param(
            [WHOLE[1], WHOLE[2], ("03-20", ended()), ("03-22", opened_again()), WHOLE[3]],
            [
                ("unsigned", LEAD, "03-01", "03-04", 3, False),
                ("handling", LEAD, "03-04", "03-20", 16, False),
                ("handling", LEAD, "03-22", "05-10", 49, False),
                ("rating_pending", LEAD, "05-10", "12-31", 235, True),
            ],
            id="a case that is opened again waits for what it waited for",
        ),
        pytest.param(
            [*WHOLE[1:3], ("03-10", suspended()), ("03-30", resumed()), WHOLE[3]],
            [
                ("unsigned", LEAD, "03-01", "03-04", 3, False),
                ("handling", LEAD, "03-04", "03-10", 6, False),
                ("suspended", LEAD, "03-10", "03-30", 20, False),
                ("handling", LEAD, "03-30", "05-10", 41, False),
                ("rating_pending", LEAD, "05-10", "12-31", 235, True),
            ],
            id="while handling is suspended no unit holds the case",
        ),
        pytest.param(
            [
                WHOLE[1],
                ("03-02", suspended()),
                ("03-04", signed()),
                ("03-06", returning()),
                ("03-08", declined()),
                ("03-20", resumed()),
            ],
            [
                ("unsigned", LEAD, "03-01", "03-02", 1, False),
                ("suspended", LEAD, "03-02", "03-06", 4, False),
                ("return_pending", LEAD, "03-06", "03-08", 2, False),
                ("suspended", LEAD, "03-08", "03-20", 12, False),
                ("handling", LEAD, "03-20", "12-31", 286, True),
            ],
            id="what is signed or kept while suspended is gone on with when it is resumed",
        ),
        pytest.param(
            [
                WHOLE[1],
                ("03-02", returning()),
                ("03-03", suspended()),
                ("03-05", resumed()),
                ("03-08", declined()),
            ],
            [
                ("unsigned", LEAD, "03-01", "03-02", 1, False),
                ("return_pending", LEAD, "03-02", "03-08", 6, False),
                ("unsigned", LEAD, "03-08", "12-31", 298, True),
            ],
            id="a return that is waiting lies with the supervision office, suspended or not",
        ),
        pytest.param(
            [
                *WHOLE[1:3],
                ("03-10", suspended()),
                ("03-12", ended()),
                ("03-14", opened_again()),
                ("03-30", resumed()),
            ],
            [
                ("unsigned", LEAD, "03-01", "03-04", 3, False),
                ("handling", LEAD, "03-04", "03-10", 6, False),
                ("suspended", LEAD, "03-10", "03-12", 2, False),
                ("suspended", LEAD, "03-14", "03-30", 16, False),
                ("handling", LEAD, "03-30", "12-31", 276, True),
            ],
            id="a suspended case that is opened again is still suspended",
        ),
        pytest.param(
            [
                *WHOLE[1:3],
                ("03-20", ended()),
                ("03-22", opened_again()),
                ("03-22", resumed()),
            ],
            [
                ("unsigned", LEAD, "03-01", "03-04", 3, False),
                ("handling", LEAD, "03-04", "03-20", 16, False),
                ("handling", LEAD, "03-22", "12-31", 284, True),
            ],
            id="a limit from above for a case opened again resumes nothing that stood still",
        ),
        pytest.param(
            [*WHOLE[1:3], ("03-10", suspended()), ("03-12", granted()), ("03-15", dispatched())],
            [
                ("unsigned", LEAD, "03-01", "03-04", 3, False),
                ("handling", LEAD, "03-04", "03-10", 6, False),
                ("suspended", LEAD, "03-10", "03-12", 2, False),
                ("undispatched", "", "03-12", "03-15", 3, False),
                ("unsigned", LEAD, "03-15", "12-31", 291, True),
            ],
            id="a unit that gets the case again does not stand still any more",
        ),
        pytest.param(
            [
                *WHOLE[1:3],
                ("03-10", leading()),
                ("03-10", dispatched(CO, Role.CO)),
                ("03-12", suspended()),
                ("03-20", opinion()),
                ("03-30", resumed()),
            ],
            [
                ("unsigned", LEAD, "03-01", "03-04", 3, False),
                ("handling", LEAD, "03-04", "03-10", 6, False),
                ("waiting_for_opinions", LEAD, "03-10", "03-12", 2, False),
                ("undivided", CO, "03-10", "03-20", 10, False),
                ("suspended", LEAD, "03-12", "03-30", 18, False),
                ("handling", LEAD, "03-30", "12-31", 276, True),
            ],
            id="a sole unit that leads from now on waits for opinions, but not while suspended",
        ),
        pytest.param(
            [WHOLE[3], WHOLE[1], WHOLE[2]],
            [
                ("unsigned", LEAD, "03-01", "03-04", 3, False),
                ("handling", LEAD, "03-04", "05-10", 67, False),
                ("rating_pending", LEAD, "05-10", "12-31", 235, True),
            ],
            id="what was recorded late is put in the order of its days",
        ),
    ],
)
def test_events_make_these_stretches(told: list[Told], lines: list[Line]) -> None:
    assert lines_of(told) == lines


def test_a_stretch_names_the_events_it_begins_and_ends_with() -> None:
    assert [each.positions for each in stretches_of(steps_of(WHOLE), day("12-31"))] == [
        (1, 2),
        (2, 3),
        (3, 4),
        (4, 5),
    ]


def test_each_stage_says_with_whom_the_case_lies() -> None:
    holders = {
        each.stage.value: each.holder for each in stretches_of(steps_of(WHOLE), day("12-31"))
    }
    assert holders == {
        "undispatched": "督查室",
        "unsigned": "承办单位",
        "handling": "承办单位",
        "rating_pending": "提案人",
    }


def held(found: Sequence[Held], stage: str, unit: str = "") -> Held:
    return next(each for each in found if (each.stage.value, each.unit) == (stage, unit))


def test_days_are_summed_by_stage_and_by_unit_with_the_cases_behind_them() -> None:
    slower = [*WHOLE[1:2], ("03-11", signed()), ("03-21", signed())]
    cases = [case_of(WHOLE), case_of(slower, "2")]
    found = holdings_of("longgang", 2024, cases, day("03-31"))
    unsigned = held(found.by_stage, "unsigned")
    assert (unsigned.days, unsigned.stretches, unsigned.average) == (13, 2, Decimal("6.5"))
    assert (unsigned.longest, unsigned.still_open) == (10, 0)
    assert [(note.number, note.positions) for note in unsigned.cases] == [
        ("2", (1, 2)),
        ("1", (2, 3)),
    ]
    assert held(found.by_unit, "unsigned", LEAD) == unsigned.model_copy(update={"unit": LEAD})
    assert held(found.by_stage, "handling").still_open == 1
    assert found.cases == 2
    assert {each.stage.value for each in found.by_unit} == {
        "unsigned",
        "handling",
        "rating_pending",
    }


def test_what_a_later_ledger_tells_of_one_day_is_put_as_things_happen() -> None:
    lead = [("03-01", dispatched(role=Role.LEAD)), ("03-01", dispatched(CO, Role.CO))]
    one_day = [("04-01", signed()), ("04-01", opinion()), ("04-01", replied())]
    for told in ([one_day[2], *one_day[:2]], [one_day[1], one_day[2], one_day[0]]):
        assert sorted(lines_of([*lead, *told])) == sorted(lines_of([*lead, *one_day]))
