"""The dispatch notice (交办通知): what it says of the cases that a unit, or all units, were given."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from annual_summary import Prose, Said, Style, Summary, SummaryField
from annual_summary.numerals import day, heading, listed
from annual_summary.sentences import field, literal, say
from contracts.vocabulary import Role

LIST_TITLE = "政协提案交办清单"


@dataclass(frozen=True)
class GivenPart:
    """One unit's part as it stands in the list, with those who share the case."""

    unit: str
    role: Role
    number: str
    title: str
    proposers: tuple[str, ...]
    form: str
    is_key: bool
    leads: tuple[str, ...]
    co_units: tuple[str, ...]
    dispatched_on: date
    sign_by: date | None
    due_on: date
    provisional: bool


@dataclass(frozen=True)
class NoticeHead:
    """Who sends the notice to whom, about which year, and how far in the log it was written."""

    district: str
    name: str
    year: int
    position: int
    unit: str | None = None
    signed_on: date | None = None

    @property
    def issuer(self) -> str:
        return f"{self.name}人民政府办公室"

    @property
    def addressee(self) -> str:
        return f"{self.unit}：" if self.unit else "各承办单位："


def compose_notice(head: NoticeHead, parts: Sequence[GivenPart]) -> Summary:
    """The letter; its list is an attachment. Figures come from the list, people may change the prose."""
    title = f"关于交办{head.year}年政协提案的通知"
    return Summary(
        district=head.district,
        issuer=head.issuer,
        year=head.year,
        position=head.position,
        title=f"{head.issuer}{title}",
        blocks=(
            _given("mark", "发文机关标志", "Issuing authority", Style.MARK, head.issuer),
            _to_fill("number", "发文字号", "Number", Style.NUMBER, f"　　〔{head.year}〕　　号"),
            _given("title_issuer", "标题（机关）", "Title: who", Style.TITLE, head.issuer),
            _given("title", "标题（事由）", "Title: what", Style.TITLE, title),
            _given("addressee", "主送机关", "Addressee", Style.ADDRESSEE, head.addressee),
            _opening(head, parts),
            *_requests(parts),
            _given("list", "附件说明", "Attachment", Style.BODY, f"附件：{LIST_TITLE}"),
            *_foot(head),
        ),
    )


def _opening(head: NoticeHead, parts: Sequence[GivenPart]) -> Said:
    cases = {part.number for part in parts}
    count = field(
        "cases",
        len(cases),
        ("交办件数", "Cases"),
        "清单中不同案号的个数。",
        cases=sorted(cases),
    )
    if head.unit is None:
        units = field(
            "units",
            len({part.unit for part in parts}),
            ("承办单位数", "Units"),
            "清单中不同单位的个数。",
        )
        return say(
            "opening",
            f"现将{head.year}年政协提案{{count}}件交{{units}}个单位办理（清单附后）。"
            "有关事项通知如下。",
            count=count,
            units=units,
        )
    return _to_one_unit(head, count, Counter(part.role for part in parts))


def _to_one_unit(head: NoticeHead, count: SummaryField, among: Counter[Role]) -> Said:
    roles = {
        f"role_{role.value}": field(
            f"role_{role.value}",
            among[role],
            (f"{role.chinese}件数", f"Cases as {role.value} unit"),
            "清单中该角色的件数。",
        )
        for role in Role
        if among[role]
    }
    words = "、".join(f"{role.chinese}{{role_{role.value}}}件" for role in Role if among[role])
    split = f"，其中{words}" if len(roles) > 1 else f"（{words}）" if roles else ""
    return say(
        "opening",
        f"现将{head.year}年政协提案{{count}}件交你单位办理{split}，清单附后。有关事项通知如下。",
        count=count,
        **roles,
    )


def _requests(parts: Sequence[GivenPart]) -> list[Said | Prose]:
    signing = sorted({part.sign_by for part in parts if part.sign_by})
    by = f"，签收期限为{literal(_days(signing))}" if signing else ""
    due = sorted({part.due_on for part in parts})
    provisional = (
        "（标“暂定”的，待国务院公布节假日安排后另行通知）"
        if any(part.provisional for part in parts)
        else ""
    )
    return [
        say("heading_1", heading(1, "及时签收"), Style.HEADING),
        say(
            "signing",
            f"请收到通知后及时签收{by}。认为不属于本单位职责的，应在规定期限内书面说明理由并提出"
            "建议的承办单位，由督查室研究确定；未经同意，不得自行退回、转送或者滞留。",
        ),
        say("heading_2", heading(2, "沟通协商"), Style.HEADING),
        _given(
            "contacts",
            "沟通要求",
            "What is asked about contacts",
            Style.BODY,
            "请确定分管负责人和经办人，办前、办中、办后主动与提案人联系沟通，充分听取意见，并如实"
            "记录。主办单位应当主动与会办单位协商，会办单位应当积极配合。",
        ),
        say("heading_3", heading(3, "按期答复"), Style.HEADING),
        say(
            "answering",
            f"办理期限为{literal(_days(due))}，各件期限以清单所列为准{provisional}。独办、主办、分办"
            "单位应当在期限内书面答复提案人；会办单位应当在期限内将会办意见送主办单位，不直接答复提案人。",
        ),
    ]


def _days(days: Sequence[date]) -> str:
    if len(days) <= 1:
        return "".join(map(day, days))
    return f"{day(days[0])}至{day(days[-1])}"


def _foot(head: NoticeHead) -> list[Prose]:
    dated = day(head.signed_on) if head.signed_on else f"{head.year}年　月　日"
    date_of = _given if head.signed_on else _to_fill
    printed = f"{head.issuer}\t{dated}印发"
    return [
        _given("signature", "发文机关署名", "Signature", Style.SIGNATURE, head.issuer),
        date_of("date", "成文日期", "Date", Style.DATE, dated),
        _to_fill("note", "附注", "Note", Style.NOTE, "（联系人：　　　，电话：　　　　　　）"),
        _given("copies", "抄送", "Copies", Style.COPIES, "抄送：区政协提案委员会。"),
        date_of("printed", "印发机关和印发日期", "Printed by and on", Style.PRINTED, printed),
    ]


def shared_with(part: GivenPart) -> str:
    """Who else has the case, as the list says it."""
    leads = [unit for unit in part.leads if unit != part.unit]
    co_units = [unit for unit in part.co_units if unit != part.unit]
    said = [f"主办：{listed(leads)}"] if leads and part.role is Role.CO else []
    said += [f"同为分办：{listed(leads)}"] if leads and part.role is Role.SPLIT else []
    said += [f"会办：{listed(co_units)}"] if co_units else []
    return "；".join(said) or "—"


def _given(key: str, label: str, label_en: str, style: Style, text: str) -> Prose:
    return Prose(key=key, label=label, label_en=label_en, style=style, suggestion=(text,))


def _to_fill(key: str, label: str, label_en: str, style: Style, text: str) -> Prose:
    return _given(key, label, label_en, style, text).model_copy(update={"to_fill": True})
