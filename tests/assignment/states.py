"""The states of a case and what may be asked in each: the sides of the state tables."""

from datetime import timedelta

from assignment.commands import AssignmentCommand
from assignment.decisions.chasing import NothingToChase
from assignment.decisions.closing import CaseIsFinished, OpinionNotGiven
from assignment.decisions.committing import CommitmentIsOver, CommitmentUnknown
from assignment.decisions.dates import DateTooEarly
from assignment.decisions.dispatching import AlreadyDispatched
from assignment.decisions.drafting import (
    AlreadySignedByLeader,
    DraftWasRuledOn,
    NoDraft,
    NotReviewed,
    NotSignedByLeader,
)
from assignment.decisions.escalating import (
    LeaderHasDecided,
    NoDispute,
    NothingToAllow,
    ReturnTooLate,
)
from assignment.decisions.extending import (
    ExtensionNotAsked,
    ExtensionPending,
    FirstAnswerStands,
)
from assignment.decisions.handling import (
    AlreadySigned,
    AlreadyWaived,
    OnlyCoUnitsGiveOpinions,
    OpinionAlreadyGiven,
)
from assignment.decisions.joining import AlreadySuggested, CoUnitNotAsked
from assignment.decisions.judging import NoOpinionYet, OpinionIsAccepted
from assignment.decisions.replying import RoundOutOfOrder
from assignment.decisions.returning import ReturnNotAsked
from assignment.decisions.standing import (
    AlreadyAnswered,
    AlreadyClosed,
    AssignmentReturned,
    CaseHasEnded,
    CaseUnknown,
    CoUnitsDoNotAnswer,
    NotAnswered,
    NotSigned,
    ReturnPending,
)
from assignment.decisions.timing import AlreadySuspended, NotSuspended, StandsStill
from contracts.assignment import (
    AssignmentServiceEvent,
    CommitmentAdvanced,
    CommitmentCarriedOver,
    CommitmentFulfilled,
    CommitmentGivenUp,
    CommitmentSlipped,
    Requirements,
)
from contracts.refusal import Refused
from contracts.vocabulary import ChasingManner, ContactStage, Duty, EscalationStep, Role
from tests.assignment import later_cases as later
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
    declined,
    dispatch,
    dispatched,
    end,
    ended,
    give_opinion,
    grant,
    granted,
    on,
    opinion,
    part,
    passed_on,
    reopen,
    reopen_case,
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

STRICT = Requirements(leader_signs=True, reviewed=True)
CHECKED: History = (dispatched(requirements=STRICT), signed(), contacted())
SIGNED_DRAFT: History = (*CHECKED, later.drafted(), later.leader_signed())
BESIDE_STATES: dict[str, History] = {
    "kept": (*LEAD_HANDLING, asked(), declined()),
    "decided": (
        *LEAD_HANDLING,
        asked(),
        later.escalated(EscalationStep.MEETING),
        later.escalated(EscalationStep.LEADER),
        declined(),
    ),
    "late": (dispatched(return_until=on(3, 5)), signed(), contacted()),
    "time_asked": (*LEAD_HANDLING, later.asked_time()),
    "still": (*LEAD_HANDLING, later.stood_still()),
    "wanting": (*LEAD_HANDLING, later.wanted()),
    "undrafted": CHECKED,
    "drafted": (*CHECKED, later.drafted()),
    "signed": SIGNED_DRAFT,
    "passed": (*SIGNED_DRAFT, later.passed()),
    "sent_back": (*SIGNED_DRAFT, later.draft_returned()),
}

CO_UNSIGNED: History = (*LEAD_HANDLING, dispatched(FINANCE, Role.CO))
CO_HANDLING: History = (*CO_UNSIGNED, signed(FINANCE))
CO_CLOSED: History = (*CO_HANDLING, opinion(), closed(FINANCE, OPINION_ON))
CO_STATES: dict[str, History] = {
    "unsigned": CO_UNSIGNED,
    "handling": CO_HANDLING,
    "asked": (*CO_HANDLING, asked(FINANCE)),
    "still": (*CO_HANDLING, later.stood_still(FINANCE)),
    "waived": (*CO_HANDLING, waived()),
    "closed": CO_CLOSED,
    "sent_back": (*CO_CLOSED, later.sent_back()),
    "accepted": (*CO_CLOSED, later.accepted()),
    "closed_waived": (*CO_HANDLING, waived(), closed(FINANCE, OPINION_ON)),
    "returned": (*CO_HANDLING, asked(FINANCE), granted(FINANCE), passed_on(HOUSING, Role.CO)),
}

COMMITTED: History = (*LEAD_ANSWERED, later.committed())
ONE = later.HAPPENED | {"unit": EDUCATION, "commitment": 1}
COMMITMENT_STATES: dict[str, History] = {
    "none": LEAD_ANSWERED,
    "recorded": COMMITTED,
    "in_progress": (
        *COMMITTED,
        CommitmentAdvanced(**ONE, progress="已开工", reported_on=on(6, 1)),
    ),
    "slipped": (
        *COMMITTED,
        CommitmentSlipped(**ONE, reason="缺材料", due_on=on(9, 15), slipped_on=on(8, 1)),
    ),
    "carried_over": (*COMMITTED, CommitmentCarriedOver(**ONE, into_year=2026)),
    "fulfilled": (
        *COMMITTED,
        CommitmentFulfilled(**ONE, evidence="照片", fulfilled_on=on(8, 1)),
    ),
    "given_up": (
        *COMMITTED,
        CommitmentGivenUp(**ONE, reason="政策变化", given_up_on=on(8, 1)),
    ),
}

# The commands tell other facts than the histories do, so that none is a mere repetition.
CASE_COMMANDS: dict[str, AssignmentCommand] = {
    "dispatch": dispatch(part(HEALTH, Role.SOLE)),
    "history": history(role=Role.SOLE),
    "end": end.model_copy(update={"reason": "并案：20240105"}),
    "join": later.join(),
    "reopen": reopen_case,
    "points": later.list_points(),
    "report": later.take_on(),
    "taken_back": later.take_back,
}
UNIT_COMMANDS: dict[str, AssignmentCommand] = {
    "sign": sign(day=SIGNED_ON + A_DAY),
    "ask": ask(reason="机构职能已调整"),
    "grant": grant(new_unit=HEALTH),
    "decline": decline(),
    "allow": later.allow_late(),
    "escalate": later.escalate(),
    "handler": later.name_handler(),
    "want": later.want(),
    "add": later.add(),
    "do_without": later.do_without(),
    "contact": contact(stage=ContactStage.AFTER),
    "opinion": give_opinion(EDUCATION),
    "waive": waive(EDUCATION),
    "send_back": later.send_back(co_unit=EDUCATION),
    "accept": later.accept(co_unit=EDUCATION),
    "ask_time": later.ask_time(),
    "give_time": later.give_time(),
    "no_time": later.refuse_time(),
    "stand_still": later.stand_still(),
    "go_on": later.go_on(),
    "move": later.move(),
    "move_early": later.move_early(),
    "draft": later.draft(),
    "leader": later.leader_signs(),
    "pass": later.let_pass(),
    "return": later.return_draft(),
    "reply": reply(day=on(6, 15)),
    "class": later.reclassify(),
    "deliver": later.deliver(),
    "publish": later.publish(),
    "round_2": reopen(handling_round=2),
    "round_3": reopen(handling_round=3),
    "close": close(),
    "result": later.result(),
    "commit": later.commit(),
    **later.commitment_commands(),
    "alert": later.alert(),
    "chase": later.chase(),
    "visit": later.chase(manner=ChasingManner.RETURN_VISIT),
}
LEAD_COMMANDS = CASE_COMMANDS | UNIT_COMMANDS
BESIDE_COMMANDS = UNIT_COMMANDS
CO_COMMANDS: dict[str, AssignmentCommand] = {
    "sign": sign(FINANCE, SIGNED_ON + A_DAY),
    "ask": ask(FINANCE, reason="机构职能已调整"),
    "grant": grant(FINANCE, HEALTH),
    "decline": decline(FINANCE),
    "allow": later.allow_late(FINANCE),
    "escalate": later.escalate(FINANCE),
    "handler": later.name_handler(FINANCE),
    "want": later.want(FINANCE),
    "add": later.add(FINANCE),
    "do_without": later.do_without(FINANCE),
    "contact": contact(FINANCE),
    "opinion": give_opinion(FINANCE, OPINION_ON + 5 * A_DAY),
    "waive": waive(FINANCE, "意见已在会上提出"),
    "send_back": later.send_back(),
    "accept": later.accept(),
    "ask_time": later.ask_time(FINANCE, requested_on=on(3, 20)),
    "give_time": later.give_time(FINANCE),
    "no_time": later.refuse_time(FINANCE),
    "stand_still": later.stand_still(FINANCE),
    "go_on": later.go_on(FINANCE),
    "move": later.move(FINANCE, on(4, 1)),
    "move_early": later.move_early(FINANCE),
    "draft": later.draft(FINANCE),
    "leader": later.leader_signs(FINANCE),
    "pass": later.let_pass(FINANCE),
    "return": later.return_draft(FINANCE),
    "reply": reply(FINANCE),
    "class": later.reclassify(FINANCE),
    "deliver": later.deliver(FINANCE),
    "publish": later.publish(FINANCE),
    "round_2": reopen(FINANCE),
    "close": close(FINANCE),
    "result": later.result(FINANCE),
    "commit": later.commit(FINANCE),
    **later.commitment_commands(FINANCE),
    "alert": later.alert(FINANCE, Duty.OPINION),
    "chase": later.chase(FINANCE),
    "visit": later.chase(FINANCE, ChasingManner.RETURN_VISIT),
}
COMMITMENT_COMMANDS: dict[str, AssignmentCommand] = {
    "commit": later.commit(),
    **later.commitment_commands(),
}

REFUSALS: dict[str, type[Refused]] = {
    "ANSWERED": AlreadyAnswered,
    "CLOSED": AlreadyClosed,
    "CO": CoUnitsDoNotAnswer,
    "DECIDED": LeaderHasDecided,
    "DONE": NothingToChase,
    "ENDED": CaseHasEnded,
    "EARLY": DateTooEarly,
    "FINISHED": CaseIsFinished,
    "FIRST": FirstAnswerStands,
    "GIVEN": OpinionAlreadyGiven,
    "IS_SIGNED": AlreadySignedByLeader,
    "LATE": ReturnTooLate,
    "NOT_LATE": NothingToAllow,
    "NOT_STILL": NotSuspended,
    "NO_ANSWER": NotAnswered,
    "NO_CO": OnlyCoUnitsGiveOpinions,
    "NO_DISPUTE": NoDispute,
    "NO_DRAFT": NoDraft,
    "NO_OPINION": OpinionNotGiven,
    "NO_REVIEW": NotReviewed,
    "NO_SIGN": NotSignedByLeader,
    "NONE_YET": NoOpinionYet,
    "OVER": CommitmentIsOver,
    "PENDING": ReturnPending,
    "RETURNED": AssignmentReturned,
    "RULED": DraftWasRuledOn,
    "SIGNED": AlreadySigned,
    "STILL": StandsStill,
    "STOPPED": AlreadySuspended,
    "TAKEN": AlreadyDispatched,
    "TAKEN_UP": OpinionIsAccepted,
    "TIME_ASKED": ExtensionPending,
    "TOO_FAR": RoundOutOfOrder,
    "UNASKED": ReturnNotAsked,
    "UNKNOWN": CaseUnknown,
    "UNMADE": CommitmentUnknown,
    "UNSIGNED": NotSigned,
    "UNTIMED": ExtensionNotAsked,
    "UNWANTED": CoUnitNotAsked,
    "WAIVED": AlreadyWaived,
    "WANTED": AlreadySuggested,
}
