"""What the services answer, as far as the pages show it; fields not shown are ignored."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator

from contracts.shown import Shown
from contracts.vocabulary import Term


class CaseState(Term):
    """Where a case stands, as assignment tells it."""

    DISPATCHED = "dispatched", "待签收"
    HANDLING = "handling", "办理中"
    REPLIED = "replied", "已答复"
    REHANDLING = "rehandling", "重新办理"
    CLOSED = "closed", "已办结"
    RETURNED = "returned", "已退回"
    ENDED = "ended", "已终止"


class ProposalState(Term):
    """Where a proposal stands, as intake tells it."""

    DRAFT = "draft", "草稿"
    COSIGNING = "cosigning", "征集联名"
    DISCARDED = "discarded", "已作废"
    RECEIVED = "received", "待审查"
    FIRST_REVIEWED = "first_reviewed", "待终审"
    SENT_BACK = "sent_back", "待补充"
    CONVERTED = "converted", "已转办"
    TRANSFERRED = "transferred", "已转送"
    FILED = "filed", "已立案"
    REFUSED = "refused", "不予立案"
    MERGED = "merged", "已并案"
    WITHDRAWN = "withdrawn", "已撤案"


class Answered(BaseModel):
    """Part of an answer."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class DistrictEntry(Answered):
    """A district that the actor may see, with the years it has."""

    code: str
    name: str
    name_en: str = ""
    years: tuple[int, ...] = ()


class DistrictList(Answered):
    """All districts that the actor may see."""

    districts: tuple[DistrictEntry, ...]

    def entry(self, code: str) -> DistrictEntry:
        """The district of this code; one that is not listed is shown by its code."""
        listed = (each for each in self.districts if each.code == code)
        return next(listed, DistrictEntry(code=code, name=code, name_en=code))


class DistrictDetail(Answered):
    """A district with the units of its directory, by name."""

    code: str
    name: str
    name_en: str = ""
    units: tuple[str, ...] = ()

    @field_validator("units", mode="before")
    @classmethod
    def by_name(cls, units: Iterable[Any]) -> list[str]:
        """A directory may list its units as names or as records with a name."""
        return [each["name"] if isinstance(each, dict) else each for each in units]


class CaseRow(Answered):
    """One line of the list of cases."""

    proposal_id: str
    number: str | None = None
    title: str
    role: str
    units: tuple[str, ...] = ()
    lead_unit: str | None = None
    state: str
    due_on: date | None = None
    provisional: bool = False
    completed_on: date | None = None
    days_late: int | None = None
    key: bool = False
    satisfaction: str | None = None
    fabricated: bool = False
    handling_round: int = 1


class CaseList(Answered):
    """The cases that fit the filter."""

    cases: tuple[CaseRow, ...]
    total: int
    shown: Shown | None = None

    @property
    def late_count(self) -> int:
        return sum(1 for case in self.cases if case.days_late and case.days_late > 0)


class ProposalDetail(Answered):
    """A proposal as intake knows it."""

    proposal_id: str
    year: int
    number: str | None = None
    title: str
    form: str | None = None
    proposers: tuple[str, ...] = ()
    state: str
    key: bool = False
    fabricated: bool = False
    category: str | None = None
    shown: Shown | None = None


class Attachment(Answered):
    """A file that is attached to a proposal."""

    sha256: str
    file_name: str
    size_bytes: int


class WholeProposal(ProposalDetail):
    """A proposal with its text, its signatures and what is attached."""

    note: str | None = None
    body: str = ""
    collective: str | None = None
    occasion: str | None = None
    wished_units: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    closes_on: date | None = None
    excellent: bool = False
    publication: str | None = None
    attachments: tuple[Attachment, ...] = ()
    taken_in: tuple[str, ...] = ()
    reviewed_twice: bool = False


class ProposalList(Answered):
    """The proposals of a year that the visitor may see."""

    proposals: tuple[WholeProposal, ...] = ()


class LookAlike(Answered):
    """An earlier proposal whose title is like another."""

    proposal_id: str
    year: int
    number: str | None = None
    title: str
    state: str
    likeness: float


class LookAlikes(Answered):
    """Earlier proposals, the likest first."""

    look_alikes: tuple[LookAlike, ...] = ()


class EventActor(Answered):
    """Who recorded an event."""

    subject: str = ""
    name: str = ""
    role: str = ""
    unit: str | None = None


class LoggedEvent(Answered):
    """An event with its place in the district's log."""

    position: int
    event_id: str = ""
    type: str
    service: str = ""
    stream: str = ""
    happened_at: datetime
    recorded_at: datetime
    actor: EventActor = EventActor()
    imported: bool = False
    attested_by: str | None = None
    trace_id: str | None = None
    data: dict[str, Any]


class EventList(Answered):
    """Events of one service about one case."""

    events: tuple[LoggedEvent, ...] = ()
