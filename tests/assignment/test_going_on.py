"""Whoever was told that a case ended is told that it goes on, with what is left to do and by when."""

from typing import Any, cast

import asyncpg
import pytest

from assignment.decisions.messages import Told, facts_of, overtaken_by, told_after
from contracts.assignment import CaseEnded, CaseReopened
from contracts.evaluation import RatingOpened, ReplyRated
from contracts.event import Event
from contracts.intake import ProposalFiled
from contracts.vocabulary import Role, Satisfaction
from tests.assignment.cases import (
    CASE,
    DUE_ON,
    EDUCATION,
    FINANCE,
    HEALTH,
    REPLIED_ON,
    closed,
    dispatched,
    granted,
    on,
    opinion,
    replied,
    signed,
)
from tests.assignment.cases import reopened as second_round
from tests.assignment.later_cases import committed, stood_still
from tests.assignment.post_office import ABOUT, NOON, PostOffice, everything, filed
from tests.assignment.receiving import HttpServer, MailServer

PLACE = "深圳市龙岗区"
PROPOSAL = (ProposalFiled(proposal_id=CASE, year=2024, number=CASE, title="关于托育点的建议"),)
END = CaseEnded(proposal_id=CASE, reason="并案：20240105")
GOES_ON = CaseReopened(proposal_id=CASE, reason="并入的提案已终止，并案撤销")
OPENED = RatingOpened(**ABOUT, handling_round=1, replied_on=REPLIED_ON)
RATED = ReplyRated(
    **ABOUT, handling_round=1, satisfaction=Satisfaction.SATISFIED, rated_on=on(6, 1)
)
THREE = (dispatched(), dispatched(FINANCE, Role.CO), dispatched(HEALTH))


def told(*case: Event, ratings: tuple[RatingOpened | ReplyRated, ...] = ()) -> list[Told]:
    known = facts_of(PLACE, PROPOSAL, cast(Any, (*case, END)), None).awaiting(ratings)
    return told_after(GOES_ON, known)


def test_a_released_unit_is_told_neither_of_the_end_nor_that_the_case_goes_on() -> None:
    case = (*THREE, granted(HEALTH))
    ended = told_after(END, facts_of(PLACE, PROPOSAL, case, None))
    assert [each.recipient for each in ended] == [EDUCATION, FINANCE]
    assert [each.recipient for each in told(*case)] == [EDUCATION, FINANCE]


def test_a_unit_that_has_not_signed_reads_all_that_the_dispatch_said() -> None:
    limits: dict[str, Any] = {"sign_by": on(3, 6), "return_until": on(3, 8), "provisional": True}
    (lead, co) = told(dispatched(**limits), dispatched(FINANCE, Role.CO))
    assert lead.body == (
        f"{EDUCATION}：\n"
        f"第{CASE}号提案《关于托育点的建议》曾终止办理，现继续办理，原终止办理的通知作废。\n"
        "原因：并入的提案已终止，并案撤销\n"
        "本件由贵单位主办。\n"
        "签收期限为2024年3月6日。\n"
        "办理期限为2024年6月1日，请按期答复提案人。\n"
        "此期限跨入节假日尚未公布的年度，系暂定，公布后可能调整。\n"
        "如不属贵单位职责，申请退回的期限为2024年3月8日，请写明理由和建议承办的单位。\n"
        f"\n{PLACE}督查室"
    )
    assert lead.due_on == DUE_ON
    assert f"本件由{EDUCATION}主办" in co.body
    assert "请按期提出会办意见" in co.body
    assert overtaken_by(GOES_ON) not in {None, overtaken_by(END)}


@pytest.mark.parametrize(
    ("events", "said", "is_due"),
    [
        ((signed(),), "请按期答复提案人", True),
        ((signed(), stood_still()), "期限待恢复办理时另行通知", False),
        ((replied(),), "等候提案人评价", False),
        ((replied(), second_round()), "请继续重新办理", False),
        ((replied(), committed(), closed()), "承诺事项仍请按期兑现", False),
        ((replied(), closed()), "已无待办事项", False),
    ],
)
def test_a_unit_reads_what_is_left_to_do(
    events: tuple[Event, ...], said: str, *, is_due: bool
) -> None:
    (message,) = told(dispatched(sign_by=on(3, 6)), *events)
    assert said in message.body
    assert (message.due_on is not None, "签收期限" in message.body) == (is_due, False)


def test_a_unit_whose_opinion_is_in_owes_nothing() -> None:
    _, co = told(dispatched(), dispatched(FINANCE, Role.CO), opinion(FINANCE))
    assert ("已无待办事项" in co.body, co.due_on) == (True, None)


def test_a_proposer_is_asked_once_for_the_forms_that_are_still_due() -> None:
    split = [dispatched(unit, Role.SPLIT, proposers=("陈一",)) for unit in (EDUCATION, FINANCE)]
    case = (*split, replied(), replied(FINANCE))
    other = OPENED.model_copy(update={"unit": FINANCE})
    both = told(*case, ratings=(OPENED, other))[-1]
    assert (both.recipient, both.unit) == ("陈一", None)
    assert f"{EDUCATION}已于2024年" in both.body
    assert f"、{FINANCE}已于2024年" in both.body
    one = told(*case, ratings=(OPENED, other, RATED))[-1]
    assert (one.recipient, one.unit, EDUCATION in one.body) == ("陈一", FINANCE, False)
    assert {each.kind.value for each in told(*case)} == {"unit"}


async def test_an_end_that_was_not_yet_told_is_cancelled_and_the_case_goes_on_in_every_inbox(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    office = PostOffice(pool, NOON, everything(mail, web, begin="00:00", end="23:00"))
    await filed(office)
    await office.happens(dispatched(), END, GOES_ON)
    assert await office.states("text") == [
        ("dispatched", "cancelled"),
        ("ended", "cancelled"),
        ("reopened", "waiting"),
    ]
    steps = [await office.steps(row["message_id"]) for row in await office.messages("inbox")]
    assert steps == [["overtaken"], ["overtaken"], []]
    await office.happens(END)
    assert (await office.states("text"))[-2:] == [("reopened", "cancelled"), ("ended", "waiting")]


async def test_a_form_is_asked_for_again_unless_it_was_filled_in_or_comes_from_a_ledger(
    pool: asyncpg.Pool, mail: MailServer, web: HttpServer
) -> None:
    office = PostOffice(pool, NOON, everything(mail, web))
    await filed(office)
    split = [dispatched(unit, Role.SPLIT, proposers=("陈一",)) for unit in (EDUCATION, FINANCE)]
    await office.happens(*split, replied(), replied(FINANCE), OPENED)
    other = OPENED.model_copy(update={"unit": FINANCE})
    await office.happens(other, attested_by="台账第 3 行")
    await office.happens(END, GOES_ON)
    forms = [row for row in await office.messages("inbox") if row["matter"] == "form_due"]
    assert [(row["unit"], row["state"]) for row in forms] == [
        (EDUCATION, "cancelled"),
        (EDUCATION, "waiting"),
    ]
    await office.happens(END, RATED, GOES_ON)
    forms = [row for row in await office.messages("inbox") if row["matter"] == "form_due"]
    assert [row["state"] for row in forms] == ["cancelled", "cancelled"]
