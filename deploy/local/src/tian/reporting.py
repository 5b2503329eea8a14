"""`tian reports`: writes every report of a year into a folder, each as a workbook."""

from pathlib import Path

from tian.addresses import find_addresses
from tian.client import connected
from tian.document_failures import CannotWrite
from tian.home import Home
from tian.language import either
from tian.progress import Steps


async def write_reports(district: str, year: int, folder: Path, as_of: str) -> int:
    """Write the workbooks; one that is there is replaced, nobody writes in them.

    Raises CannotWrite.
    """
    home = Home.from_environment()
    addresses = find_addresses(home)
    console = addresses.urls.get("console", "")
    wishes = {"console": console} if console else {}
    wishes |= {"as_of": as_of} if as_of else {}
    with Steps(1) as steps:
        async with connected(home, addresses, district, steps.say) as client:
            listed = (await client.listed_reports()).reports
            for entry in listed:
                steps.say(either(entry.title, entry.title_en))
                path = f"/years/{year}/reports/{entry.id}/workbook.xlsx"
                content = await client.fetch("evaluation", path, wishes)
                _write(folder, f"{district}-{year}-{entry.id}-{entry.title}.xlsx", content)
    print(
        either(
            f"{len(listed)} 张报表已写入 {folder}。",
            f"{len(listed)} reports have been written to {folder}.",
        )
    )
    return 0


def _write(folder: Path, name: str, content: bytes) -> None:
    file = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        raise CannotWrite(path=file, reason=error.strerror) from error
