"""What is offered in a state is what its table says yes to, and nothing else."""

from datetime import timedelta
from typing import Any

import pytest

from assignment.commands import (
    AcceptCoOpinion,
    CloseAssignment,
    DeliverReply,
    DispatchCase,
    IssueReply,
    MakeCommitment,
    RequestExtension,
    SignReply,
)
from assignment.decisions import decide
from assignment.decisions.openings import Opening, openings
from assignment.state import INITIAL, Case, evolve
from contracts.assignment import AssignmentServiceEvent, ReplyDelivered, Requirements
from contracts.command import Command
from contracts.vocabulary import ActorRole, Role
from tests.assignment import later_cases as later
from tests.assignment.cases import (
    AT,
    CASE,
    EDUCATION,
    FINANCE,
    contacted,
    dispatched,
    on,
    opinion,
    replied,
    signed,
    waived,
)
from tests.assignment.states import (
    BESIDE_COMMANDS,
    BESIDE_STATES,
    CO_COMMANDS,
    CO_STATES,
    COMMITMENT_COMMANDS,
    COMMITMENT_STATES,
    LEAD_COMMANDS,
    LEAD_STATES,
    History,
)
from tests.assignment.test_decisions import (
    BESIDE_TABLE,
    CO_TABLE,
    COMMITMENT_TABLE,
    LEAD_TABLE,
    squares,
)

# The tables ask on other days than that on which the openings are found, and these depend on the day;
# an answer or an opinion is closed by itself, so closing by hand is narrower than the rule. Where one
# co-unit is WANTED another may be asked for; who has DONE its part is paid a visit, though not chased.
BY_THE_DAY = {"ask_time", "stand_still", "close"}
TABLES: tuple[tuple[str, dict[str, History], dict[str, Any]], ...] = (
    (LEAD_TABLE, LEAD_STATES, LEAD_COMMANDS),
    (BESIDE_TABLE, BESIDE_STATES, BESIDE_COMMANDS),
    (CO_TABLE, CO_STATES, CO_COMMANDS),
    (COMMITMENT_TABLE, COMMITMENT_STATES, COMMITMENT_COMMANDS),
)
PEOPLE = frozenset(ActorRole) - {ActorRole.SERVICE}
SQUARES = [
    pytest.param(states[state], commands[command], outcome, id=f"{command} when {state}")
    for table, states, commands in TABLES
    for command, state, outcome in squares(table)
    if command not in BY_THE_DAY
    and outcome not in {"WANTED", "DONE"}
    and commands[command].may & PEOPLE
]


def case_of(*events: AssignmentServiceEvent) -> Case:
    state = INITIAL
    for event in events:
        state = evolve(state, event)
    assert isinstance(state, Case)
    return state


def found(*events: AssignmentServiceEvent) -> list[Opening]:
    return openings(decide, case_of(*events), CASE, AT)


def is_offered(command: Command, *history: AssignmentServiceEvent) -> bool:
    """Whether a command of this kind, for this unit and whatever else it names, is offered.

    The next commitment is offered under the next number, whichever the command has.
    """
    numbered = isinstance(command, MakeCommitment)
    return any(
        each.command is type(command)
        and all(
            getattr(command, name) == value
            for name, value in each.about.items()
            if not (numbered and name == "commitment")
        )
        for each in found(*history)
    )


@pytest.mark.parametrize(("before", "command", "outcome"), SQUARES)
def test_what_is_offered_is_what_the_rules_take(
    before: History, command: Command, outcome: str
) -> None:
    assert is_offered(command, *before) == (outcome == "yes")


def test_more_time_is_offered_until_the_limit() -> None:
    before = (dispatched(due_on=AT.date()), signed(), contacted())
    assert is_offered(later.ask_time(), *before)
    past = (dispatched(due_on=AT.date() - timedelta(days=1)), signed(), contacted())
    assert not [each for each in found(*past) if each.command is RequestExtension]


def test_only_a_waived_co_unit_is_offered_to_be_closed() -> None:
    both = (dispatched(), signed(), dispatched(FINANCE, Role.CO), signed(FINANCE))
    answered = (*both, opinion(), contacted(), replied())
    assert [each for each in found(*answered) if each.command is CloseAssignment] == []
    assert [each.about for each in found(*both, waived()) if each.command is CloseAssignment] == [
        {"unit": FINANCE}
    ]


def test_an_answer_is_offered_to_be_delivered_to_each_who_has_not_got_it() -> None:
    answered = (dispatched(proposers=("委员甲", "委员乙")), signed(), contacted(), replied())
    given = ReplyDelivered(
        proposal_id=CASE,
        unit=EDUCATION,
        proposer="委员甲",
        handling_round=1,
        delivered_on=on(5, 21),
    )
    left = [each.about["proposer"] for each in found(*answered, given) if _is(each, DeliverReply)]
    assert left == ["委员乙"]


def test_a_signature_is_offered_for_the_latest_version_only() -> None:
    drafts = (later.drafted(), later.drafted(version=2, contact_person="赵六"))
    before = (dispatched(requirements=Requirements(leader_signs=True)), signed(), contacted())
    signatures = [each.about for each in found(*before, *drafts) if _is(each, SignReply)]
    assert signatures == [{"unit": EDUCATION, "version": 2}]


def test_an_opinion_is_judged_by_the_unit_that_answers() -> None:
    before = (dispatched(), signed(), dispatched(FINANCE, Role.CO), signed(FINANCE), opinion())
    judged = [each.about for each in found(*before) if _is(each, AcceptCoOpinion)]
    assert judged == [{"unit": EDUCATION, "co_unit": FINANCE}]


def test_an_answer_is_not_offered_before_the_contact_that_has_to_come_first() -> None:
    assert [each for each in found(dispatched(), signed()) if _is(each, IssueReply)] == []
    assert [each for each in found(dispatched(), signed(), contacted()) if _is(each, IssueReply)]


def test_a_case_that_has_begun_is_not_offered_to_be_dispatched() -> None:
    assert [each.command for each in found()] == [DispatchCase]
    assert [each for each in found(dispatched()) if _is(each, DispatchCase)] == []


def _is(opening: Opening, command: type[Command]) -> bool:
    return opening.command is command
