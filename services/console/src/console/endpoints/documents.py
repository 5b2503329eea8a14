"""文稿自检: a document uploaded or pasted, its contradictory places marked in the text."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, UploadFile
from fastapi.responses import HTMLResponse, Response

from console.endpoints.districts import Year, the_district
from console.endpoints.ledger import ABOUT_THE_LEDGER, MISSING
from console.endpoints.services import ServiceRefused, Upload
from console.endpoints.visits import OwnForm, SignedIn, service_path
from contracts.checking import Certainty, CheckedDocument, Finding, Kind

MOST_PASTED = 200_000
CERTAINTIES = {
    Certainty.CERTAIN: "确定",
    Certainty.LIKELY: "很可能",
    Certainty.DOUBTFUL: "存疑",
}
KINDS = {
    Kind.PARTS: "总数与分项",
    Kind.SHARE: "占比",
    Kind.RATE: "比率",
    Kind.REPEAT: "前后不一",
    Kind.CHANGE: "同比",
    Kind.NUMBERING: "序号",
    Kind.COUNT: "项数",
    Kind.RECORD: "与记录不符",
}

pages = APIRouter(prefix="/districts/{district}/years/{year}/documents")


@dataclass(frozen=True)
class Stretch:
    """A piece of the text; `numbers` are the findings it belongs to, `heads` those it is first of."""

    text: str
    numbers: tuple[int, ...] = ()
    heads: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What came of a form; the page starts with none of it."""

    checked: CheckedDocument | None = None
    missing: bool = False
    refusal: str = ""
    pasted: str = ""
    status: int = 200

    @property
    def lines(self) -> list[list[Stretch]]:
        return lines_of(self.checked) if self.checked else []


@dataclass(frozen=True)
class CheckingDesk:
    """Where a visitor has documents checked beside the records of one year."""

    visit: SignedIn
    district: str
    year: Year

    async def send(self, upload: Upload, pasted: str) -> Outcome:
        """What evaluation says of the document; a refusal of the document is an outcome too."""
        where = {"district": self.district, "year": str(self.year)}
        try:
            checked = await self.visit.enquiry.send_file(
                CheckedDocument, "evaluation", service_path("check"), where, upload
            )
        except ServiceRefused as refusal:
            if refusal.status not in ABOUT_THE_LEDGER:
                raise
            return Outcome(
                refusal=self.visit.sentence_of(refusal), pasted=pasted, status=refusal.status
            )
        return Outcome(checked=checked, pasted=pasted)

    async def page(self, outcome: Outcome) -> HTMLResponse:
        return self.visit.page(
            "documents.html",
            status=outcome.status,
            district=await the_district(self.visit, self.district),
            year=self.year,
            section="documents",
            outcome=outcome,
            checked=outcome.checked,
            certainties=CERTAINTIES,
            kinds=KINDS,
        )


AtDesk = Annotated[CheckingDesk, Depends()]


@pages.get("", response_class=HTMLResponse)
@pages.get("/check", response_class=HTMLResponse)
async def show_documents(desk: AtDesk) -> Response:
    return await desk.page(Outcome())


@pages.post("/check", response_class=HTMLResponse, dependencies=[OwnForm])
async def check_document(
    desk: AtDesk,
    file: Annotated[UploadFile | None, File()] = None,
    pasted: Annotated[str, Form(max_length=MOST_PASTED)] = "",
) -> Response:
    content = await file.read() if file else b""
    if file is not None and content:
        return await desk.page(await desk.send(Upload(file.filename or "document", content), ""))
    if not pasted.strip():
        return await desk.page(Outcome(missing=True, status=MISSING))
    upload = Upload(desk.visit.say("粘贴的文字"), pasted.encode())
    return await desk.page(await desk.send(upload, pasted))


def lines_of(checked: CheckedDocument) -> list[list[Stretch]]:
    """The text line by line, cut where a marked place begins or ends."""
    lines: list[list[Stretch]] = []
    at = 0
    for line in checked.text.splitlines(keepends=True):
        shown = line.rstrip("\r\n")
        if shown.strip():
            lines.append(_cut(shown, at, checked.findings))
        at += len(line)
    return lines


def _cut(line: str, at: int, findings: tuple[Finding, ...]) -> list[Stretch]:
    end = at + len(line)
    within = [
        (place.start, place.end, number, position == 0)
        for number, finding in enumerate(findings, 1)
        for position, place in enumerate(finding.places)
        if place.start < end and place.end > at
    ]
    cuts = sorted(
        {
            at,
            end,
            *(max(at, start) for start, *_ in within),
            *(min(end, to) for _, to, *_ in within),
        }
    )
    return [
        Stretch(
            line[start - at : to - at],
            tuple(sorted({each[2] for each in within if each[0] <= start and each[1] >= to})),
            tuple(each[2] for each in within if each[3] and each[0] <= start and each[1] >= to),
            tuple(each[2] for each in within if each[3] and each[0] == start),
        )
        for start, to in pairwise(cuts)
    ]
