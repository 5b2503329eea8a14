"""What can be typed about the year of a district: ledgers, rulebooks, the city, a token."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tian import asking
from tian.parameters import District, Json, Year


async def import_ledger(
    file: Annotated[Path, Parameter(help="台账文件 / the ledger")],
    /,
    *,
    district: District,
    year: Year,
    check: Annotated[bool, Parameter(help="只检查，不写入 / check only", negative=())] = False,
    skip_bad: Annotated[
        bool, Parameter(help="跳过有误的行 / leave out rows with errors", negative=())
    ] = False,
    from_above: Annotated[
        bool,
        Parameter(help="上级交办清单，接收后待交办 / what the upper level hands down", negative=()),
    ] = False,
) -> int:
    wishes = asking.ImportWishes(
        file, district, year, check=check, skip_bad=skip_bad, from_above=from_above
    )
    return await asking.import_ledger(wishes)


async def adopt(
    rulebook: Annotated[
        Path | None, Parameter(help="规则文件，默认深圳 2024 年样例 / the rulebook")
    ] = None,
    /,
    *,
    district: District,
    year: Year,
) -> int:
    return await asking.adopt_rulebook(rulebook, district, year)


async def city(
    *,
    year: Year,
    by: Annotated[
        str, Parameter(help="指标编号，如 reply_rate，得分为 score / id of a rate, or score")
    ] = "satisfaction_rate",
    json: Json = False,
) -> int:
    return await asking.show_city(year, by, as_json=json)


def token(
    *,
    role: Annotated[str, Parameter(help="岗位，如 supervision / the role")],
    district: Annotated[str, Parameter(help="区的代码，默认全部 / the district")] = "*",
    unit: Annotated[str | None, Parameter(help="承办单位全称 / full name of the unit")] = None,
) -> int:
    return asking.print_token(role, district, unit)
