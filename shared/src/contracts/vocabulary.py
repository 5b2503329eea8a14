"""The words of proposal handling (提案办理) that every service uses, with their Chinese terms."""

from datetime import timedelta, timezone
from enum import StrEnum
from typing import Self

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")


class Term(StrEnum):
    """A code that is stored, and the Chinese term that officials read."""

    chinese: str

    def __new__(cls, code: str, chinese: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.chinese = chinese
        return member


class Role(Term):
    """The part a unit has in a case. Sole, lead and split units answer the proposer; co does not."""

    SOLE = "sole", "独办"
    LEAD = "lead", "主办"
    SPLIT = "split", "分办"
    CO = "co", "会办"

    @property
    def answers_the_proposer(self) -> bool:
        return self is not Role.CO


class ProposalForm(Term):
    """In whose name a proposal was handed in, in the three groups that reports use."""

    INDIVIDUAL = "individual", "个人"
    JOINT = "joint", "联名"
    COLLECTIVE = "collective", "集体"


class CollectiveKind(Term):
    """Which body a collective proposal comes from (national regulation, article 14)."""

    PARTY = "party", "党派"
    ORGANISATION = "organisation", "团体"
    SECTOR = "sector", "界别"
    GROUP = "group", "小组"
    SPECIAL_COMMITTEE = "special_committee", "专委会"


class Occasion(Term):
    """Whether a proposal was handed in for the plenary session or between sessions."""

    SESSION = "session", "大会提案"
    BETWEEN = "between", "平时提案"


class ProposalCategory(Term):
    """What a proposal is about, in the groups of the national committee's report on its review.

    Whoever has said nothing of it has not said "other": a proposal without a category is uncategorised.
    """

    ECONOMIC = "economic", "经济建设"
    POLITICAL = "political", "政治建设"
    CULTURAL = "cultural", "文化建设"
    SOCIAL = "social", "社会建设"
    ECOLOGICAL = "ecological", "生态文明建设"
    OTHER = "other", "其他"


class Conversion(Term):
    """What a proposal that is not filed is passed on as."""

    SUGGESTION = "suggestion", "意见建议"
    PUBLIC_OPINION = "public_opinion", "社情民意"
    LETTER = "letter", "来信"


class Level(Term):
    """To which level a proposal is handed over."""

    UPPER = "upper", "上级政协"
    LOWER = "lower", "下级政协"


class ContactStage(Term):
    """The three meetings with the proposer (三见面)."""

    BEFORE = "before", "办前"
    DURING = "during", "办中"
    AFTER = "after", "办后"


class ContactManner(Term):
    """How a contact took place. A visit the proposer declined is not a visit that was missed."""

    VISIT = "visit", "走访"
    PHONE = "phone", "电话"
    OTHER = "other", "其他"
    NOT_NEEDED = "not_needed", "本人不需要走访"
    NOT_STATED = "not_stated", "方式未注明"


class Origin(Term):
    """Which level a case comes from; limits may differ."""

    PROVINCE = "province", "省"
    CITY = "city", "市"
    DISTRICT = "district", "区"


class EscalationStep(Term):
    """Who decides a dispute over a return, one after the other."""

    OFFICE = "office", "督查室答复"
    MEETING = "meeting", "协调会议"
    LEADER = "leader", "区领导决定"


class ItemState(Term):
    """How far one suggestion has been taken up (办理结果清单)."""

    DONE = "done", "已完成"
    UNDER_WAY = "under_way", "正在推进"
    PLANNED = "planned", "列入计划"
    NOT_POSSIBLE = "not_possible", "暂不具备条件"
    FOR_REFERENCE = "for_reference", "留作参考"


class CommitmentStanding(Term):
    """How far a commitment has come (承诺事项)."""

    RECORDED = "recorded", "已登记"
    IN_PROGRESS = "in_progress", "推进中"
    SLIPPED = "slipped", "已推迟"
    CARRIED_OVER = "carried_over", "结转下年"
    FULFILLED = "fulfilled", "已兑现"
    GIVEN_UP = "given_up", "不能兑现"


class Duty(Term):
    """What a unit has to do by a day."""

    SIGNING = "signing", "签收"
    OPINION = "opinion", "会办意见"
    REPLY = "reply", "答复"
    COMMITMENT = "commitment", "兑现承诺"


class AlertLevel(Term):
    """How urgent a step of supervision is."""

    REMINDER = "reminder", "提醒"
    WARNING = "warning", "预警"
    YELLOW = "yellow", "黄牌"
    RED = "red", "红牌"


class ChasingManner(Term):
    """How the supervision office chases a unit (催办)."""

    PHONE = "phone", "电话提醒"
    SMS = "sms", "短信提示"
    MEETING = "meeting", "会议协调"
    DOCUMENT = "document", "催办文件"
    RETURN_VISIT = "return_visit", "回访复核"


class Openness(Term):
    """Whether the answer is published (公开属性)."""

    PUBLIC = "public", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    WITHHELD = "withheld", "不予公开"


class Satisfaction(Term):
    """How the proposer rates an answer: a scale from best to worst, of which a place has some.

    What a level is called in a place, and what it counts as, is in the rulebook.
    """

    VERY_SATISFIED = "very_satisfied", "很满意"
    SATISFIED = "satisfied", "满意"
    BASICALLY_SATISFIED = "basically_satisfied", "基本满意"
    UNDERSTANDING = "understanding", "了解"
    RESERVED = "reserved", "保留"
    DISSATISFIED = "dissatisfied", "不满意"
    VERY_DISSATISFIED = "very_dissatisfied", "很不满意"


class ActorRole(Term):
    """In which capacity somebody acts; each command names the roles that may give it."""

    SUPERVISION = "supervision", "督查室"
    UNIT = "unit", "承办单位"
    COMMITTEE = "committee", "提案委"
    PROPOSER = "proposer", "提案人"
    LEADER = "leader", "领导"
    AUDITOR = "auditor", "审计"
    OPERATOR = "operator", "运维"
    SERVICE = "service", "系统"


class RefusalReason(Term):
    """Why a proposal is not filed: the ten heads of the national regulation on proposals."""

    STATE_SECRET = "state_secret", "涉及党和国家秘密"
    PROHIBITED = "prohibited", "国家明令禁止"
    PARTY_INTERNAL = "party_internal", "中共党员对党内组织人事安排等有意见"
    PARTY_AFFAIRS = "party_affairs", "民主党派成员反映本组织内部问题"
    IN_PROCEEDINGS = "in_proceedings", "已进入诉讼或仲裁程序"
    ACADEMIC = "academic", "属于学术研讨"
    PERSONAL = "personal", "为本人或亲属解决个人问题"
    PROMOTION = "promotion", "宣传推介具体作品或产品"
    DENUNCIATION = "denunciation", "指名举报"
    WITHOUT_SUGGESTION = "without_suggestion", "内容空泛、没有具体建议"
