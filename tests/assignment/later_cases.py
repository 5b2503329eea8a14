"""More of what happens in a case and of what may be asked in it: time, drafts, results, supervision."""

from datetime import date
from typing import Any

from assignment.commands import (
    AcceptCoOpinion,
    AddCoUnit,
    AdvanceCommitment,
    AllowLateReturn,
    CarryCommitmentOver,
    ChangeResultClass,
    ChaseUnit,
    DeclineCoUnit,
    DeclineExtension,
    DeliverReply,
    DraftReply,
    EscalateReturn,
    FulfilCommitment,
    GiveUpCommitment,
    GrantExtension,
    JoinProposers,
    ListSuggestions,
    MakeCommitment,
    MoveDueDate,
    MoveEarlyLimits,
    NameHandler,
    PassDraft,
    PublishReply,
    RaiseAlert,
    RecordResult,
    RequestExtension,
    ResumeHandling,
    SendBackCoOpinion,
    SendBackDraft,
    SignReply,
    SlipCommitment,
    SuggestCoUnit,
    SuspendHandling,
    TakeBackOpinion,
    TakeReport,
)
from contracts.assignment import (
    CommitmentMade,
    CoOpinionAccepted,
    CoOpinionSentBack,
    CoUnitSuggested,
    DraftPassed,
    DraftSentBack,
    ExtensionRequested,
    HandlingSuspended,
    ReplyDrafted,
    ReplySigned,
    ReturnEscalated,
    Suggestion,
)
from contracts.vocabulary import (
    AlertLevel,
    ChasingManner,
    Duty,
    EscalationStep,
    ItemState,
    Openness,
)
from tests.assignment.cases import (
    AT,
    CASE,
    CITY_BUREAU,
    CO_DUE_ON,
    DUE_ON,
    EDUCATION,
    FINANCE,
    HEALTH,
    on,
)

LONGER = on(7, 1)
EXTENSION_ASKED_ON, SUSPENDED_ON, DRAFTED_ON = on(5, 2), on(4, 10), on(5, 10)
RESUMED_ON, ESCALATED_ON, SENT_BACK_ON = on(4, 20), on(3, 20), on(3, 27)
A_CASE: dict[str, Any] = {"at": AT, "proposal_id": CASE}
HAPPENED: dict[str, Any] = {"proposal_id": CASE}


def asked_time(unit: str = EDUCATION, until: date = LONGER) -> ExtensionRequested:
    return ExtensionRequested(
        **HAPPENED, unit=unit, reason="需现场论证", until=until, requested_on=EXTENSION_ASKED_ON
    )


def ask_time(unit: str = EDUCATION, **changes: Any) -> RequestExtension:
    told: dict[str, Any] = {
        "unit": unit,
        "reason": "需实地调查",
        "until": LONGER,
        "requested_on": EXTENSION_ASKED_ON,
    }
    return RequestExtension(**A_CASE | told | changes)


def give_time(unit: str = EDUCATION, due_on: date = LONGER) -> GrantExtension:
    return GrantExtension(**A_CASE, unit=unit, due_on=due_on, granted_on=on(5, 6))


def refuse_time(unit: str = EDUCATION, reason: str = "期限充足") -> DeclineExtension:
    return DeclineExtension(**A_CASE, unit=unit, reason=reason)


def stood_still(unit: str = EDUCATION) -> HandlingSuspended:
    return HandlingSuspended(
        **HAPPENED, unit=unit, reason="等待上级政策", suspended_on=SUSPENDED_ON
    )


def stand_still(unit: str = EDUCATION, reason: str = "等待规划批复") -> SuspendHandling:
    return SuspendHandling(**A_CASE, unit=unit, reason=reason, suspended_on=SUSPENDED_ON)


def go_on(
    unit: str = EDUCATION, day: date = RESUMED_ON, above: date | None = None
) -> ResumeHandling:
    return ResumeHandling(**A_CASE, unit=unit, resumed_on=day, upper_due_on=above)


def move(unit: str = EDUCATION, was: date = DUE_ON) -> MoveDueDate:
    return MoveDueDate(**A_CASE, unit=unit, was_due_on=was, due_on=on(6, 3), calendar_version=2)


def move_early(
    unit: str = EDUCATION, was: tuple[date | None, date | None] = (None, None)
) -> MoveEarlyLimits:
    return MoveEarlyLimits(
        **A_CASE,
        unit=unit,
        was_sign_by=was[0],
        sign_by=on(3, 8),
        was_return_until=was[1],
        return_until=on(3, 14),
        calendar_version=2,
    )


def allow_late(unit: str = EDUCATION) -> AllowLateReturn:
    return AllowLateReturn(**A_CASE, unit=unit, reason="机构刚刚调整")


def escalate(unit: str = EDUCATION, day: date = ESCALATED_ON) -> EscalateReturn:
    return EscalateReturn(**A_CASE, unit=unit, escalated_on=day)


def escalated(step: EscalationStep, unit: str = EDUCATION) -> ReturnEscalated:
    return ReturnEscalated(**HAPPENED, unit=unit, step=step, escalated_on=on(3, 15))


def name_handler(unit: str = EDUCATION, handler: str = "刘工") -> NameHandler:
    return NameHandler(**A_CASE, unit=unit, handler=handler, department="基础教育科")


def wanted(unit: str = EDUCATION, co_unit: str = HEALTH) -> CoUnitSuggested:
    return CoUnitSuggested(
        **HAPPENED, unit=unit, co_unit=co_unit, reason="涉及校医", suggested_on=on(3, 6)
    )


def want(unit: str = EDUCATION, co_unit: str = HEALTH, reason: str = "涉及健康") -> SuggestCoUnit:
    return SuggestCoUnit(**A_CASE, unit=unit, co_unit=co_unit, reason=reason, suggested_on=on(3, 6))


def add(unit: str = EDUCATION, co_unit: str = HEALTH) -> AddCoUnit:
    return AddCoUnit(
        **A_CASE,
        unit=unit,
        co_unit=co_unit,
        due_on=on(4, 8),
        due_rule="sample",
        added_on=on(3, 8),
    )


def do_without(unit: str = EDUCATION, co_unit: str = HEALTH) -> DeclineCoUnit:
    return DeclineCoUnit(**A_CASE, unit=unit, co_unit=co_unit, reason="职责不涉及")


def sent_back(co_unit: str = FINANCE, day: date = SENT_BACK_ON) -> CoOpinionSentBack:
    return CoOpinionSentBack(
        **HAPPENED, unit=co_unit, by_unit=EDUCATION, reason="没有数据", sent_back_on=day
    )


def send_back(unit: str = EDUCATION, co_unit: str = FINANCE) -> SendBackCoOpinion:
    return SendBackCoOpinion(
        **A_CASE, unit=unit, co_unit=co_unit, reason="缺少预算", sent_back_on=on(3, 28)
    )


def accepted(co_unit: str = FINANCE) -> CoOpinionAccepted:
    return CoOpinionAccepted(**HAPPENED, unit=co_unit, by_unit=EDUCATION, accepted_on=on(3, 26))


def accept(unit: str = EDUCATION, co_unit: str = FINANCE) -> AcceptCoOpinion:
    return AcceptCoOpinion(**A_CASE, unit=unit, co_unit=co_unit, accepted_on=on(3, 28))


def join(proposer: str = "林二") -> JoinProposers:
    return JoinProposers(**A_CASE, from_proposal_id="20240105", proposers=(proposer,))


LETTER: dict[str, Any] = {
    "document_number": "深龙教函〔2024〕31号",
    "result_class": "A",
    "openness": Openness.PUBLIC,
    "contact_person": "王五",
}


def drafted(unit: str = EDUCATION, version: int = 1, **changes: Any) -> ReplyDrafted:
    told = HAPPENED | LETTER | {"unit": unit, "version": version, "drafted_on": DRAFTED_ON}
    return ReplyDrafted(**told | changes)


def draft(unit: str = EDUCATION, **changes: Any) -> DraftReply:
    told = A_CASE | LETTER | {"unit": unit, "drafted_on": on(6, 12)}
    return DraftReply(**told | changes)


def leader_signed(unit: str = EDUCATION, version: int = 1) -> ReplySigned:
    return ReplySigned(
        **HAPPENED, unit=unit, version=version, signed_by="周局长", signed_on=on(5, 12)
    )


def leader_signs(unit: str = EDUCATION, version: int = 1) -> SignReply:
    return SignReply(**A_CASE, unit=unit, version=version, signed_by="吴局长", signed_on=on(5, 13))


def passed(unit: str = EDUCATION, version: int = 1) -> DraftPassed:
    return DraftPassed(**HAPPENED, unit=unit, version=version)


def let_pass(unit: str = EDUCATION, version: int = 1) -> PassDraft:
    return PassDraft(**A_CASE, unit=unit, version=version)


def draft_returned(unit: str = EDUCATION, version: int = 1) -> DraftSentBack:
    return DraftSentBack(**HAPPENED, unit=unit, version=version, findings=("没有答复第二条",))


def return_draft(unit: str = EDUCATION, version: int = 1) -> SendBackDraft:
    return SendBackDraft(**A_CASE, unit=unit, version=version, findings=("没有标明类别",))


def reclassify(unit: str = EDUCATION, result_class: str = "B") -> ChangeResultClass:
    return ChangeResultClass(
        **A_CASE, unit=unit, result_class=result_class, reason="尚未建成", changed_on=on(6, 18)
    )


def deliver(unit: str = EDUCATION, proposer: str = "陈一") -> DeliverReply:
    return DeliverReply(**A_CASE, unit=unit, proposer=proposer, delivered_on=on(6, 18))


def publish(unit: str = EDUCATION) -> PublishReply:
    return PublishReply(**A_CASE, unit=unit, published_on=on(6, 18))


def suggestions(*texts: str) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(number=n, text=text) for n, text in enumerate(texts, start=1))


def list_points(*texts: str) -> ListSuggestions:
    return ListSuggestions(**A_CASE, suggestions=suggestions(*(texts or ("扩建学校",))))


def result(unit: str = EDUCATION, **changes: Any) -> RecordResult:
    told: dict[str, Any] = {
        "unit": unit,
        "number": 1,
        "answer": "已开工",
        "evidence": "施工许可",
        "state": ItemState.UNDER_WAY,
        "recorded_on": on(5, 15),
    }
    return RecordResult(**A_CASE | told | changes)


def committed(unit: str = EDUCATION, commitment: int = 1) -> CommitmentMade:
    return CommitmentMade(
        **HAPPENED,
        unit=unit,
        commitment=commitment,
        text="年底前建成",
        due_on=on(8, 31),
        made_on=on(5, 15),
    )


def commit(unit: str = EDUCATION, commitment: int = 2, **changes: Any) -> MakeCommitment:
    told: dict[str, Any] = {
        "unit": unit,
        "commitment": commitment,
        "text": "明年扩班",
        "due_on": on(12, 31),
        "made_on": on(5, 16),
    }
    return MakeCommitment(**A_CASE | told | changes)


def commitment_commands(unit: str = EDUCATION) -> dict[str, Any]:
    """What may be asked with the first commitment of a unit."""
    one: dict[str, Any] = A_CASE | {"unit": unit, "commitment": 1}
    return {
        "advance": AdvanceCommitment(**one, progress="主体封顶", reported_on=on(6, 15)),
        "fulfil": FulfilCommitment(**one, evidence="竣工验收备案表", fulfilled_on=on(8, 30)),
        "slip": SlipCommitment(**one, reason="雨季停工", due_on=on(11, 30), slipped_on=on(8, 30)),
        "give_up": GiveUpCommitment(**one, reason="用地未获批准", given_up_on=on(8, 30)),
        "carry": CarryCommitmentOver(**one, into_year=2025),
    }


def alert(unit: str = EDUCATION, duty: Duty = Duty.REPLY) -> RaiseAlert:
    return RaiseAlert(
        **A_CASE,
        unit=unit,
        level=AlertLevel.WARNING,
        duty=duty,
        rule="sample/supervision.warning",
        due_on=CO_DUE_ON if duty is Duty.OPINION else DUE_ON,
        raised_on=on(5, 25),
    )


def chase(unit: str = EDUCATION, manner: ChasingManner = ChasingManner.PHONE) -> ChaseUnit:
    return ChaseUnit(**A_CASE, unit=unit, manner=manner, chased_on=on(5, 25))


def take_on(unit: str = EDUCATION, **changes: Any) -> TakeReport:
    told: dict[str, Any] = {
        **A_CASE,
        "unit": unit,
        "lower_district": "longgang",
        "lower_proposal_id": CASE,
    }
    return TakeReport(**told | changes)


take_back = TakeBackOpinion(
    **A_CASE, by_unit=CITY_BUREAU, reason="请说明经费来源", sent_back_on=on(4, 20)
)
