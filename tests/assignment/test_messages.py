"""Who is told what after which event, in which words, and what need not be said any more."""

import re
from typing import Any

import pytest

from assignment.decisions.messages import (
    TOLD_AFTER,
    Facts,
    Told,
    facts_of,
    overtaken_by,
    renamed_by,
    told_after,
)
from assignment.decisions.messages.blanks import UnknownBlank, Wording
from assignment.decisions.messages.wording import WORDING
from contracts.assignment import (
    CaseEnded,
    CaseReopened,
    CommitmentFulfilled,
    DueDateMoved,
    EarlyLimitsMoved,
    ExtensionDeclined,
    ExtensionGranted,
    HandlingResumed,
    RedCardIssued,
    ReminderDue,
    UnitChased,
    WarningIssued,
    YellowCardIssued,
)
from contracts.evaluation import RatingOpened, ReplyRated
from contracts.event import Event
from contracts.intake import ProposalFiled, ProposalReceived, ProposalRefused
from contracts.numbering import CaseNumberCorrected
from contracts.sending import Matter, Overtaken, RecipientKind, Renamed
from contracts.vocabulary import (
    ChasingManner,
    Duty,
    ProposalForm,
    RefusalReason,
    Role,
    Satisfaction,
)
from tests.assignment.cases import (
    CASE,
    DUE_ON,
    EDUCATION,
    FINANCE,
    HEALTH,
    HOUSING,
    REPLIED_ON,
    asked,
    closed,
    declined,
    dispatched,
    granted,
    on,
    opinion,
    reopened,
    replied,
    signed,
)
from tests.assignment.later_cases import (
    LONGER,
    RESUMED_ON,
    asked_time,
    committed,
    sent_back,
    stood_still,
)

TITLE = "关于增设社区托育点的建议"
ABOUT: dict[str, Any] = {"proposal_id": CASE, "unit": EDUCATION}
PROPOSAL = (
    ProposalReceived(
        proposal_id=CASE,
        year=2024,
        title=TITLE,
        form=ProposalForm.JOINT,
        proposers=("陈一", "林二"),
    ),
    ProposalFiled(proposal_id=CASE, year=2024, number=CASE, title=TITLE),
)
PLACE = "深圳市龙岗区"
WRONG = "20240140"


def alert(kind: Any, raised_on: Any, duty: Duty = Duty.REPLY, rule: str = "r/x.reply-7") -> Event:
    due: Event = kind(**ABOUT, duty=duty, rule=rule, due_on=DUE_ON, raised_on=raised_on)
    return due


HAPPENED: tuple[Event, ...] = (
    dispatched(FINANCE, Role.CO),
    asked(),
    granted(),
    declined(),
    asked_time(),
    ExtensionGranted(**ABOUT, due_on=LONGER, granted_on=on(5, 6)),
    ExtensionDeclined(**ABOUT, reason="期限充足"),
    HandlingResumed(**ABOUT, resumed_on=RESUMED_ON, due_on=on(6, 11)),
    DueDateMoved(**ABOUT, due_on=on(6, 4), was_due_on=DUE_ON, provisional=True, calendar_version=2),
    alert(ReminderDue, on(5, 17)),
    alert(WarningIssued, on(5, 25)),
    alert(YellowCardIssued, on(6, 2)),
    alert(RedCardIssued, DUE_ON, Duty.COMMITMENT, "r/supervision.commitment-red.3"),
    UnitChased(**ABOUT, manner=ChasingManner.PHONE, chased_on=on(5, 20), note="请本周报进度。"),
    opinion(),
    sent_back(),
    reopened(),
    CaseEnded(proposal_id=CASE, reason="撤案：已另案提出"),
    CaseReopened(proposal_id=CASE, reason="并案撤销"),
    replied(),
    UnitChased(**ABOUT, manner=ChasingManner.RETURN_VISIT, chased_on=on(6, 20)),
    RatingOpened(**ABOUT, handling_round=1, replied_on=REPLIED_ON),
    EarlyLimitsMoved(
        **ABOUT,
        sign_by=on(3, 8),
        was_sign_by=on(3, 6),
        return_until=on(3, 14),
        was_return_until=on(3, 12),
        calendar_version=2,
    ),
    CaseNumberCorrected(proposal_id=CASE, year=2024, was=WRONG, number=CASE, reason="末两位写颠倒"),
    ProposalRefused(
        proposal_id=CASE, reason=RefusalReason.ACADEMIC, notice="建议转送有关研究机构。"
    ),
)


def facts() -> Facts:
    case = (dispatched(proposers=("陈一", "林二")), dispatched(FINANCE, Role.CO))
    return facts_of(PLACE, PROPOSAL, case, None)


def told(event: Event) -> list[Told]:
    return told_after(event, facts())


@pytest.mark.parametrize("event", HAPPENED, ids=lambda each: type(each).__name__)
def test_every_message_names_the_case_and_leaves_no_blank(event: Event) -> None:
    messages = told(event)
    assert messages
    for each in messages:
        assert f"第{CASE}号提案《{TITLE}》" in each.subject
        assert TITLE in each.body
        assert not re.search(r"[{}]|None", each.subject + each.body)
        assert "\n" not in each.subject


def test_every_event_that_is_told_and_every_matter_is_looked_at_here() -> None:
    assert {type(each) for each in HAPPENED} == set(TOLD_AFTER)
    assert {each.matter for event in HAPPENED for each in told(event)} == set(Matter)
    assert set(WORDING) == set(Matter)


def test_a_wording_with_an_unknown_blank_is_refused() -> None:
    with pytest.raises(UnknownBlank, match="duty_date"):
        Wording("提醒：{case}", "请于{duty_date}前办理。")


def test_after_a_correction_messages_name_the_case_by_its_right_number() -> None:
    corrected = CaseNumberCorrected(
        proposal_id=CASE, year=2024, was=CASE, number="20240140", reason="末两位写颠倒"
    )
    known = facts_of(PLACE, (*PROPOSAL, corrected), (dispatched(),), None)
    assert known.named == f"第20240140号提案《{TITLE}》"


def test_whoever_has_an_open_part_reads_the_old_number_and_the_new() -> None:
    corrected = HAPPENED[-2]
    parts = [dispatched(unit) for unit in (EDUCATION, FINANCE, HEALTH, HOUSING)]
    done = (closed(FINANCE), granted(HEALTH), committed(HOUSING), closed(HOUSING))
    known = facts_of(PLACE, PROPOSAL, (*parts, *done), None)
    first, second = told_after(corrected, known)
    assert (first.recipient, second.recipient) == (EDUCATION, HOUSING)
    assert first.due_on is None
    assert first.body == (
        f"{EDUCATION}：\n"
        f"贵单位承办的第{CASE}号提案《{TITLE}》，案号已由第{WRONG}号更正为第{CASE}号。\n"
        "原因：末两位写颠倒\n"
        f"此前按原案号发出的通知继续有效；今后行文、查询请用第{CASE}号。\n"
        "\n深圳市龙岗区督查室"
    )
    kept = CommitmentFulfilled(
        proposal_id=CASE, unit=HOUSING, commitment=1, evidence="已建成", fulfilled_on=on(8, 1)
    )
    (only,) = told_after(corrected, facts_of(PLACE, PROPOSAL, (*parts, *done, kept), None))
    assert only.recipient == EDUCATION
    ended = (dispatched(), CaseEnded(proposal_id=CASE, reason="撤案"))
    assert told_after(corrected, facts_of(PLACE, PROPOSAL, ended, None)) == []


def test_messages_call_a_case_by_its_whole_name_before_and_after_a_correction() -> None:
    assert renamed_by(HAPPENED[-2], facts()) == Renamed(
        CASE, f"第{WRONG}号提案《{TITLE}》", f"第{CASE}号提案《{TITLE}》"
    )
    assert [each for each in HAPPENED if renamed_by(each, facts())] == [HAPPENED[-2]]


def test_a_dispatched_unit_reads_its_part_and_its_limits() -> None:
    event = dispatched(sign_by=on(3, 6), return_until=on(3, 8), provisional=True)
    (message,) = told(event)
    assert (message.kind, message.recipient, message.due_on) == (
        RecipientKind.UNIT,
        EDUCATION,
        DUE_ON,
    )
    assert message.body == (
        f"{EDUCATION}：\n"
        f"现将第{CASE}号提案《{TITLE}》交贵单位主办。\n"
        "请于2024年3月6日前签收。\n"
        "请于2024年6月1日前答复提案人。\n"
        "此期限跨入节假日尚未公布的年度，系暂定，公布后可能调整。\n"
        "如不属贵单位职责，请在2024年3月8日前申请退回，并写明理由和建议承办的单位。\n"
        "\n深圳市龙岗区督查室\n2024年3月1日"
    )


def test_what_is_not_known_of_a_part_is_not_said() -> None:
    (message,) = told(dispatched())
    assert not re.search("签收|暂定|退回", message.body)
    (co_unit,) = told(dispatched(FINANCE, Role.CO))
    assert f"本件由{EDUCATION}主办" in co_unit.body


@pytest.mark.parametrize(
    ("kind", "raised_on", "said"),
    [
        (WarningIssued, on(5, 25), "还有7天"),
        (YellowCardIssued, DUE_ON, "今日到期"),
        (RedCardIssued, on(6, 11), "已逾期10天"),
    ],
)
def test_a_card_says_how_the_deadline_lies(kind: Any, raised_on: Any, said: str) -> None:
    (message,) = told(alert(kind, raised_on))
    assert said in message.subject
    assert said in message.body


def test_every_proposer_is_told_of_the_answer_and_asked_for_the_form() -> None:
    for event in (replied(), RatingOpened(**ABOUT, handling_round=1, replied_on=REPLIED_ON)):
        assert [(each.kind.value, each.recipient) for each in told(event)] == [
            ("proposer", "陈一"),
            ("proposer", "林二"),
        ]


def test_a_proposer_reads_why_nothing_was_filed() -> None:
    first, _ = told(HAPPENED[-1])
    assert "理由：属于学术研讨" in first.body
    assert "建议转送有关研究机构。" in first.body


def test_a_request_goes_to_the_office_and_the_co_opinion_to_the_lead() -> None:
    assert [(each.kind.value, each.recipient) for each in told(asked())] == [("office", "督查室")]
    assert [(each.kind.value, each.recipient) for each in told(opinion())] == [("unit", EDUCATION)]


def test_everybody_in_a_case_that_ended_is_told() -> None:
    messages = told(CaseEnded(proposal_id=CASE, reason="并案：20240105"))
    assert {each.recipient for each in messages} == {EDUCATION, FINANCE}


@pytest.mark.parametrize(
    ("event", "about"),
    [
        (signed(), {"signing"}),
        (replied(), {"signing", "reply", "chasing", "deadline", "extension", "limits"}),
        (stood_still(), {"reply", "opinion", "deadline", "extension"}),
        (HAPPENED[5], {"reply", "opinion", "deadline", "extension"}),
        (HAPPENED[8], {"reply", "opinion", "deadline", "extension"}),
        (HAPPENED[-3], {"signing", "limits"}),
        (
            closed(),
            {
                "signing",
                "reply",
                "opinion",
                "chasing",
                "deadline",
                "extension",
                "limits",
                "return",
            },
        ),
        (
            ReplyRated(
                **ABOUT,
                handling_round=1,
                satisfaction=Satisfaction.SATISFIED,
                rated_on=on(6, 1),
            ),
            {"form"},
        ),
        (
            CommitmentFulfilled(**ABOUT, commitment=3, evidence="已建成", fulfilled_on=on(6, 1)),
            {"commitment.3"},
        ),
    ],
    ids=lambda each: type(each).__name__,
)
def test_what_is_done_or_due_on_another_day_is_not_said_any_more(
    event: Event, about: set[str]
) -> None:
    overtaken = overtaken_by(event)
    assert overtaken is not None
    assert (overtaken.unit, set(overtaken.about)) == (EDUCATION, about)


def test_nothing_more_is_said_to_a_released_unit_or_in_a_case_that_ended() -> None:
    assert overtaken_by(granted()) == Overtaken(CASE, EDUCATION, ())
    assert overtaken_by(HAPPENED[17]) == Overtaken(CASE, None, ())


def test_a_card_about_a_commitment_is_overtaken_by_that_commitment_only() -> None:
    (message,) = told(HAPPENED[12])
    assert message.about == "commitment.3"
    (reply,) = told(alert(WarningIssued, on(5, 25)))
    assert reply.about == "reply"


def test_a_unit_that_has_answered_is_chased_without_a_deadline() -> None:
    chased = UnitChased(**ABOUT, manner=ChasingManner.RETURN_VISIT, chased_on=on(6, 20))
    (open_case,) = told(chased)
    assert "请于2024年6月1日前答复提案人。" in open_case.body
    assert open_case.matter is Matter.VISITED
    answered_now = overtaken_by(replied())
    assert answered_now is not None
    assert open_case.about not in answered_now.about
    answered = facts_of(PLACE, PROPOSAL, (dispatched(), signed(), replied()), None)
    (after,) = told_after(chased, answered)
    assert "答复提案人" not in after.body
    assert (open_case.due_on, after.due_on) == (DUE_ON, None)


def test_a_unit_reads_why_it_has_another_limit_when_its_case_goes_on() -> None:
    event = HandlingResumed(**ABOUT, resumed_on=RESUMED_ON, due_on=on(6, 11))
    (handed_down_again,) = told(event)
    assert "期限按上级再次交办的要求确定" in handed_down_again.body
    case = (dispatched(proposers=("陈一",)), signed(), stood_still())
    (resumed,) = told_after(event, facts_of(PLACE, PROPOSAL, case, None))
    assert "中止的天数不计入期限" in resumed.body
    earlier = event.model_copy(update={"due_on": on(5, 10)})
    (brought_forward,) = told_after(earlier, facts_of(PLACE, PROPOSAL, case, None))
    assert "期限按上级再次交办的要求确定" in brought_forward.body


def test_a_unit_reads_which_of_its_early_limits_are_another_day() -> None:
    limits: dict[str, Any] = {"was_sign_by": on(3, 6), "was_return_until": on(3, 12)}
    both, signing, returning = (
        EarlyLimitsMoved(
            **ABOUT, **limits, sign_by=on(3, by), return_until=on(3, until), calendar_version=2
        )
        for by, until in ((8, 14), (8, 12), (6, 14))
    )
    (message,) = told(both)
    assert message.subject.endswith("签收期限为2024年3月8日，申请退回的期限为2024年3月14日")
    assert "签收期限由2024年3月6日调整为2024年3月8日。" in message.body
    assert "申请退回的期限由2024年3月12日调整为2024年3月14日。" in message.body
    (message,) = told(signing)
    assert ("退回" in message.subject + message.body, message.about) == (False, "signing")
    (message,) = told(returning)
    assert ("签收" in message.subject + message.body, message.about) == (False, "limits")
