"""Whatever is asked in whatever order, some things never happen to a case."""

from collections import Counter
from datetime import date, timedelta
from typing import ClassVar, get_args

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from assignment.commands import AssignmentCommand, OpenHandlingRound, Part, RecordHandlingHistory
from assignment.decisions import decide
from assignment.state import INITIAL, Case, Dispatched, evolve
from contracts.assignment import (
    AssignmentDispatched,
    AssignmentServiceEvent,
    CoOpinionGiven,
    CoOpinionWaived,
    ReplyIssued,
    ReturnGranted,
)
from contracts.refusal import Refused
from contracts.vocabulary import Role
from tests.assignment.cases import (
    CITY_BUREAU,
    DISPATCHED_ON,
    EDUCATION,
    FINANCE,
    HEALTH,
    HOUSING,
    ask,
    close,
    contact,
    decline,
    dispatch,
    end,
    give_opinion,
    grant,
    part,
    reopen,
    reply,
    sign,
    waive,
)
from tests.assignment.ledgers import history

units = st.sampled_from((EDUCATION, FINANCE, HEALTH, HOUSING))
turns = st.integers(min_value=0, max_value=11)
words = st.sampled_from(("甲", "乙", "丙", ""))
shifts = st.sampled_from((0, 0, 0, 0, -1, 1))
choices = st.integers(min_value=0, max_value=21)
parts = st.lists(st.builds(part, units, st.sampled_from(Role)), min_size=1, max_size=3)
beginnings = st.sampled_from(
    (
        dispatch(part(), part(FINANCE, Role.CO), part(HEALTH, Role.CO)),
        dispatch(part(role=Role.SPLIT), part(HEALTH, Role.SPLIT), part(FINANCE, Role.CO)),
        dispatch(part(role=Role.SOLE)),
        dispatch(part(FINANCE, Role.CO), lead_unit=CITY_BUREAU),
        history(co_units=(FINANCE,), replied_on=DISPATCHED_ON),
        dispatch(part(), part(HEALTH)),
        history(own_units=(EDUCATION, HEALTH)),
    )
)


def reopened_on(day: date, unit: str, handling_round: int = 2) -> OpenHandlingRound:
    return reopen(unit, handling_round).model_copy(update={"opened_on": day})


def leads(events: list[AssignmentServiceEvent]) -> set[str]:
    leading: set[str] = set()
    for event in events:
        match event:
            case AssignmentDispatched(unit=unit, role=Role.LEAD):
                leading.add(unit)
            case AssignmentDispatched(unit=unit) | ReturnGranted(unit=unit):
                leading.discard(unit)
            case _:
                pass
    return leading


def outstanding_opinions(events: list[AssignmentServiceEvent]) -> set[str]:
    """Co-units that neither gave their opinion nor were excused since they got their part."""
    waited_for: set[str] = set()
    for event in events:
        match event:
            case AssignmentDispatched(unit=unit, role=Role.CO):
                waited_for.add(unit)
            case CoOpinionGiven(unit=unit) | CoOpinionWaived(unit=unit) | ReturnGranted(unit=unit):
                waited_for.discard(unit)
            case _:
                pass
    return waited_for


class AnyCase(RuleBasedStateMachine):
    """One case, of which people ask whatever comes to their minds."""

    accepted: ClassVar[Counter[type[AssignmentCommand]]] = Counter()
    refused: ClassVar[Counter[type[Refused]]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.case: Case = INITIAL
        self.events: list[AssignmentServiceEvent] = []
        self.today: date = DISPATCHED_ON

    def give(self, command: AssignmentCommand) -> None:
        try:
            events = decide(command, self.case)
        except Refused as refusal:
            self.refused[type(refusal)] += 1
            self.speaks(refusal)
            return
        for event in events:
            self.case = evolve(self.case, event)
            self.events.append(event)
            self.no_two_leads()
            if isinstance(event, ReplyIssued) and not isinstance(command, RecordHandlingHistory):
                self.no_answer_without_opinions()
            self.one_answer_in_a_round()
        if events:
            self.accepted[type(command)] += 1
            assert decide(command, self.case) == []

    def speaks(self, refusal: Refused) -> None:
        assert refusal.chinese
        assert refusal.in_english

    def no_two_leads(self) -> None:
        assert len(leads(self.events)) <= 1

    def no_answer_without_opinions(self) -> None:
        assert not outstanding_opinions(self.events)

    def one_answer_in_a_round(self) -> None:
        answers = Counter(
            (event.unit, event.handling_round)
            for event in self.events
            if isinstance(event, ReplyIssued)
        )
        assert all(count == 1 for count in answers.values())

    def unit_at(self, turn: int) -> str:
        """Mostly a unit of the case, so that something comes of it; now and then another one."""
        match self.case:
            case Dispatched(assignments=assignments) if turn:
                return assignments[turn % len(assignments)].unit
            case _:
                return HOUSING

    @initialize(command=beginnings)
    def begin(self, command: AssignmentCommand) -> None:
        self.give(command)

    @rule(days=st.integers(min_value=1, max_value=5))
    def time_goes_by(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(parts=parts, lead_unit=st.sampled_from((None, CITY_BUREAU)))
    def somebody_dispatches(self, parts: list[Part], lead_unit: str | None) -> None:
        self.give(dispatch(*parts, lead_unit=lead_unit))
        self.give(history(co_units=(FINANCE,)))

    @rule(turn=turns, word=words)
    def a_unit_works_through(self, turn: int, word: str) -> None:
        unit = self.unit_at(turn)
        self.give(sign(unit, self.today))
        self.give(contact(unit, self.today))
        self.give(give_opinion(unit, self.today))
        self.give(reply(unit, self.today, document_number=word))

    @rule(turn=turns, other=units, word=words, shift=shifts, choice=choices)
    def somebody_asks(self, turn: int, other: str, word: str, shift: int, choice: int) -> None:
        wishes = self.wishes(self.unit_at(turn), other, word, self.today + timedelta(days=shift))
        self.give(wishes[choice % len(wishes)])

    @rule(turn=turns, satisfied=st.booleans())
    def a_proposer_rates(self, turn: int, satisfied: bool) -> None:  # noqa: FBT001
        unit = self.unit_at(turn)
        self.give(close(unit) if satisfied else reopened_on(self.today, unit))

    @rule(turn=turns, other=units, word=words, ruling=st.sampled_from(("grant", "decline", "")))
    def a_unit_wants_to_leave(self, turn: int, other: str, word: str, ruling: str) -> None:
        unit = self.unit_at(turn)
        self.give(ask(unit, requested_on=self.today, suggested_unit=other, reason=word))
        match ruling:
            case "grant":
                self.give(grant(unit, other, granted_on=self.today, due_on=self.today))
            case "decline":
                self.give(decline(unit, word))
            case _:
                pass

    def wishes(self, unit: str, other: str, word: str, day: date) -> list[AssignmentCommand]:
        return [
            sign(unit, day),
            contact(unit, day),
            give_opinion(unit, day),
            waive(unit, word),
            reply(unit, day, document_number=word),
            ask(unit, requested_on=day, suggested_unit=other, reason=word),
            grant(unit, other, granted_on=day, due_on=self.today),
            decline(unit, word),
            close(unit),
            reopened_on(day, unit),
            reopened_on(day, unit, 3),
            end,
        ]


def test_whatever_is_asked_in_whatever_order_some_things_never_happen() -> None:
    AnyCase.accepted.clear()
    run_state_machine_as_test(
        AnyCase,
        settings=settings(
            max_examples=200,
            stateful_step_count=50,
            deadline=None,
            derandomize=True,
            database=None,
            print_blob=False,
        ),
    )
    assert set(AnyCase.accepted) == set(get_args(AssignmentCommand)), "the stories are too dull"
