"""Guards that a rulebook switches on, each by itself; without it they ask for nothing."""

from datetime import date, timedelta
from typing import Any

import pytest

from assignment.commands import IssueReply
from assignment.decisions.committing import OthersAreOpen
from assignment.decisions.contents import (
    CommitmentMissing,
    ContactsMissing,
    EvidenceMissing,
    ReplyIncomplete,
)
from assignment.decisions.delivering import NotAProposer, NotForThePublic
from assignment.decisions.drafting import DiffersFromDraft, DraftSaysNothing, NotSignedByLeader
from assignment.decisions.escalating import NothingToAllow, ReturnTooLate
from assignment.decisions.extending import ExtensionTooLate, MoreThanAsked, NotMoreTime
from assignment.decisions.results import (
    DoneWithoutEvidence,
    NoSuchSuggestion,
    NumbersRepeat,
)
from assignment.state import Dispatched, evolve
from contracts.assignment import (
    AssignmentServiceEvent,
    EarlyLimitsMoved,
    ExtensionGranted,
    HandlingResumed,
    LateReturnAllowed,
    PointAnswered,
    ProposersJoined,
    Requirements,
    ResultClassChanged,
    ResultRecorded,
    ReturnEscalated,
    RoleChanged,
    SuggestionsListed,
)
from contracts.deadlines import BY_UPPER_LEVEL
from contracts.vocabulary import (
    ContactManner,
    ContactStage,
    EscalationStep,
    ItemState,
    Openness,
    Role,
)
from tests.assignment import later_cases as later
from tests.assignment.cases import (
    AT,
    EDUCATION,
    FINANCE,
    HEALTH,
    ask,
    asked,
    closed,
    contacted,
    declined,
    dispatched,
    given,
    granted,
    on,
    passed_on,
    replied,
    reply,
    sign,
    signed,
)

A_DAY = timedelta(days=1)
TWO_CONTACTS = Requirements(contacts=(ContactStage.BEFORE, ContactStage.DURING))
FULL = Requirements(full_letter=True)
Case = tuple[AssignmentServiceEvent, ...]


def handling(requirements: Requirements, *proposers: str) -> Case:
    given_part = dispatched(requirements=requirements, proposers=proposers)
    return (given_part, signed(), contacted())


def full_reply(**changes: Any) -> IssueReply:
    points = (PointAnswered(number=1, answer="已列入计划"), PointAnswered(number=2, answer="采纳"))
    told: dict[str, Any] = {"addressees": ("陈一", "林二"), "points": points}
    return reply(**told | changes)


POINTS = SuggestionsListed(proposal_id="20240104", suggestions=later.suggestions("甲", "乙"))
JOINED = ProposersJoined(proposal_id="20240104", from_proposal_id="20240105", proposers=("林二",))


def test_each_stage_of_contact_that_is_asked_for_comes_before_the_answer() -> None:
    refusal = given(*handling(TWO_CONTACTS)).when(reply()).refused(ContactsMissing)
    assert "办中" in refusal.chinese
    assert "办前" not in refusal.chinese


def test_a_contact_after_the_answer_does_not_count_before_it() -> None:
    during = contacted(day=reply().issued_on + A_DAY, stage=ContactStage.DURING)
    given(*handling(TWO_CONTACTS), during).when(reply()).refused(ContactsMissing)


def test_a_visit_that_the_proposer_declined_is_not_a_visit_that_was_missed() -> None:
    declined_visit = contacted(stage=ContactStage.DURING, manner=ContactManner.NOT_NEEDED)
    given(*handling(TWO_CONTACTS), declined_visit).when(reply()).accepted()


def test_a_full_letter_names_every_proposer_and_answers_every_point() -> None:
    before = (*handling(FULL, "陈一"), POINTS, JOINED)
    given(*before).when(full_reply()).accepted()
    refusal = given(*before).when(full_reply(addressees=("陈一",))).refused(ReplyIncomplete)
    assert "林二" in refusal.chinese
    one = (PointAnswered(number=1, answer="采纳"), PointAnswered(number=2, answer=" "))
    refusal = given(*before).when(full_reply(points=one)).refused(ReplyIncomplete)
    assert "第2条建议" in refusal.chinese
    assert "第1条建议" not in refusal.chinese


def test_an_answer_that_is_withheld_says_why() -> None:
    before = handling(FULL, "陈一", "林二")
    withheld = full_reply(openness=Openness.WITHHELD)
    refusal = given(*before).when(withheld).refused(ReplyIncomplete)
    assert "不予公开的理由" in refusal.chinese
    with_reason = full_reply(openness=Openness.WITHHELD, withheld_because="涉及商业秘密")
    given(*before).when(with_reason).accepted()


def test_a_class_that_says_done_needs_evidence() -> None:
    before = handling(Requirements(evidence_for=("A",)))
    given(*before).when(reply()).refused(EvidenceMissing)
    given(*before).when(reply(result_class="C")).accepted()
    recorded = ResultRecorded(
        proposal_id="20240104",
        unit=EDUCATION,
        number=1,
        answer="已建成",
        evidence="竣工照片",
        state=ItemState.DONE,
        recorded_on=on(5, 1),
    )
    given(*before, recorded).when(reply()).accepted()


def test_a_class_that_promises_needs_a_commitment() -> None:
    before = handling(Requirements(commitments_for=("B",)))
    promising = reply(result_class="B")
    given(*before).when(promising).refused(CommitmentMissing)
    given(*before, later.committed()).when(promising).accepted()


def test_what_goes_out_is_what_was_reviewed() -> None:
    before = (*handling(Requirements(reviewed=True)), later.drafted(), later.passed())
    refusal = given(*before).when(reply(result_class="B")).refused(DiffersFromDraft)
    assert "result_class" in refusal.in_english
    given(*before).when(reply()).accepted()


def test_a_new_version_has_to_be_signed_and_reviewed_again() -> None:
    before = (
        *handling(Requirements(leader_signs=True, reviewed=True)),
        later.drafted(),
        later.leader_signed(),
        later.passed(),
    )
    twice = given(*before).when(later.draft(result_class="B")).accepted()
    twice.when(reply(day=on(6, 15), result_class="B")).refused(NotSignedByLeader)


def test_a_draft_with_an_address_and_nothing_to_read_is_no_version() -> None:
    addressed: dict[str, Any] = {"contact_person": "李工", "addressees": ("委员甲",)}
    addressed |= {"document_number": "", "result_class": "", "openness": None}
    before = given(*handling(Requirements()))
    before.when(later.draft(**addressed)).refused(DraftSaysNothing)
    before.when(later.draft(**addressed | {"openness": Openness.PUBLIC})).accepted()


def test_a_granted_extension_shows_the_new_deadline() -> None:
    before = (*handling(Requirements()), later.asked_time())
    granted_time = ExtensionGranted(
        proposal_id="20240104", unit=EDUCATION, due_on=later.LONGER, granted_on=on(5, 6)
    )
    given(*before).when(later.give_time()).then(granted_time)
    case = evolve(evolve(evolve(later_case(), signed()), later.asked_time()), granted_time)
    assert isinstance(case, Dispatched)
    assert case.assignments[0].due_on == later.LONGER


def later_case() -> Dispatched:
    case = evolve(Dispatched(None, (), ()), dispatched())
    assert isinstance(case, Dispatched)
    return case


def test_more_time_is_later_and_not_more_than_was_asked_for() -> None:
    before = (*handling(Requirements()), later.asked_time())
    given(*before).when(later.give_time(due_on=later.LONGER + A_DAY)).refused(MoreThanAsked)
    given(*before).when(later.give_time(due_on=dispatched().due_on)).refused(NotMoreTime)


def test_more_time_is_asked_for_before_the_deadline() -> None:
    before = handling(Requirements())
    due_on = dispatched().due_on
    given(*before).when(later.ask_time(requested_on=due_on)).accepted()
    given(*before).when(later.ask_time(requested_on=due_on + A_DAY)).refused(ExtensionTooLate)


def test_the_deadline_moves_by_the_days_that_the_clock_stood_still() -> None:
    resumed = HandlingResumed(
        proposal_id="20240104", unit=EDUCATION, resumed_on=on(4, 20), due_on=on(6, 11)
    )
    given(*handling(Requirements()), later.stood_still()).when(later.go_on()).then(resumed)


def test_a_deadline_of_the_upper_level_does_not_move_because_the_clock_stood_still_here() -> None:
    given_above = dispatched(due_rule=BY_UPPER_LEVEL)
    resumed = HandlingResumed(
        proposal_id="20240104", unit=EDUCATION, resumed_on=on(4, 20), due_on=given_above.due_on
    )
    given(given_above, signed(), later.stood_still()).when(later.go_on()).then(resumed)


@pytest.mark.parametrize(
    ("above", "due_on"),
    [
        (on(6, 5), on(6, 5)),
        (on(6, 11), on(6, 11)),
        (on(7, 1), on(6, 11)),
        # The case was handed down anew under an earlier limit while the clock stood still.
        (on(5, 1), on(5, 1)),
        # It had run out before: it holds nobody here.
        (on(4, 1), on(6, 11)),
    ],
)
def test_a_deadline_does_not_pass_the_upper_levels_because_the_clock_stood_still_here(
    above: date, due_on: date
) -> None:
    resumed = HandlingResumed(
        proposal_id="20240104", unit=EDUCATION, resumed_on=on(4, 20), due_on=due_on
    )
    before = (*handling(Requirements()), later.stood_still())
    given(*before).when(later.go_on(above=above)).then(resumed)


@pytest.mark.parametrize(
    ("above", "due_on"),
    [(on(6, 1), on(6, 1)), (on(7, 1), on(6, 11)), (on(5, 1), on(5, 1)), (on(4, 1), on(6, 1))],
)
def test_a_deadline_of_the_upper_level_follows_it_and_gets_no_days_beyond_it(
    above: date, due_on: date
) -> None:
    resumed = HandlingResumed(
        proposal_id="20240104", unit=EDUCATION, resumed_on=on(4, 20), due_on=due_on
    )
    given_above = dispatched(due_rule=BY_UPPER_LEVEL)
    given(given_above, signed(), later.stood_still()).when(later.go_on(above=above)).then(resumed)


def test_early_limits_that_moved_are_those_that_hold() -> None:
    before = (dispatched(sign_by=on(3, 6), return_until=on(3, 5)), signed(), contacted())
    moving = later.move_early(was=(on(3, 6), on(3, 5)))
    moved = EarlyLimitsMoved(
        proposal_id="20240104",
        unit=EDUCATION,
        sign_by=on(3, 6),
        was_sign_by=on(3, 6),
        return_until=on(3, 14),
        was_return_until=on(3, 5),
        calendar_version=2,
    )
    given(*before).when(ask()).refused(ReturnTooLate)
    given(*before).when(moving).then(moved).when(ask()).accepted()
    given(*before, moved).when(moving).then()


def test_a_late_return_is_allowed_by_name_and_may_then_be_asked_for() -> None:
    before = (dispatched(return_until=on(3, 5)), signed(), contacted())
    allowed = LateReturnAllowed(proposal_id="20240104", unit=EDUCATION, reason="机构刚刚调整")
    given(*before).when(later.allow_late()).then(allowed).when(ask()).accepted()


def test_nothing_is_allowed_to_a_unit_that_is_in_time() -> None:
    in_time = AT.date() + A_DAY
    given(dispatched(return_until=in_time)).when(later.allow_late()).refused(NothingToAllow)


def test_a_dispute_goes_to_a_meeting_and_then_to_a_leader() -> None:
    kept = (dispatched(), signed(), asked(), declined())
    meeting = ReturnEscalated(
        proposal_id="20240104",
        unit=EDUCATION,
        step=EscalationStep.MEETING,
        escalated_on=later.ESCALATED_ON,
    )
    to_leader = meeting.model_copy(
        update={"step": EscalationStep.LEADER, "escalated_on": on(3, 25)}
    )
    story = given(*kept).when(later.escalate()).then(meeting)
    story.when(later.escalate(day=on(3, 25))).then(to_leader)


def test_returns_are_counted() -> None:
    state = later_case()
    for event in (asked(), granted(), passed_on()):
        following = evolve(state, event)
        assert isinstance(following, Dispatched)
        state = following
    assert state.returns == 1


def test_a_sole_unit_leads_once_a_co_unit_is_added() -> None:
    changed = RoleChanged(proposal_id="20240104", unit=EDUCATION, role=Role.LEAD)
    added = dispatched(
        HEALTH,
        Role.CO,
        reporting=False,
        dispatched_on=on(3, 8),
        due_on=on(4, 8),
        at_request_of=EDUCATION,
    )
    story = given(dispatched(role=Role.SOLE), later.wanted()).when(later.add()).then(changed, added)
    story.when(sign(HEALTH, on(3, 11))).accepted()


def test_the_last_commitment_that_is_kept_raises_the_class() -> None:
    answered = (*handling(Requirements()), replied(result_class="B"), closed())
    fulfil = later.commitment_commands()["fulfil"].model_copy(update={"result_class": "A"})
    story = given(*answered, later.committed()).when(fulfil).accepted()
    last = story.events[-1]
    assert isinstance(last, ResultClassChanged)
    assert (last.was, last.result_class) == ("B", "A")
    given(*answered, later.committed(), later.committed(commitment=2)).when(fulfil).refused(
        OthersAreOpen
    )


def test_only_the_proposers_are_answered() -> None:
    answered = (dispatched(proposers=("陈一",)), signed(), contacted(), replied(), JOINED)
    given(*answered).when(later.deliver(proposer="林二")).accepted()
    given(*answered).when(later.deliver(proposer="张三")).refused(NotAProposer)


def test_only_a_public_answer_is_published() -> None:
    answered = (dispatched(), signed(), contacted(), replied(openness=Openness.ON_REQUEST))
    given(*answered).when(later.publish()).refused(NotForThePublic)


def test_results_belong_to_suggestions_and_what_is_done_can_be_shown() -> None:
    before = (*handling(Requirements()), POINTS)
    given(*before).when(later.result(number=3)).refused(NoSuchSuggestion)
    done = later.result(state=ItemState.DONE, evidence="")
    given(*before).when(done).refused(DoneWithoutEvidence)


def test_suggestions_have_each_their_number() -> None:
    twice = later.list_points("甲").model_copy(
        update={"suggestions": later.suggestions("甲") + later.suggestions("乙")}
    )
    given(*handling(Requirements())).when(twice).refused(NumbersRepeat)


@pytest.mark.parametrize("unit", [EDUCATION, FINANCE])
def test_a_case_of_before_asks_for_none_of_this(unit: str) -> None:
    given(dispatched(unit), signed(unit), contacted(unit)).when(reply(unit)).accepted()
