"""The state tables of assignment (交办件, 承诺事项): in each state, what each command comes to."""

from typing import get_args

import pytest

from assignment.commands import (
    AdoptHolidayNotice,
    AdvanceCommitment,
    AssignmentCommand,
    CarryCommitmentOver,
    DispatchCase,
    EndCase,
    FulfilCommitment,
    GiveUpCommitment,
    JoinProposers,
    ListSuggestions,
    MakeCommitment,
    RecordHandlingHistory,
    ReopenCase,
    SlipCommitment,
    TakeBackOpinion,
    TakeReport,
)
from assignment.decisions.standing import NotInThisCase
from contracts.vocabulary import Role
from tests.assignment.cases import FINANCE, HEALTH, dispatched, given, sign
from tests.assignment.states import (
    BESIDE_COMMANDS,
    BESIDE_STATES,
    CO_COMMANDS,
    CO_STATES,
    COMMITMENT_COMMANDS,
    COMMITMENT_STATES,
    LEAD_COMMANDS,
    LEAD_STATES,
    REFUSALS,
    History,
)

# yes: something happens. -: nothing is left to do. A word: refused, and why.
LEAD_TABLE = """
            ended_first nothing unsigned   handling   asked     answered  again     closed    returned ended
dispatch    ENDED       yes     TAKEN      TAKEN      TAKEN     TAKEN     TAKEN     TAKEN     TAKEN    ENDED
history     ENDED       yes     -          -          -         -         -         -         -        -
end         ENDED       yes     yes        yes        yes       yes       yes       FINISHED  yes      ENDED
join        -           yes     yes        yes        yes       yes       yes       yes       yes      -
reopen      yes         -       -          -          -         -         -         -         -        yes
points      ENDED       UNKNOWN yes        yes        yes       yes       yes       yes       yes      ENDED
report      ENDED       UNKNOWN yes        yes        yes       yes       yes       yes       RETURNED ENDED
taken_back  ENDED       UNKNOWN -          -          -         -         -         -         -        ENDED
sign        ENDED       UNKNOWN yes        SIGNED     SIGNED    SIGNED    SIGNED    SIGNED    RETURNED ENDED
ask         ENDED       UNKNOWN yes        yes        PENDING   ANSWERED  ANSWERED  ANSWERED  RETURNED ENDED
grant       ENDED       UNKNOWN UNASKED    UNASKED    yes       UNASKED   UNASKED   UNASKED   RETURNED ENDED
decline     ENDED       UNKNOWN UNASKED    UNASKED    yes       UNASKED   UNASKED   UNASKED   RETURNED ENDED
allow       ENDED       UNKNOWN NOT_LATE   NOT_LATE   NOT_LATE  NOT_LATE  NOT_LATE  NOT_LATE  RETURNED ENDED
escalate    ENDED       UNKNOWN NO_DISPUTE NO_DISPUTE yes       ANSWERED  ANSWERED  ANSWERED  RETURNED ENDED
handler     ENDED       UNKNOWN yes        yes        yes       yes       yes       CLOSED    RETURNED ENDED
want        ENDED       UNKNOWN yes        yes        yes       ANSWERED  yes       CLOSED    RETURNED ENDED
add         ENDED       UNKNOWN UNWANTED   UNWANTED   UNWANTED  ANSWERED  UNWANTED  CLOSED    RETURNED ENDED
do_without  ENDED       UNKNOWN UNWANTED   UNWANTED   UNWANTED  UNWANTED  UNWANTED  UNWANTED  RETURNED ENDED
contact     ENDED       UNKNOWN UNSIGNED   yes        yes       yes       yes       yes       RETURNED ENDED
opinion     ENDED       UNKNOWN NO_CO      NO_CO      NO_CO     NO_CO     NO_CO     NO_CO     NO_CO    ENDED
waive       ENDED       UNKNOWN NO_CO      NO_CO      NO_CO     NO_CO     NO_CO     NO_CO     NO_CO    ENDED
send_back   ENDED       UNKNOWN NO_CO      NO_CO      NO_CO     NO_CO     NO_CO     NO_CO     NO_CO    ENDED
accept      ENDED       UNKNOWN NO_CO      NO_CO      NO_CO     NO_CO     NO_CO     NO_CO     NO_CO    ENDED
ask_time    ENDED       UNKNOWN UNSIGNED   yes        yes       ANSWERED  FIRST     CLOSED    RETURNED ENDED
give_time   ENDED       UNKNOWN UNTIMED    UNTIMED    UNTIMED   ANSWERED  UNTIMED   CLOSED    RETURNED ENDED
no_time     ENDED       UNKNOWN UNTIMED    UNTIMED    UNTIMED   ANSWERED  UNTIMED   CLOSED    RETURNED ENDED
stand_still ENDED       UNKNOWN yes        yes        yes       ANSWERED  EARLY     CLOSED    RETURNED ENDED
go_on       ENDED       UNKNOWN NOT_STILL  NOT_STILL  NOT_STILL NOT_STILL NOT_STILL NOT_STILL RETURNED ENDED
move        ENDED       UNKNOWN yes        yes        yes       -         -         -         -        ENDED
move_early  ENDED       UNKNOWN yes        yes        -         -         -         -         -         ENDED
draft       ENDED       UNKNOWN UNSIGNED   yes        yes       ANSWERED  yes       CLOSED    RETURNED ENDED
leader      ENDED       UNKNOWN UNSIGNED   NO_DRAFT   NO_DRAFT  ANSWERED  NO_DRAFT  CLOSED    RETURNED ENDED
pass        ENDED       UNKNOWN UNSIGNED   NO_DRAFT   NO_DRAFT  ANSWERED  NO_DRAFT  CLOSED    RETURNED ENDED
return      ENDED       UNKNOWN UNSIGNED   NO_DRAFT   NO_DRAFT  ANSWERED  NO_DRAFT  CLOSED    RETURNED ENDED
reply       ENDED       UNKNOWN UNSIGNED   yes        PENDING   ANSWERED  yes       CLOSED    RETURNED ENDED
class       ENDED       UNKNOWN NO_ANSWER  NO_ANSWER  NO_ANSWER yes       NO_ANSWER yes       RETURNED ENDED
deliver     ENDED       UNKNOWN NO_ANSWER  NO_ANSWER  NO_ANSWER yes       NO_ANSWER yes       RETURNED ENDED
publish     ENDED       UNKNOWN NO_ANSWER  NO_ANSWER  NO_ANSWER yes       NO_ANSWER yes       RETURNED ENDED
round_2     ENDED       UNKNOWN NO_ANSWER  NO_ANSWER  NO_ANSWER yes       -         yes       RETURNED ENDED
round_3     ENDED       UNKNOWN NO_ANSWER  NO_ANSWER  NO_ANSWER TOO_FAR   NO_ANSWER TOO_FAR   RETURNED ENDED
close       ENDED       UNKNOWN NO_ANSWER  NO_ANSWER  NO_ANSWER yes       NO_ANSWER -         RETURNED ENDED
result      ENDED       UNKNOWN UNSIGNED   yes        yes       yes       yes       yes       RETURNED ENDED
commit      ENDED       UNKNOWN UNSIGNED   yes        yes       yes       yes       yes       RETURNED ENDED
advance     ENDED       UNKNOWN UNMADE     UNMADE     UNMADE    UNMADE    UNMADE    UNMADE    UNMADE   ENDED
fulfil      ENDED       UNKNOWN UNMADE     UNMADE     UNMADE    UNMADE    UNMADE    UNMADE    UNMADE   ENDED
slip        ENDED       UNKNOWN UNMADE     UNMADE     UNMADE    UNMADE    UNMADE    UNMADE    UNMADE   ENDED
give_up     ENDED       UNKNOWN UNMADE     UNMADE     UNMADE    UNMADE    UNMADE    UNMADE    UNMADE   ENDED
carry       ENDED       UNKNOWN UNMADE     UNMADE     UNMADE    UNMADE    UNMADE    UNMADE    UNMADE   ENDED
alert       ENDED       UNKNOWN yes        yes        yes       -         -         -         -        ENDED
chase       ENDED       UNKNOWN yes        yes        yes       DONE      yes       DONE      RETURNED ENDED
visit       ENDED       UNKNOWN yes        yes        yes       yes       yes       yes       RETURNED ENDED
"""
BESIDE_TABLE = """
            kept      decided   late       time_asked still      wanting    undrafted  drafted    signed     passed     sent_back
sign        SIGNED    SIGNED    SIGNED     SIGNED     SIGNED     SIGNED     SIGNED     SIGNED     SIGNED     SIGNED     SIGNED
ask         yes       DECIDED   LATE       yes        yes        yes        yes        yes        yes        yes        yes
grant       UNASKED   UNASKED   UNASKED    UNASKED    UNASKED    UNASKED    UNASKED    UNASKED    UNASKED    UNASKED    UNASKED
decline     -         -         UNASKED    UNASKED    UNASKED    UNASKED    UNASKED    UNASKED    UNASKED    UNASKED    UNASKED
allow       NOT_LATE  NOT_LATE  yes        NOT_LATE   NOT_LATE   NOT_LATE   NOT_LATE   NOT_LATE   NOT_LATE   NOT_LATE   NOT_LATE
escalate    yes       DECIDED   NO_DISPUTE NO_DISPUTE NO_DISPUTE NO_DISPUTE NO_DISPUTE NO_DISPUTE NO_DISPUTE NO_DISPUTE NO_DISPUTE
handler     yes       yes       yes        yes        yes        yes        yes        yes        yes        yes        yes
want        yes       yes       yes        yes        yes        WANTED     yes        yes        yes        yes        yes
add         UNWANTED  UNWANTED  UNWANTED   UNWANTED   UNWANTED   yes        UNWANTED   UNWANTED   UNWANTED   UNWANTED   UNWANTED
do_without  UNWANTED  UNWANTED  UNWANTED   UNWANTED   UNWANTED   yes        UNWANTED   UNWANTED   UNWANTED   UNWANTED   UNWANTED
contact     yes       yes       yes        yes        yes        yes        yes        yes        yes        yes        yes
opinion     NO_CO     NO_CO     NO_CO      NO_CO      NO_CO      NO_CO      NO_CO      NO_CO      NO_CO      NO_CO      NO_CO
waive       NO_CO     NO_CO     NO_CO      NO_CO      NO_CO      NO_CO      NO_CO      NO_CO      NO_CO      NO_CO      NO_CO
send_back   NO_CO     NO_CO     NO_CO      NO_CO      NO_CO      NO_CO      NO_CO      NO_CO      NO_CO      NO_CO      NO_CO
accept      NO_CO     NO_CO     NO_CO      NO_CO      NO_CO      NO_CO      NO_CO      NO_CO      NO_CO      NO_CO      NO_CO
ask_time    yes       yes       yes        TIME_ASKED yes        yes        yes        yes        yes        yes        yes
give_time   UNTIMED   UNTIMED   UNTIMED    yes        UNTIMED    UNTIMED    UNTIMED    UNTIMED    UNTIMED    UNTIMED    UNTIMED
no_time     UNTIMED   UNTIMED   UNTIMED    yes        UNTIMED    UNTIMED    UNTIMED    UNTIMED    UNTIMED    UNTIMED    UNTIMED
stand_still yes       yes       yes        yes        STOPPED    yes        yes        yes        yes        yes        yes
go_on       NOT_STILL NOT_STILL NOT_STILL  NOT_STILL  yes        NOT_STILL  NOT_STILL  NOT_STILL  NOT_STILL  NOT_STILL  NOT_STILL
move        yes       yes       yes        yes        yes        yes        yes        yes        yes        yes        yes
move_early  yes       -         -          yes        yes        yes        yes        yes        yes        yes        yes
draft       yes       yes       yes        yes        yes        yes        yes        yes        yes        yes        yes
leader      NO_DRAFT  NO_DRAFT  NO_DRAFT   NO_DRAFT   NO_DRAFT   NO_DRAFT   NO_DRAFT   yes        IS_SIGNED  IS_SIGNED  IS_SIGNED
pass        NO_DRAFT  NO_DRAFT  NO_DRAFT   NO_DRAFT   NO_DRAFT   NO_DRAFT   NO_DRAFT   NO_SIGN    yes        -          RULED
return      NO_DRAFT  NO_DRAFT  NO_DRAFT   NO_DRAFT   NO_DRAFT   NO_DRAFT   NO_DRAFT   yes        yes        RULED      RULED
reply       yes       yes       yes        yes        STILL      yes        NO_DRAFT   NO_SIGN    NO_REVIEW  yes        NO_REVIEW
class       NO_ANSWER NO_ANSWER NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER
deliver     NO_ANSWER NO_ANSWER NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER
publish     NO_ANSWER NO_ANSWER NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER
round_2     NO_ANSWER NO_ANSWER NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER
round_3     NO_ANSWER NO_ANSWER NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER
close       NO_ANSWER NO_ANSWER NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER  NO_ANSWER
result      yes       yes       yes        yes        yes        yes        yes        yes        yes        yes        yes
commit      yes       yes       yes        yes        yes        yes        yes        yes        yes        yes        yes
advance     UNMADE    UNMADE    UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE
fulfil      UNMADE    UNMADE    UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE
slip        UNMADE    UNMADE    UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE
give_up     UNMADE    UNMADE    UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE
carry       UNMADE    UNMADE    UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE
alert       yes       yes       yes        yes        -          yes        yes        yes        yes        yes        yes
chase       yes       yes       yes        yes        yes        yes        yes        yes        yes        yes        yes
visit       yes       yes       yes        yes        yes        yes        yes        yes        yes        yes        yes
"""
CO_TABLE = """
            unsigned   handling   asked      still      waived     closed    sent_back  accepted  closed_waived returned
sign        yes        SIGNED     SIGNED     SIGNED     SIGNED     SIGNED    SIGNED     SIGNED    SIGNED        RETURNED
ask         yes        yes        PENDING    yes        yes        CLOSED    yes        CLOSED    CLOSED        RETURNED
grant       UNASKED    UNASKED    yes        UNASKED    UNASKED    UNASKED   UNASKED    UNASKED   UNASKED       RETURNED
decline     UNASKED    UNASKED    yes        UNASKED    UNASKED    UNASKED   UNASKED    UNASKED   UNASKED       RETURNED
allow       NOT_LATE   NOT_LATE   NOT_LATE   NOT_LATE   NOT_LATE   NOT_LATE  NOT_LATE   NOT_LATE  NOT_LATE      RETURNED
escalate    NO_DISPUTE NO_DISPUTE yes        NO_DISPUTE NO_DISPUTE CLOSED    NO_DISPUTE CLOSED    CLOSED        RETURNED
handler     yes        yes        yes        yes        yes        CLOSED    yes        CLOSED    CLOSED        RETURNED
want        CO         CO         CO         CO         CO         CO        CO         CO        CO            CO
add         UNWANTED   UNWANTED   UNWANTED   UNWANTED   UNWANTED   CLOSED    UNWANTED   CLOSED    CLOSED        RETURNED
do_without  UNWANTED   UNWANTED   UNWANTED   UNWANTED   UNWANTED   UNWANTED  UNWANTED   UNWANTED  UNWANTED      RETURNED
contact     UNSIGNED   yes        yes        yes        yes        yes       yes        yes       yes           RETURNED
opinion     UNSIGNED   yes        PENDING    STILL      yes        GIVEN     yes        GIVEN     CLOSED        RETURNED
waive       yes        yes        yes        yes        WAIVED     GIVEN     yes        GIVEN     WAIVED        RETURNED
send_back   NONE_YET   NONE_YET   NONE_YET   NONE_YET   NONE_YET   yes       NONE_YET   TAKEN_UP  NONE_YET      RETURNED
accept      NONE_YET   NONE_YET   NONE_YET   NONE_YET   NONE_YET   yes       NONE_YET   TAKEN_UP  NONE_YET      RETURNED
ask_time    UNSIGNED   yes        yes        yes        yes        CLOSED    EARLY      CLOSED    CLOSED        RETURNED
give_time   UNTIMED    UNTIMED    UNTIMED    UNTIMED    UNTIMED    CLOSED    UNTIMED    CLOSED    CLOSED        RETURNED
no_time     UNTIMED    UNTIMED    UNTIMED    UNTIMED    UNTIMED    CLOSED    UNTIMED    CLOSED    CLOSED        RETURNED
stand_still yes        yes        yes        STOPPED    yes        CLOSED    yes        CLOSED    CLOSED        RETURNED
go_on       NOT_STILL  NOT_STILL  NOT_STILL  yes        NOT_STILL  NOT_STILL NOT_STILL  NOT_STILL NOT_STILL     RETURNED
move        yes        yes        yes        yes        yes        -         yes        -         -             -
move_early  yes        yes        -          yes        yes        -         yes        -         -             -
draft       CO         CO         CO         CO         CO         CO        CO         CO        CO            CO
leader      CO         CO         CO         CO         CO         CO        CO         CO        CO            CO
pass        CO         CO         CO         CO         CO         CO        CO         CO        CO            CO
return      CO         CO         CO         CO         CO         CO        CO         CO        CO            CO
reply       CO         CO         CO         CO         CO         CO        CO         CO        CO            CO
class       CO         CO         CO         CO         CO         CO        CO         CO        CO            CO
deliver     CO         CO         CO         CO         CO         CO        CO         CO        CO            CO
publish     CO         CO         CO         CO         CO         CO        CO         CO        CO            CO
round_2     CO         CO         CO         CO         CO         CO        CO         CO        CO            CO
close       NO_OPINION NO_OPINION NO_OPINION NO_OPINION yes        -         NO_OPINION -         -             RETURNED
result      CO         CO         CO         CO         CO         CO        CO         CO        CO            CO
commit      CO         CO         CO         CO         CO         CO        CO         CO        CO            CO
advance     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE    UNMADE     UNMADE    UNMADE        UNMADE
fulfil      UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE    UNMADE     UNMADE    UNMADE        UNMADE
slip        UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE    UNMADE     UNMADE    UNMADE        UNMADE
give_up     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE    UNMADE     UNMADE    UNMADE        UNMADE
carry       UNMADE     UNMADE     UNMADE     UNMADE     UNMADE     UNMADE    UNMADE     UNMADE    UNMADE        UNMADE
alert       yes        yes        yes        -          -          -         yes        -         -             -
chase       yes        yes        yes        yes        DONE       DONE      yes        DONE      DONE          RETURNED
visit       yes        yes        yes        yes        yes        yes       yes        yes       yes           RETURNED
"""
COMMITMENT_TABLE = """
        none   recorded in_progress slipped carried_over fulfilled given_up
commit  yes    yes      yes         yes     yes          yes       yes
advance UNMADE yes      yes         yes     yes          OVER      OVER
fulfil  UNMADE yes      yes         yes     yes          OVER      OVER
slip    UNMADE yes      yes         yes     yes          OVER      OVER
give_up UNMADE yes      yes         yes     yes          OVER      OVER
carry   UNMADE yes      yes         yes     yes          OVER      OVER
"""


def squares(table: str) -> list[tuple[str, str, str]]:
    """Each square as command, state, outcome."""
    heads, *lines = [line.split() for line in table.strip().splitlines()]
    return [
        (command, state, outcome)
        for command, *outcomes in lines
        for state, outcome in zip(heads, outcomes, strict=True)
    ]


def it_comes_to(outcome: str, before: History, command: AssignmentCommand) -> None:
    decision = given(*before).when(command)
    match outcome:
        case "yes":
            decision.accepted()
            assert decision.events
        case "-":
            decision.then()
        case _:
            decision.refused(REFUSALS[outcome])


@pytest.mark.parametrize(("command", "state", "outcome"), squares(LEAD_TABLE))
def test_a_lead_unit_in_each_state(command: str, state: str, outcome: str) -> None:
    it_comes_to(outcome, LEAD_STATES[state], LEAD_COMMANDS[command])


@pytest.mark.parametrize(("command", "state", "outcome"), squares(BESIDE_TABLE))
def test_a_lead_unit_with_something_pending(command: str, state: str, outcome: str) -> None:
    it_comes_to(outcome, BESIDE_STATES[state], BESIDE_COMMANDS[command])


@pytest.mark.parametrize(("command", "state", "outcome"), squares(CO_TABLE))
def test_a_co_unit_in_each_state(command: str, state: str, outcome: str) -> None:
    it_comes_to(outcome, CO_STATES[state], CO_COMMANDS[command])


@pytest.mark.parametrize(("command", "state", "outcome"), squares(COMMITMENT_TABLE))
def test_a_commitment_in_each_state(command: str, state: str, outcome: str) -> None:
    it_comes_to(outcome, COMMITMENT_STATES[state], COMMITMENT_COMMANDS[command])


def test_the_tables_have_every_command_in_every_state() -> None:
    of_a_case = {
        DispatchCase,
        RecordHandlingHistory,
        EndCase,
        ReopenCase,
        JoinProposers,
        ListSuggestions,
        TakeReport,
        TakeBackOpinion,
    }
    lead, beside, co, commitment = (
        {type(command) for command in named.values()}
        for named in (LEAD_COMMANDS, BESIDE_COMMANDS, CO_COMMANDS, COMMITMENT_COMMANDS)
    )
    assert lead == set(get_args(AssignmentCommand)) - {AdoptHolidayNotice}
    assert beside == co == lead - of_a_case
    assert commitment == {
        MakeCommitment,
        AdvanceCommitment,
        FulfilCommitment,
        SlipCommitment,
        GiveUpCommitment,
        CarryCommitmentOver,
    }


@pytest.mark.parametrize(
    ("table", "states", "commands"),
    [
        (LEAD_TABLE, LEAD_STATES, LEAD_COMMANDS),
        (BESIDE_TABLE, BESIDE_STATES, BESIDE_COMMANDS),
        (CO_TABLE, CO_STATES, CO_COMMANDS),
        (COMMITMENT_TABLE, COMMITMENT_STATES, COMMITMENT_COMMANDS),
    ],
)
def test_no_square_of_a_table_is_left_out(
    table: str, states: dict[str, History], commands: dict[str, AssignmentCommand]
) -> None:
    told = [(command, state) for command, state, _ in squares(table)]
    assert sorted(told) == sorted((command, state) for command in commands for state in states)


def test_every_refusal_of_the_tables_is_used() -> None:
    tables = (LEAD_TABLE, BESIDE_TABLE, CO_TABLE, COMMITMENT_TABLE)
    outcomes = {outcome for table in tables for _, _, outcome in squares(table)}
    assert outcomes == {*REFUSALS, "yes", "-"}


def test_a_unit_without_a_part_in_the_case_is_told_who_has_one() -> None:
    refusal = (
        given(dispatched(), dispatched(FINANCE, Role.CO)).when(sign(HEALTH)).refused(NotInThisCase)
    )
    assert "区教育局、区财政局" in refusal.chinese
