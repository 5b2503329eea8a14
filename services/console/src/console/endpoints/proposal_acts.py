"""The forms of a proposal: writing and signing it, reviewing it, and what is decided on it."""

from dataclasses import replace

from console.endpoints.acts import Act, Blank
from contracts.vocabulary import (
    ActorRole,
    CollectiveKind,
    Conversion,
    Level,
    Occasion,
    ProposalCategory,
    ProposalForm,
    RefusalReason,
    Term,
)

REVIEWERS = frozenset({ActorRole.COMMITTEE, ActorRole.SUPERVISION})
WRITERS = frozenset({ActorRole.COMMITTEE, ActorRole.PROPOSER})
DRAFT = frozenset({"draft"})
WRITTEN = DRAFT | {"cosigning"}
UNDER_REVIEW = frozenset({"received", "first_reviewed"})
OPEN = UNDER_REVIEW | {"filed"}
NOT_FILED = UNDER_REVIEW | {"refused"}


def choices(kind: type[Term]) -> tuple[tuple[str, str], ...]:
    return tuple((each.value, each.chinese) for each in kind)


CATEGORY = Blank(
    "category",
    "提案类别",
    "choice",
    choices(ProposalCategory),
    required=False,
    hint="不填的为未分类，审查时可以补上或者更正。",
)

SAVE_DRAFT = Act(
    "save-draft",
    "暂存草稿",
    WRITERS,
    DRAFT,
    (
        Blank("year", "年度"),
        Blank("title", "案由", look_alikes=True, hint="一事一案；题目写明要办的事。"),
        Blank("form", "提案形式", "choice", choices(ProposalForm)),
        Blank("collective", "集体种类", "choice", choices(CollectiveKind), required=False),
        Blank("proposers", "第一提案人", "names", hint="集体提案填写单位名称。"),
        CATEGORY,
        Blank("occasion", "提出时间", "choice", choices(Occasion), required=False),
        Blank(
            "body",
            "正文",
            "words",
            required=False,
            rows=12,
            hint="有情况、有分析、有具体的建议；建议逐条编号。",
        ),
        Blank("wished_units", "建议承办单位", "names", required=False),
    ),
    prefilled=True,
)

REMOVE_ATTACHMENT = Act(
    "remove-attachment",
    "移除附件",
    WRITERS,
    frozenset({"draft", "sent_back"}),
    about=("sha256",),
)
BEFORE_FIRST_REVIEW = frozenset(
    {"file-proposal", "refuse-proposal", "convert-proposal", "transfer-proposal"}
)

ACTS = (
    replace(SAVE_DRAFT, title="修改草稿"),
    Act("submit-proposal", "提交提案", WRITERS, WRITTEN, hint="提交以后内容和联名不能再改。"),
    Act(
        "open-cosigning",
        "征集联名",
        WRITERS,
        WRITTEN,
        (
            Blank("invited", "邀请联名的委员", "names", hint="几个人的，用顿号隔开。"),
            Blank("closes_on", "截止日期", "day"),
        ),
        hint="签名不能撤回；截止时没有签名的，不列入提案人。",
    ),
    Act(
        "cosign-proposal",
        "签名联名",
        WRITERS,
        frozenset({"cosigning"}),
        (Blank("name", "签名人"),),
        prefilled=True,
    ),
    Act(
        "decline-cosigning",
        "不参加联名",
        WRITERS,
        frozenset({"cosigning"}),
        (Blank("name", "答复人"),),
        prefilled=True,
    ),
    Act(
        "resubmit-proposal",
        "补充后重新提交",
        WRITERS,
        frozenset({"sent_back"}),
        (
            Blank("title", "案由"),
            Blank("body", "正文", "words", rows=12),
            CATEGORY,
        ),
        prefilled=True,
    ),
    Act(
        "pass-first-review",
        "初审通过",
        REVIEWERS,
        frozenset({"received"}),
        (Blank("note", "初审意见", "words", required=False),),
        hint="只分一步审查的，不必初审，直接立案即可。",
    ),
    Act(
        "file-proposal",
        "立案",
        REVIEWERS,
        UNDER_REVIEW,
        (
            Blank("number", "案号", hint="按文字保存，保留前面的零，例如 20240104。"),
            replace(CATEGORY, hint="不填的，以提案人选定的为准。"),
        ),
    ),
    Act(
        "return-proposal",
        "退回补充",
        REVIEWERS,
        UNDER_REVIEW,
        (Blank("reason", "退回意见", "words", hint="写明要补充什么。"),),
    ),
    Act(
        "refuse-proposal",
        "不予立案",
        REVIEWERS,
        UNDER_REVIEW,
        (
            Blank("reason", "不予立案的理由", "choice", choices(RefusalReason)),
            Blank("notice", "告知提案人", "words", hint="写明理由，以及意见建议转送何处参考。"),
        ),
    ),
    Act(
        "merge-proposal",
        "并案",
        REVIEWERS,
        OPEN,
        (Blank("into_proposal_id", "并入的提案编号"),),
        hint="并案办理后，各提案人仍应分别得到答复。",
    ),
    Act(
        "convert-proposal",
        "转意见建议、社情民意或来信",
        REVIEWERS,
        NOT_FILED,
        (
            Blank("into", "转为", "choice", choices(Conversion)),
            Blank("passed_to", "送往单位"),
            Blank("notice", "告知提案人", "words"),
        ),
    ),
    Act(
        "transfer-proposal",
        "转送上级或下级政协",
        REVIEWERS,
        NOT_FILED,
        (
            Blank("level", "转送", "choice", choices(Level)),
            Blank("receiver", "接收单位"),
            Blank("transfer_reason", "转送理由", "words"),
        ),
    ),
    Act(
        "categorise-proposal",
        "归类",
        REVIEWERS,
        OPEN,
        (replace(CATEGORY, required=True, hint=""),),
        prefilled=True,
    ),
    Act("mark-proposal-key", "列为重点提案", REVIEWERS, OPEN),
    Act(
        "unmark-proposal-key",
        "取消重点提案",
        REVIEWERS,
        OPEN,
        (Blank("unmark_reason", "取消的理由", "words"),),
    ),
    Act("mark-proposal-excellent", "评为优秀提案", REVIEWERS, frozenset({"filed"})),
    Act(
        "unmark-proposal-excellent",
        "取消优秀提案",
        REVIEWERS,
        frozenset({"filed"}),
        (Blank("unmark_reason", "取消的理由", "words"),),
    ),
    Act(
        "state-publication-consent",
        "是否同意公开",
        WRITERS,
        WRITTEN | OPEN | {"sent_back", "merged"},
        (
            Blank("consents", "同意公开提案", "flag", (("true", "同意"), ("false", "不同意"))),
            Blank("consent_reason", "不同意的理由", required=False),
        ),
    ),
    Act(
        "correct-case-number",
        "更正案号",
        REVIEWERS,
        frozenset({"filed"}),
        (
            Blank("number", "正确的案号"),
            Blank("reason", "更正的原因", "words", hint="写明原案号是怎样编错的，以何为准。"),
        ),
        hint="更正以后原案号空出，可以编给别的提案。已经发出的文书仍是原案号，请另行告知收文单位。",
        prefilled=True,
    ),
    Act(
        "withdraw-proposal",
        "撤案",
        WRITERS,
        OPEN | {"sent_back"},
        (Blank("reason", "撤案理由", "words"),),
    ),
    Act("discard-draft", "作废草稿", WRITERS, WRITTEN),
)
