"""The forms of a unit that handles a case: sign, meet, give an opinion, ask for time, keep promises."""

from console.endpoints.acts import Act, Blank
from console.endpoints.proposal_acts import choices
from contracts.vocabulary import ContactManner, ContactStage, ItemState

MANNERS = tuple(
    (code, term) for code, term in choices(ContactManner) if code != ContactManner.NOT_STATED
)
REASON = Blank("reason", "理由", "words")

UNIT_ACTS = (
    Act(
        "sign-assignment",
        "签收",
        blanks=(Blank("signed_on", "签收日期", "day", today=True),),
        about=("unit",),
    ),
    Act(
        "name-handler",
        "确定承办科室和经办人",
        blanks=(
            Blank("handler", "经办人"),
            Blank("department", "承办科室", required=False),
        ),
        about=("unit",),
    ),
    Act(
        "record-contact",
        "登记与提案人的联系",
        blanks=(
            Blank("stage", "办理阶段", "choice", choices(ContactStage)),
            Blank("manner", "联系方式", "choice", MANNERS),
            Blank("contacted_on", "联系日期", "day", today=True),
            Blank("note", "沟通情况", "words", required=False),
        ),
        hint="电话沟通不算走访；提案人本人提出不需要走访的，如实选择，不计为未走访。",
        about=("unit",),
    ),
    Act(
        "give-co-opinion",
        "提交会办意见",
        blanks=(
            Blank("opinion", "会办意见", "words", rows=6),
            Blank("given_on", "提交日期", "day", today=True),
        ),
        hint="会办意见交主办单位汇总，不直接答复提案人。",
        about=("unit",),
    ),
    Act(
        "accept-co-opinion",
        "采纳会办意见",
        blanks=(Blank("accepted_on", "采纳日期", "day", today=True),),
        about=("unit", "co_unit"),
    ),
    Act(
        "send-back-co-opinion",
        "退回会办意见",
        blanks=(
            Blank("reason", "需要补充的内容", "words"),
            Blank("sent_back_on", "退回日期", "day", today=True),
        ),
        hint="会办单位重新提交以前，不能答复提案人。",
        about=("unit", "co_unit"),
    ),
    Act(
        "suggest-co-unit",
        "建议增加会办单位",
        blanks=(
            Blank("co_unit", "建议增加的单位", "unit"),
            REASON,
            Blank("suggested_on", "提出日期", "day", today=True),
        ),
        about=("unit",),
    ),
    Act(
        "request-extension",
        "申请延期",
        blanks=(
            Blank("until", "拟延至", "day", hint="须晚于现在的期限，并在期限届满以前提出。"),
            REASON,
            Blank("requested_on", "申请日期", "day", today=True),
        ),
        about=("unit",),
        foresees="until",
    ),
    Act(
        "request-return",
        "申请退回",
        blanks=(
            Blank("reason", "退回理由", "words"),
            Blank("suggested_unit", "建议改派的单位", "unit"),
            Blank("requested_on", "申请日期", "day", today=True),
        ),
        hint="督查室答复以前，仍须继续办理，不得自行转给其他单位。",
        about=("unit",),
    ),
    Act(
        "escalate-return",
        "退回争议提请裁定",
        blanks=(
            Blank("note", "争议的要点", "words", required=False),
            Blank("escalated_on", "提请日期", "day", today=True),
        ),
        hint="先由协调会议研究，仍有争议的，由区领导决定。",
        about=("unit",),
    ),
    Act(
        "record-result",
        "登记办理结果",
        blanks=(
            Blank("number", "建议条目", "choice", choices_of="suggestions"),
            Blank("answer", "办理情况", "words"),
            Blank("state", "状态", "choice", choices(ItemState)),
            Blank(
                "evidence",
                "佐证",
                "words",
                required=False,
                rows=2,
                hint="文件、照片、验收单等；状态为“已完成”的必须填写。",
            ),
            Blank("recorded_on", "登记日期", "day", today=True),
        ),
        about=("unit",),
    ),
    Act(
        "make-commitment",
        "登记承诺事项",
        blanks=(
            Blank("text", "承诺的内容", "words"),
            Blank("due_on", "完成期限", "day"),
            Blank("made_on", "承诺日期", "day", today=True),
        ),
        about=("unit", "commitment"),
    ),
    Act(
        "advance-commitment",
        "登记承诺进展",
        blanks=(
            Blank("progress", "进展", "words"),
            Blank("reported_on", "登记日期", "day", today=True),
        ),
        about=("unit", "commitment"),
    ),
    Act(
        "fulfil-commitment",
        "登记承诺兑现",
        blanks=(
            Blank("evidence", "兑现的佐证", "words"),
            Blank("fulfilled_on", "兑现日期", "day", today=True),
            Blank(
                "result_class",
                "办理结果类别调整为",
                "choice",
                choices_of="classes",
                required=False,
                hint="全部承诺兑现以后，可以由 B 类调整为 A 类；还有未兑现的，不填。",
            ),
        ),
        about=("unit", "commitment"),
    ),
    Act(
        "slip-commitment",
        "推迟承诺",
        blanks=(
            Blank("due_on", "推迟到", "day"),
            Blank("reason", "推迟的理由", "words"),
            Blank("slipped_on", "登记日期", "day", today=True),
        ),
        about=("unit", "commitment"),
    ),
    Act(
        "carry-commitment-over",
        "结转下年跟踪",
        blanks=(Blank("into_year", "结转到的年度"),),
        about=("unit", "commitment"),
    ),
    Act(
        "give-up-commitment",
        "说明不能兑现",
        blanks=(
            Blank("reason", "不能兑现的理由", "words"),
            Blank("given_up_on", "登记日期", "day", today=True),
        ),
        hint="说明以后不能再改，提案人看得到。",
        about=("unit", "commitment"),
    ),
)
