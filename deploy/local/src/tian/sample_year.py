"""Plays the sample year against running services: rulebook, ledger, claims, and the figures."""

import asyncio
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from contracts.figures import Figures
from ledger import LedgerReport
from tian.answers import DeadLetter, Receipt
from tian.client import Client, Ledger
from tian.failures import Failure, FiguresLate, FileMissing, NotText
from tian.home import shipped
from tian.language import either

YEAR = 2024
CATCH_UP_SECONDS = 120.0
POLL_SECONDS = 0.2

Step = Callable[[str], None]


class Claim(BaseModel):
    """A figure as somebody stated it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    figure: str
    claimed: Decimal


class Claims(BaseModel):
    """The figures one document states of a year."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: int
    source: str
    figures: tuple[Claim, ...]


class Chasing(BaseModel):
    """A return visit of the sample's supervision office to a unit, about a case."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    proposal_id: str
    unit: str
    manner: str
    chased_on: date
    note: str


class Chasings(BaseModel):
    """What the sample's supervision office does after the year, so that something is sent."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: int
    chasings: tuple[Chasing, ...]


@dataclass(frozen=True)
class Played:
    """What playing the year came to."""

    report: LedgerReport
    figures: Figures
    recorded: int
    dead_letters: tuple[DeadLetter, ...]

    @property
    def was_there_already(self) -> bool:
        return self.recorded == self.report.new_rows == self.report.continued_rows == 0


def read_claims(file: Path) -> Claims:
    if not file.is_file():
        raise FileMissing(path=file)
    return Claims.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))


class LedgerHasErrors(Failure):
    """台账有 {count} 处错误，一行也没有导入。请按下表改正后再试。"""

    english = "The ledger has {count} errors; nothing was imported. Correct them and try again."

    def __init__(self, report: LedgerReport) -> None:
        self.report = report
        super().__init__(count=report.different_rows or report.error_count)


class LedgerDiffers(LedgerHasErrors):
    """台账有 {count} 行与已记录的不一致（此前可能演示过另一份台账），一行也没有导入。请用 --fresh 重新开始：tian demo --fresh"""

    english = (
        "{count} rows of the ledger differ from what is recorded (another ledger may have been "
        "played before); nothing was imported. Begin anew with --fresh: tian demo --fresh"
    )


def sample_ledger() -> Path:
    return shipped("samples", "longgang-2024.xlsx")


async def play_the_year(client: Client, ledger: Ledger, step: Step) -> Played:
    """Bring the sample year in and wait for its figures. What is there already stays as it is."""
    step(either("采用规则", "Adopting the rulebook"))
    receipts = [await client.adopt_rulebook(YEAR, read_rulebook_text(sample_rulebook()))]
    step(either("导入台账", "Importing the ledger"))
    report = await client.import_ledger(ledger, YEAR)
    if report.different_rows:
        raise LedgerDiffers(report)
    if report.error_count:
        raise LedgerHasErrors(report)
    step(either("登记自报数字", "Filing the claimed figures"))
    if is_sample(ledger):
        receipts += await file_claims(
            client, read_claims(shipped("samples", "longgang-2024-claims.toml"))
        )
    step(either("计算指标", "Computing the figures"))
    figures = await caught_up(client, report.total_rows)
    step(either("回访、发送消息", "Return visits, sending messages"))
    if is_sample(ledger):
        chased = await chase_units(client)
        if any(receipt.recorded for receipt in chased):
            figures = await caught_up(client, report.total_rows)
        receipts += chased
    return Played(
        report=report,
        figures=figures,
        recorded=sum(receipt.recorded for receipt in receipts),
        dead_letters=(await client.progress()).dead_letters,
    )


def sample_rulebook() -> Path:
    return shipped("rulebooks", "shenzhen-2024.toml")


def read_rulebook_text(file: Path) -> str:
    """The text of a rulebook file. Raises FileMissing or NotText."""
    if not file.is_file():
        raise FileMissing(path=file)
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise NotText(path=file) from error


def is_sample(ledger: Ledger) -> bool:
    """Whether it is the shipped ledger; the shipped claims speak of no other."""
    sample = sample_ledger()
    return sample.is_file() and ledger.content == sample.read_bytes()


async def file_claims(client: Client, claims: Claims) -> list[Receipt]:
    return [
        await client.command(
            "evaluation",
            "claim-figure",
            {
                "year": claims.year,
                "figure": claim.figure,
                "claimed": str(claim.claimed),
                "source": claims.source,
            },
        )
        for claim in claims.figures
    ]


async def chase_units(client: Client) -> list[Receipt]:
    """Record the return visits that the sample names; what is recorded already stays as it is."""
    file = shipped("samples", "longgang-2024-chasings.toml")
    sample = Chasings.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    return [
        await client.command("assignment", "chase-unit", each.model_dump(mode="json"))
        for each in sample.chasings
    ]


async def caught_up(client: Client, expected: int) -> Figures:
    """Wait until the figures hold every case and stand at the end of a log that grows no more.

    Twice the same end, because a reaction may lengthen the log just after its end was read.
    """
    give_up_at = time.monotonic() + CATCH_UP_SECONDS
    quiet_at = -1
    while True:
        progress = await client.progress()
        figures = await client.figures(YEAR)
        is_complete = progress.settled and figures.total >= expected
        if is_complete and progress.head == quiet_at == figures.position:
            return figures
        quiet_at = progress.head if is_complete else -1
        if time.monotonic() > give_up_at:
            raise FiguresLate(
                seconds=int(CATCH_UP_SECONDS),
                expected=expected,
                found=figures.total,
                logs=client.home.logs,
            )
        await asyncio.sleep(POLL_SECONDS)
