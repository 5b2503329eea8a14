"""The state table of assignment: in each state, what each command comes to."""

from datetime import timedelta
from typing import get_args

import pytest

from assignment.commands import (
    AssignmentCommand,
    DispatchCase,
    EndCase,
    RecordHandlingHistory,
)
from assignment.decisions.closing import CaseIsFinished, OpinionNotGiven
from assignment.decisions.dispatching import AlreadyDispatched
from assignment.decisions.handling import (
    AlreadySigned,
    AlreadyWaived,
    OnlyCoUnitsGiveOpinions,
    OpinionAlreadyGiven,
)
from assignment.decisions.replying import CoUnitsDoNotAnswer, NotAnswered, RoundOutOfOrder
from assignment.decisions.returning import ReturnNotAsked
from assignment.decisions.standing import (
    AlreadyAnswered,
    AlreadyClosed,
    AssignmentReturned,
    CaseHasEnded,
    CaseUnknown,
    NotInThisCase,
    NotSigned,
    ReturnPending,
)
from contracts.assignment import AssignmentServiceEvent
from contracts.refusal import Refused
from contracts.vocabulary import ContactStage, Role
from tests.assignment.cases import (
    EDUCATION,
    FINANCE,
    HEALTH,
    HOUSING,
    OPINION_ON,
    SIGNED_ON,
    ask,
    asked,
    close,
    closed,
    contact,
    contacted,
    decline,
    dispatch,
    dispatched,
    end,
    ended,
    give_opinion,
    given,
    grant,
    granted,
    on,
    opinion,
    part,
    passed_on,
    reopen,
    reopened,
    replied,
    reply,
    sign,
    signed,
    waive,
    waived,
)
from tests.assignment.ledgers import history

History = tuple[AssignmentServiceEvent, ...]
A_DAY = timedelta(days=1)

LEAD_HANDLING: History = (dispatched(), signed(), contacted())
LEAD_ANSWERED: History = (*LEAD_HANDLING, replied())
LEAD_STATES: dict[str, History] = {
    "ended_first": (ended,),
    "nothing": (),
    "unsigned": (dispatched(),),
    "handling": LEAD_HANDLING,
    "asked": (*LEAD_HANDLING, asked()),
    "answered": LEAD_ANSWERED,
    "again": (*LEAD_ANSWERED, reopened()),
    "closed": (*LEAD_ANSWERED, closed()),
    "returned": (*LEAD_HANDLING, asked(), granted(), passed_on()),
    "ended": (*LEAD_HANDLING, ended),
}
CO_UNSIGNED: History = (*LEAD_HANDLING, dispatched(FINANCE, Role.CO))
CO_HANDLING: History = (*CO_UNSIGNED, signed(FINANCE))
CO_STATES: dict[str, History] = {
    "unsigned": CO_UNSIGNED,
    "handling": CO_HANDLING,
    "asked": (*CO_HANDLING, asked(FINANCE)),
    "waived": (*CO_HANDLING, waived()),
    "closed": (*CO_HANDLING, opinion(), closed(FINANCE, OPINION_ON)),
    "closed_waived": (*CO_HANDLING, waived(), closed(FINANCE, OPINION_ON)),
    "returned": (*CO_HANDLING, asked(FINANCE), granted(FINANCE), passed_on(HOUSING, Role.CO)),
}

# The commands tell other facts than the histories do, so that none is a mere repetition.
LEAD_COMMANDS: dict[str, AssignmentCommand] = {
    "dispatch": dispatch(part(HEALTH, Role.SOLE)),
    "history": history(role=Role.SOLE),
    "end": end.model_copy(update={"reason": "并案：20240105"}),
    "sign": sign(day=SIGNED_ON + A_DAY),
    "ask": ask(reason="机构职能已调整"),
    "grant": grant(new_unit=HEALTH),
    "decline": decline(),
    "contact": contact(stage=ContactStage.AFTER),
    "opinion": give_opinion(EDUCATION),
    "waive": waive(EDUCATION),
    "reply": reply(day=on(6, 15)),
    "round_2": reopen(handling_round=2),
    "round_3": reopen(handling_round=3),
    "close": close(),
}
CO_COMMANDS: dict[str, AssignmentCommand] = {
    "sign": sign(FINANCE, SIGNED_ON + A_DAY),
    "ask": ask(FINANCE, reason="机构职能已调整"),
    "grant": grant(FINANCE, HEALTH),
    "decline": decline(FINANCE),
    "contact": contact(FINANCE),
    "opinion": give_opinion(FINANCE, OPINION_ON + A_DAY),
    "waive": waive(FINANCE, "意见已在会上提出"),
    "reply": reply(FINANCE),
    "round_2": reopen(FINANCE),
    "close": close(FINANCE),
}

LEAD_TABLE = """
         ended_first nothing unsigned  handling  asked     answered  again     closed    returned  ended
dispatch ENDED       yes     TAKEN     TAKEN     TAKEN     TAKEN     TAKEN     TAKEN     TAKEN     ENDED
history  ENDED       yes     -         -         -         -         -         -         -         -
end      ENDED       yes     yes       yes       yes       yes       yes       FINISHED  yes       ENDED
sign     ENDED       UNKNOWN yes       SIGNED    SIGNED    SIGNED    SIGNED    SIGNED    RETURNED  ENDED
ask      ENDED       UNKNOWN yes       yes       PENDING   ANSWERED  ANSWERED  ANSWERED  RETURNED  ENDED
grant    ENDED       UNKNOWN UNASKED   UNASKED   yes       UNASKED   UNASKED   UNASKED   RETURNED  ENDED
decline  ENDED       UNKNOWN UNASKED   UNASKED   yes       UNASKED   UNASKED   UNASKED   RETURNED  ENDED
contact  ENDED       UNKNOWN UNSIGNED  yes       yes       yes       yes       yes       RETURNED  ENDED
opinion  ENDED       UNKNOWN NO_CO     NO_CO     NO_CO     NO_CO     NO_CO     NO_CO     NO_CO     ENDED
waive    ENDED       UNKNOWN NO_CO     NO_CO     NO_CO     NO_CO     NO_CO     NO_CO     NO_CO     ENDED
reply    ENDED       UNKNOWN UNSIGNED  yes       PENDING   ANSWERED  yes       CLOSED    RETURNED  ENDED
round_2  ENDED       UNKNOWN NO_ANSWER NO_ANSWER NO_ANSWER yes       -         yes       RETURNED  ENDED
round_3  ENDED       UNKNOWN NO_ANSWER NO_ANSWER NO_ANSWER TOO_FAR   NO_ANSWER TOO_FAR   RETURNED  ENDED
close    ENDED       UNKNOWN NO_ANSWER NO_ANSWER NO_ANSWER yes       NO_ANSWER -         RETURNED  ENDED
"""
CO_TABLE = """
         unsigned   handling   asked      waived     closed     closed_waived returned
sign     yes        SIGNED     SIGNED     SIGNED     SIGNED     SIGNED        RETURNED
ask      yes        yes        PENDING    yes        CLOSED     CLOSED        RETURNED
grant    UNASKED    UNASKED    yes        UNASKED    UNASKED    UNASKED       RETURNED
decline  UNASKED    UNASKED    yes        UNASKED    UNASKED    UNASKED       RETURNED
contact  UNSIGNED   yes        yes        yes        yes        yes           RETURNED
opinion  UNSIGNED   yes        PENDING    yes        GIVEN      CLOSED        RETURNED
waive    yes        yes        yes        WAIVED     GIVEN      WAIVED        RETURNED
reply    CO         CO         CO         CO         CO         CO            CO
round_2  CO         CO         CO         CO         CO         CO            CO
close    NO_OPINION NO_OPINION NO_OPINION yes        -          -             RETURNED
"""
REFUSALS: dict[str, type[Refused]] = {
    "ANSWERED": AlreadyAnswered,
    "CLOSED": AlreadyClosed,
    "CO": CoUnitsDoNotAnswer,
    "ENDED": CaseHasEnded,
    "FINISHED": CaseIsFinished,
    "GIVEN": OpinionAlreadyGiven,
    "NO_ANSWER": NotAnswered,
    "NO_CO": OnlyCoUnitsGiveOpinions,
    "NO_OPINION": OpinionNotGiven,
    "PENDING": ReturnPending,
    "RETURNED": AssignmentReturned,
    "SIGNED": AlreadySigned,
    "TAKEN": AlreadyDispatched,
    "TOO_FAR": RoundOutOfOrder,
    "UNASKED": ReturnNotAsked,
    "UNKNOWN": CaseUnknown,
    "UNSIGNED": NotSigned,
    "WAIVED": AlreadyWaived,
}


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


@pytest.mark.parametrize(("command", "state", "outcome"), squares(CO_TABLE))
def test_a_co_unit_in_each_state(command: str, state: str, outcome: str) -> None:
    it_comes_to(outcome, CO_STATES[state], CO_COMMANDS[command])


def test_the_tables_have_every_command_in_every_state() -> None:
    lead, co = (
        {type(command) for command in named.values()} for named in (LEAD_COMMANDS, CO_COMMANDS)
    )
    assert lead == set(get_args(AssignmentCommand))
    assert co == lead - {DispatchCase, RecordHandlingHistory, EndCase}
    assert len(squares(LEAD_TABLE)) == len(LEAD_COMMANDS) * len(LEAD_STATES)
    assert len(squares(CO_TABLE)) == len(CO_COMMANDS) * len(CO_STATES)


def test_a_unit_without_a_part_in_the_case_is_told_who_has_one() -> None:
    refusal = (
        given(dispatched(), dispatched(FINANCE, Role.CO)).when(sign(HEALTH)).refused(NotInThisCase)
    )
    assert "区教育局、区财政局" in refusal.chinese
