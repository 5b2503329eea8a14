"""`tian summary`: writes the annual summary, keeps what people wrote, says what to look at."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from annual_summary import Edited, Merged, NotASummary, Summary, keep_prose, read_docx, write_docx
from tian.addresses import find_addresses
from tian.client import connected
from tian.document_failures import CannotWrite, EditedFileRefused, FileExists
from tian.failures import FileMissing
from tian.home import Home
from tian.language import either, is_english
from tian.office import Office, find_office, replaced_fonts
from tian.printing import out
from tian.progress import Steps

ALL_WELL, LOOK_AT_IT = 0, 1


@dataclass(frozen=True)
class SummaryWishes:
    """What the caller of `tian summary` asked for."""

    district: str
    year: int
    out: Path | None
    edited: Path | None
    signed_on: date | None
    pdf: bool


async def write_summary(wishes: SummaryWishes) -> int:
    """Write the document, and a PDF when asked; the status says whether to look at something."""
    edited = _read(wishes.edited) if wishes.edited else None
    home = Home.from_environment()
    addresses = find_addresses(home)
    with Steps(1) as steps:
        async with connected(home, addresses, wishes.district, steps.say) as client:
            fresh = await client.summary(wishes.year, wishes.signed_on)
    merged = keep_prose(fresh, edited) if edited else None
    summary = merged.summary if merged else fresh
    file = wishes.out or Path(f"{summary.title}.docx")
    _write(file, write_docx(summary, addresses.urls.get("console", "")))
    print(either(f"总结已写入 {file}。", f"The summary has been written to {file}."))
    _report(summary, merged)
    if wishes.pdf:
        _make_pdf(find_office(), file)
    return LOOK_AT_IT if merged and merged.conflicts else ALL_WELL


def _read(file: Path) -> Edited:
    if not file.is_file():
        raise FileMissing(path=file)
    try:
        return read_docx(file.read_bytes())
    except NotASummary as refusal:
        raise EditedFileRefused(
            path=file, reason=refusal.chinese, reason_en=refusal.in_english
        ) from refusal


def _write(file: Path, content: bytes) -> None:
    """Write a new file. One that is there may hold what people wrote, and is never touched."""
    try:
        with file.open("xb") as target:
            target.write(content)
    except FileExistsError as error:
        raise FileExists(path=file) from error
    except OSError as error:
        raise CannotWrite.because(file, error) from error


def _report(summary: Summary, merged: Merged | None) -> None:
    if merged:
        _list(
            either("保留了撰写的文字", "Kept what people wrote"),
            [either(prose.label, prose.label_en) for prose in merged.kept],
        )
        _list(
            either("数字有变", "Figures that have moved"),
            [
                f"{either(each.label, each.label_en)}：{each.before} → {each.now}"
                for each in merged.moved
            ],
        )
        conflicts = [either(each.chinese, each.english) for each in merged.conflicts]
        _list(either("请核对", "Please look at"), conflicts, style="bold red")
    _list(
        either("还没有填写", "Still to be filled in"),
        [either(prose.label, prose.label_en) for prose in summary.unfilled],
        style="yellow",
    )
    _list(
        either("自报数与计算数不一致", "Claims that differ from the log"),
        list(summary.warnings_en if is_english() else summary.warnings),
        style="bold red",
    )


def _list(title: str, lines: list[str], style: str | None = None) -> None:
    if not lines:
        return
    out().print(either(f"{title}（{len(lines)}）：", f"{title} ({len(lines)}):"), style=style)
    for line in lines:
        out().print(f"  {line}", markup=False, highlight=False)


def _make_pdf(office: Office, file: Path) -> None:
    pdf = office.to_pdf(file)
    print(either(f"PDF 已写入 {pdf}。", f"The PDF has been written to {pdf}."))
    for wanted, taken in replaced_fonts().items():
        print(
            either(
                f"  本机没有字体 {wanted}，PDF 里用的是 {taken}。",
                f"  This machine has no font {wanted}; the PDF has {taken} instead.",
            )
        )
