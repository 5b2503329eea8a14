"""Random years for the tests of figures: every fact known, unknown, or half known."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from contracts.vocabulary import ContactManner, ContactStage, Openness, Role, Satisfaction
from evaluation.state import AssignmentFact, ClueFact, ContactFact, PromiseFact, ProposalFact
from tests.evaluation.building import DUE_ON, an_assignment

DISPATCHED_ON = date(2024, 3, 29)

days_around_the_limit = st.integers(-30, 30).map(lambda days: DUE_ON + timedelta(days=days))
days_after_dispatch = st.integers(0, 20).map(lambda days: DISPATCHED_ON + timedelta(days=days))

contacts = st.lists(
    st.builds(
        ContactFact, st.sampled_from(ContactStage), st.sampled_from(ContactManner), st.just(DUE_ON)
    ),
    max_size=4,
).map(tuple)
promises = st.lists(
    st.builds(PromiseFact, st.just("建成"), st.just(DUE_ON), st.none() | days_around_the_limit),
    max_size=3,
).map(tuple)
forms = st.lists(st.sampled_from(Satisfaction), max_size=3).map(tuple)


@st.composite
def assignments_of(draw: st.DrawFn, number: str) -> list[AssignmentFact]:
    is_key, has_ended = draw(st.booleans()), draw(st.sampled_from([False, False, False, True]))
    units = draw(st.lists(st.sampled_from("甲乙丙丁"), min_size=1, unique=True))
    return [draw(assignment(number, unit, is_key=is_key, ended=has_ended)) for unit in units]


@st.composite
def assignment(
    draw: st.DrawFn, number: str, unit: str, *, is_key: bool, ended: bool
) -> AssignmentFact:
    role = draw(st.sampled_from(Role))
    completed_on = draw(st.none() | days_around_the_limit)
    is_answered = completed_on is not None and role.answers_the_proposer
    return replace(
        an_assignment(
            number,
            role=role,
            unit=unit,
            completed_on=completed_on,
            satisfaction=draw(st.none() | st.sampled_from(Satisfaction)) if is_answered else None,
            first_position=draw(st.integers(1, 10_000)),
        ),
        key=is_key,
        ended=ended,
        reporting=draw(st.sampled_from([True, True, False])),
        handling_round=draw(st.integers(1, 3)),
        recorded_live=draw(st.booleans()),
        signed_on=draw(st.none() | days_after_dispatch),
        sign_by=draw(st.none() | days_after_dispatch),
        result_class=draw(st.sampled_from(["", "A", "B", "C", "D", "E"])) if is_answered else "",
        openness=draw(st.none() | st.sampled_from(Openness)) if is_answered else None,
        contacts=draw(contacts) if role.answers_the_proposer else (),
        opinion_waived=draw(st.booleans()) if role is Role.CO else False,
        forms=draw(st.none() | forms) if is_answered else None,
        promises=draw(st.none() | promises) if is_answered else None,
    )


@st.composite
def years(draw: st.DrawFn, most: int = 10) -> list[AssignmentFact]:
    count = draw(st.integers(0, most))
    return [
        fact for index in range(count) for fact in draw(assignments_of(number=f"2024{index:04}"))
    ]


@st.composite
def received(draw: st.DrawFn) -> list[ProposalFact]:
    return [
        ProposalFact(
            year=draw(st.sampled_from([2024, 2024, 2023])),
            proposal_id=f"p{index}",
            title="关于……的建议",
            number=f"2024{index:04}" if draw(st.booleans()) else "",
            refused=draw(st.booleans()),
            merged=draw(st.booleans()),
        )
        for index in range(draw(st.integers(0, 8)))
    ]


clues = st.lists(
    st.builds(ClueFact, st.text("线索123", min_size=1), st.just("题"), st.integers(1, 99)),
    max_size=6,
)
