"""The words of sending: what a message is about, to whom and over what it goes, how far it has come."""

from dataclasses import dataclass

from contracts.vocabulary import Term


class Matter(Term):
    """What a message is about (事由)."""

    DISPATCHED = "dispatched", "新交办件"
    RETURN_ASKED = "return_asked", "申请退回"
    RELEASED = "released", "获准退回"
    KEPT = "kept", "未准退回"
    EXTENSION_ASKED = "extension_asked", "申请延期"
    EXTENDED = "extended", "获准延期"
    NOT_EXTENDED = "not_extended", "未准延期"
    MOVED = "moved", "期限调整"
    EARLY_LIMITS_MOVED = "early_limits_moved", "签收、退回期限调整"
    RENUMBERED = "renumbered", "案号更正"
    REMINDER = "reminder", "到期提醒"
    WARNING = "warning", "预警"
    YELLOW = "yellow", "黄牌"
    RED = "red", "红牌"
    CHASED = "chased", "催办通知"
    VISITED = "visited", "回访通知"
    OPINION_GIVEN = "opinion_given", "会办意见"
    OPINION_SENT_BACK = "opinion_sent_back", "会办意见被退回"
    REHANDLING = "rehandling", "重新办理"
    ENDED = "ended", "终止办理"
    REOPENED = "reopened", "继续办理"
    ANSWERED = "answered", "答复"
    FORM_DUE = "form_due", "请填意见表"
    NOT_FILED = "not_filed", "不予立案"


class RecipientKind(Term):
    """Who gets a message."""

    UNIT = "unit", "承办单位"
    PROPOSER = "proposer", "提案人"
    OFFICE = "office", "督查室"


class ChannelKind(Term):
    """What a message goes over (渠道). The inbox of the console is always one of them."""

    INBOX = "inbox", "站内收件箱"
    SMTP = "smtp", "电子邮件"
    SMS = "sms", "短信"
    WEBHOOK = "webhook", "接口推送"
    WECOM = "wecom", "企业微信"
    DINGTALK = "dingtalk", "钉钉"


class SendingState(Term):
    """How far a message has come (发送状态)."""

    WAITING = "waiting", "待发"
    SENT = "sent", "已发出"
    FAILED = "failed", "发送失败"
    HELD = "held", "已暂缓"
    CANCELLED = "cancelled", "已取消"


class SendingStep(Term):
    """What was done with a message, one after the other."""

    TRIED = "tried", "未发成"
    SENT = "sent", "发出"
    GAVE_UP = "gave_up", "不再重试"
    CANCELLED = "cancelled", "取消"
    OVERTAKEN = "overtaken", "此事已了"
    RENUMBERED = "renumbered", "改用更正后的案号"
    HELD = "held", "暂缓"
    RELEASED = "released", "重新发送"


class AddressOutcome(Term):
    """What came of a message at one of its addresses, where it did not go out to all of them at once."""

    ACCEPTED = "accepted", "已接收"
    DEFERRED = "deferred", "待重发"
    REFUSED = "refused", "被拒收"


@dataclass(frozen=True)
class Renamed:
    """What a case was called in messages, and what it is called from now on."""

    proposal_id: str
    was: str
    now: str


@dataclass(frozen=True)
class Overtaken:
    """Messages of a case that are not sent any more: of a unit or of all, about this or about all."""

    proposal_id: str
    unit: str | None = None
    about: tuple[str, ...] = ()
