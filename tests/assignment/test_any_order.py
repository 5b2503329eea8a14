"""Whatever is asked in whatever order, some things never happen to a case."""

from collections import Counter
from datetime import date, timedelta
from typing import ClassVar, get_args

from hypothesis import seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from assignment.commands import (
    AddCoUnit,
    AdoptHolidayNotice,
    AssignmentCommand,
    OpenHandlingRound,
    Part,
    RecordHandlingHistory,
    SignReply,
    SlipCommitment,
)
from assignment.decisions import decide
from assignment.state import INITIAL, Dispatched, State, evolve
from contracts.assignment import (
    AssignmentDispatched,
    AssignmentServiceEvent,
    CoOpinionGiven,
    CoOpinionSentBack,
    CoOpinionWaived,
    ReplyIssued,
    ReturnGranted,
    RoleChanged,
)
from contracts.refusal import Refused
from contracts.vocabulary import Role
from tests.assignment import later_cases as later
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
    reopen_case,
    reply,
    sign,
    waive,
)
from tests.assignment.ledgers import history

ROUNDS = 4
A_WEEK, A_YEAR = timedelta(days=7), timedelta(days=365)
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
        dispatch(part(return_until=DISPATCHED_ON), part(FINANCE, Role.CO)),
        dispatch(part(FINANCE, Role.CO), lead_unit=CITY_BUREAU),
        history(co_units=(FINANCE,), replied_on=DISPATCHED_ON),
        dispatch(part(), part(HEALTH)),
        history(own_units=(EDUCATION, HEALTH)),
    )
)


def reopened_on(day: date, unit: str, handling_round: int = 2) -> OpenHandlingRound:
    return reopen(unit, handling_round).model_copy(update={"opened_on": day})


def signed_on(day: date, unit: str, version: int) -> SignReply:
    return later.leader_signs(unit, version).model_copy(update={"signed_on": day})


def other_wishes(unit: str, other: str, day: date) -> list[AssignmentCommand]:
    """What may be asked beside the course of things, dated on this day where it has a date."""
    asked: list[AssignmentCommand] = [
        later.allow_late(unit),
        later.escalate(unit),
        later.name_handler(unit),
        later.want(unit, other),
        later.add(unit, other),
        later.do_without(unit, other),
        later.send_back(unit, other),
        later.accept(unit, other),
        later.refuse_time(unit),
        later.move(unit),
        later.return_draft(unit),
        later.reclassify(unit),
        later.deliver(unit),
        later.publish(unit),
        later.list_points("甲", "乙"),
        later.join(),
        reopen_case,
        later.result(unit),
        later.commit(unit, 1),
        *later.commitment_commands(unit).values(),
        later.alert(unit),
        later.chase(unit),
    ]
    return [each.model_copy(update=_dated(each, day)) for each in asked]


def _dated(command: AssignmentCommand, day: date) -> dict[str, date]:
    fields = set(type(command).model_fields) - {"dispatched_on", "was_due_on", "due_on"}
    dates = {name: day for name in fields if name.endswith("_on")}
    if isinstance(command, (AddCoUnit, SlipCommitment)):
        dates["due_on"] = day + (A_WEEK if isinstance(command, AddCoUnit) else A_YEAR)
    return dates


def leads(events: list[AssignmentServiceEvent]) -> set[str]:
    leading: set[str] = set()
    for event in events:
        match event:
            case AssignmentDispatched(unit=unit, role=Role.LEAD):
                leading.add(unit)
            case RoleChanged(unit=unit, role=Role.LEAD):
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
            case CoOpinionSentBack(unit=unit):
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
        self.case: State = INITIAL
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

    @rule(role=st.sampled_from((Role.LEAD, Role.SPLIT, Role.CO)), told=choices, shift=shifts)
    def a_ledger_tells_more(self, role: Role, told: int, shift: int) -> None:
        day = self.today + timedelta(days=shift)
        fields = ("signed_on", "contacted_before_on", "co_opinions_on", "replied_on")
        cells = {field: day for bit, field in enumerate(fields) if told >> bit & 1}
        lead_unit = CITY_BUREAU if role is Role.CO else None
        self.give(history(role=role, co_units=(FINANCE,), lead_unit=lead_unit, **cells))

    @rule(turn=turns, word=words)
    def a_unit_works_through(self, turn: int, word: str) -> None:
        self.works_through(self.unit_at(turn), word)

    def works_through(self, unit: str, word: str) -> None:
        self.give(sign(unit, self.today))
        self.give(contact(unit, self.today))
        self.give(give_opinion(unit, self.today))
        self.give(reply(unit, self.today, document_number=word))

    @rule()
    def a_merge_is_undone(self) -> None:
        self.give(end)
        self.give(reopen_case)

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

    @rule(turn=turns, other=turns, choice=st.integers(min_value=0, max_value=40))
    def somebody_asks_for_everything_else(self, turn: int, other: int, choice: int) -> None:
        wishes = other_wishes(self.unit_at(turn), self.unit_at(other), self.today)
        start = choice % len(wishes)
        for wish in (*wishes[start:], *wishes[:start]):
            self.give(wish)

    @rule(turn=turns, days=st.integers(min_value=0, max_value=3))
    def a_unit_wants_more_time(self, turn: int, days: int) -> None:
        unit, until = self.unit_at(turn), later.LONGER + timedelta(days=days)
        self.give(later.ask_time(unit, requested_on=self.today, until=until))
        self.give(later.give_time(unit, until).model_copy(update={"granted_on": self.today}))

    @rule(turn=turns, days=st.integers(min_value=0, max_value=3))
    def a_clock_stands_still(self, turn: int, days: int) -> None:
        unit = self.unit_at(turn)
        still = later.stand_still(unit).model_copy(update={"suspended_on": self.today})
        self.give(still)
        self.today += timedelta(days=days)
        self.give(later.go_on(unit, self.today))

    @rule(turn=turns, other=units, choice=st.integers(min_value=0, max_value=20))
    def a_unit_wants_company(self, turn: int, other: str, choice: int) -> None:
        unit = self.unit_at(turn)
        asked = other_wishes(unit, other, self.today)
        for wish in (asked[3], asked[4 + choice % 2]):
            self.give(wish)

    @rule(turn=turns, other=turns, choice=st.integers(min_value=0, max_value=1))
    def an_opinion_is_judged(self, turn: int, other: int, choice: int) -> None:
        unit, co_unit = self.unit_at(turn), self.unit_at(other)
        self.give(sign(unit, self.today))
        self.give(sign(co_unit, self.today))
        self.give(contact(co_unit, self.today))
        self.give(give_opinion(co_unit, self.today))
        self.give(other_wishes(unit, co_unit, self.today)[6 + choice % 2])
        self.give(waive(co_unit, "已在会上提出"))

    @rule(turn=turns, order=st.permutations(sorted(later.commitment_commands())))
    def a_unit_promises(self, turn: int, order: list[str]) -> None:
        unit = self.unit_at(turn)
        self.works_through(unit, "已列入计划")
        follow = later.commitment_commands(unit)
        for wish in (later.commit(unit, 1), *(follow[name] for name in order)):
            self.give(wish.model_copy(update=_dated(wish, self.today)))

    @rule(turn=turns)
    def an_answer_is_followed_up(self, turn: int) -> None:
        unit = self.unit_at(turn)
        for wish in (later.reclassify(unit), later.deliver(unit), later.publish(unit)):
            self.give(wish.model_copy(update=_dated(wish, self.today)))

    @rule(turn=turns)
    def a_deadline_stays_or_moves(self, turn: int) -> None:
        unit = self.unit_at(turn)
        self.give(later.ask_time(unit, requested_on=self.today))
        self.give(later.refuse_time(unit))
        self.give(later.move(unit))
        self.give(later.move_early(unit))
        self.give(later.take_on(unit))
        self.give(later.take_back)

    @rule(turn=turns)
    def a_late_return_is_allowed(self, turn: int) -> None:
        self.give(later.allow_late(self.unit_at(turn)))

    @rule(turn=turns, passes=st.booleans())
    def a_draft_goes_its_way(self, turn: int, passes: bool) -> None:  # noqa: FBT001
        unit = self.unit_at(turn)
        self.give(later.draft(unit, drafted_on=self.today))
        match self.case:
            case Dispatched() as case if (part := case.assignment_of(unit)) and part.draft:
                version = part.draft.letter.version
                self.give(signed_on(self.today, unit, version))
                ruling = later.let_pass if passes else later.return_draft
                self.give(ruling(unit, version))
            case _:
                pass


def test_whatever_is_asked_in_whatever_order_some_things_never_happen() -> None:
    """As many rounds of stories as it takes for every command to have been taken once, four at most."""
    AnyCase.accepted.clear()
    of_cases = set(get_args(AssignmentCommand)) - {AdoptHolidayNotice}
    for number in range(ROUNDS):
        stories = seed(number)(type("Stories", (AnyCase,), {}))
        run_state_machine_as_test(
            stories,
            settings=settings(
                max_examples=400, stateful_step_count=50, database=None, print_blob=False
            ),
        )
        if set(AnyCase.accepted) == of_cases:
            return
    assert set(AnyCase.accepted) == of_cases, "the stories are too dull"
