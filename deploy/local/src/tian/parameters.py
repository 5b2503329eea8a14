"""Parameters that many commands have, and what is refused of them before anybody is asked."""

from typing import Annotated

from cyclopts import Parameter

from tian.language import either

# As contracts.command.Year, which says no only after the way to a service.
EARLIEST, LATEST = 1949, 2100


def _check_year(_: object, year: int) -> None:
    if not EARLIEST <= year <= LATEST:
        raise ValueError(
            either(
                f"年度请写 {EARLIEST} 至 {LATEST} 之间的四位数字；{year} 不在其中。",
                f"Years are {EARLIEST} to {LATEST}.",
            )
        )


def _check_workers(_: object, workers: int) -> None:
    if workers < 1:
        raise ValueError(
            either(
                f"--workers 至少是 1；{workers} 个进程什么也做不了。",
                "There must be 1 at the least.",
            )
        )


District = Annotated[str, Parameter(help="区的代码 / code of the district")]
Year = Annotated[int, Parameter(help="年度 / year", validator=_check_year)]
Json = Annotated[bool, Parameter(name="--json", help="只输出 JSON / JSON only", negative=())]
Workers = Annotated[
    int, Parameter(help="几个进程，至少 1 / how many processes", validator=_check_workers)
]
