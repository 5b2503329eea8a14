"""`tian reports`: writes every report of a year into a folder, each as a workbook."""

from datetime import date
from pathlib import Path

from contracts.vocabulary import CHINA
from evaluation.decisions.reporting.registry import DEFINITIONS, report_of
from evaluation.endpoints.workbooks import write_report
from hosting.clock import system_clock
from tian.addresses import find_addresses
from tian.client import connected
from tian.districts import known_districts
from tian.document_failures import CannotWrite
from tian.empty_years import with_something_in_it
from tian.home import Home
from tian.language import either
from tian.progress import Steps
from tian.receipt_failures import OtherDistrict
from tian.replaying import BundledEvents, opened_bundle, replayed


async def write_reports(district: str, year: int, folder: Path, as_of: str) -> int:
    """Write the workbooks; one that is there is replaced, nobody writes in them.

    Raises CannotWrite or EmptyYear.
    """
    home = Home.from_environment()
    addresses = find_addresses(home)
    console = addresses.urls.get("console", "")
    wishes = {"console": console} if console else {}
    wishes |= {"as_of": as_of} if as_of else {}
    with Steps(1) as steps:
        async with connected(home, addresses, district, steps.say) as client:
            with_something_in_it(await client.figures(year, as_of=as_of))
            listed = (await client.listed_reports()).reports
            for entry in listed:
                steps.say(either(entry.title, entry.title_en))
                path = f"/years/{year}/reports/{entry.id}/workbook.xlsx"
                content = await client.fetch("evaluation", path, wishes)
                _write(folder, f"{district}-{year}-{entry.id}-{entry.title}.xlsx", content)
    _say(len(listed), folder)
    return 0


async def write_bundled_reports(
    bundle: Path, district: str, year: int, folder: Path, day: date | None
) -> int:
    """The same workbooks out of a bundle: no service, no database, no network.

    Raises BundleDamaged, OtherDistrict, CannotReplay, CannotWrite or EmptyYear.
    """
    opened = opened_bundle(bundle)
    if opened.district != district:
        raise OtherDistrict(wanted=district, found=opened.district)
    replay = await replayed(BundledEvents(opened), district, opened.events)
    adopted = replay.adopted(year)
    with_something_in_it(await replay.figures(year, adopted.rulebook if adopted else None))
    reported = await replay.reported(year, day or system_clock().astimezone(CHINA).date())
    known = known_districts().get(district)
    for name in DEFINITIONS:
        report = report_of(name, reported)
        content = write_report(report, known.name if known else district)
        _write(folder, f"{district}-{year}-{name}-{report.title}.xlsx", content)
    _say(len(DEFINITIONS), folder)
    return 0


def _say(count: int, folder: Path) -> None:
    print(
        either(
            f"{count} 张报表已写入 {folder}。", f"{count} reports have been written to {folder}."
        )
    )


def _write(folder: Path, name: str, content: bytes) -> None:
    file = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        raise CannotWrite.because(file, error) from error
