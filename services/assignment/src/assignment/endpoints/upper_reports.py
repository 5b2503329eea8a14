"""The report to the upper level (上报): what became of the cases it handed down, as an .xlsx."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO

from fastapi import APIRouter, Response
from fastapi.concurrency import run_in_threadpool
from xlsxwriter import Workbook

from annual_summary.packing import packed
from assignment.endpoints.notices import XLSX, as_file
from assignment.projections.reading import CaseView, PartView, cases_of_year
from contracts.command import Year
from contracts.handing_down import HandedDown
from contracts.vocabulary import ActorRole, Openness, ProposalForm, Role, Term
from hosting.as_of import AskedState, Views
from hosting.problems import NotFound
from hosting.signing import SignedIn, require_role

READERS = frozenset({ActorRole.SUPERVISION, ActorRole.LEADER, ActorRole.AUDITOR})
COLUMNS = (
    ("案号", 14),
    ("案由", 52),
    ("提案人", 24),
    ("提案形式", 10),
    ("独办单位", 28),
    ("主办单位", 28),
    ("分办单位", 28),
    ("会办单位", 40),
    ("交办日期", 12),
    ("答复期限", 12),
    ("签收日期", 12),
    ("办前见面", 12),
    ("办中见面", 12),
    ("办后见面", 12),
    ("会办意见日期", 14),
    ("答复日期", 12),
    ("文号", 22),
    ("办理结果类别", 14),
    ("公开属性", 12),
    ("区内办理单位", 36),
    ("备注", 30),
)


def upper_report_routes(views: Views) -> APIRouter:
    router = APIRouter(tags=["notices"])

    @router.get(
        "/districts/{district}/years/{year}/upper-report.xlsx",
        response_class=Response,
        responses={200: {"content": {XLSX: {}}}},
    )
    async def report(district: str, year: Year, actor: SignedIn, asked: AskedState) -> Response:
        """What became of the cases that the upper level handed down, under its numbers (上报表)."""
        require_role(actor, READERS)
        async with views.of(district, asked) as view:
            cases = await cases_of_year(view.source, year)
        found = [(case, case.handed_down) for case in cases if case.handed_down]
        if not found:
            raise NotFound("上级交办并已分办的件", "case handed down and dispatched")
        content = await run_in_threadpool(report_xlsx, found, year)
        return as_file(content, XLSX, f"{year}年上级交办政协提案办理情况.xlsx")

    return router


def report_xlsx(cases: Sequence[tuple[CaseView, HandedDown]], year: int) -> bytes:
    """One row for each case, in the columns of a ledger and in the names of the upper level."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": "上报", "created": datetime(year, 1, 1)})  # noqa: DTZ001  a property has no zone
        sheet = book.add_worksheet("办理情况")
        head = book.add_format({"bold": True, "border": 1, "bg_color": "#EAF1FA"})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        for column, (name, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, head)
        for row, (case, above) in enumerate(cases, start=1):
            for column, value in enumerate(_cells(case, above)):
                sheet.write_string(row, column, value, cell)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return packed(file.getvalue())


def _cells(case: CaseView, above: HandedDown) -> Iterator[str]:
    parts = case.reporting_parts
    answered = _all_done(parts)
    last = max(parts, key=lambda part: part.replied_on or date.min) if parts else None
    is_co = above.role is Role.CO
    yield above.number
    yield case.title
    yield "、".join(case.proposers)
    yield _term(ProposalForm, case.form)
    yield above.unit if above.role is Role.SOLE else ""
    yield (above.lead_unit or above.upper_name) if is_co else _in(above, Role.LEAD)
    yield _in(above, Role.SPLIT)
    yield "、".join([*([above.unit] if is_co else []), *above.co_units])
    yield above.dispatched_on.isoformat()
    yield above.due_on.isoformat()
    yield _day(min((part.dispatched_on for part in parts), default=None))
    for stage in ("before", "during", "after"):
        yield _contact(parts, stage)
    yield _day(answered) if is_co else ""
    yield "" if is_co else _day(answered)
    yield (last.document_number or "") if last and answered and not is_co else ""
    yield (last.result_class or "") if last and answered and not is_co else ""
    yield _term(Openness, last.openness or "") if last and answered and not is_co else ""
    yield "、".join(part.unit for part in parts)
    yield "虚构样例" if case.fabricated else ""


def _in(above: HandedDown, role: Role) -> str:
    return above.unit if above.role is role else ""


def _all_done(parts: Sequence[PartView]) -> date | None:
    """The day on which the last of the district's units had answered, or given its opinion."""
    days = [part.replied_on or part.opinion_on for part in parts]
    told = [day for day in days if day is not None]
    return max(told) if told and len(told) == len(days) else None


def _contact(parts: Sequence[PartView], stage: str) -> str:
    days = [each.contacted_on for part in parts for each in part.contacts if each.stage == stage]
    return _day(min(days, default=None))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _term(kind: type[Term], code: str) -> str:
    return kind(code).chinese if code in set(kind) else code
