"""What can be typed about figures and their proof: figures, receipt, recompute."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tian import asking, bundled_figures, receipts
from tian.parameters import District, Json, Year
from tian.receipt_failures import DistrictMissing, NotAPosition

BundleFile = Annotated[
    Path | None,
    Parameter(help="证据包（文件或文件夹），不用数据库 / a bundle, instead of the database"),
]


async def figures(  # noqa: PLR0913  one for each thing that can be typed
    *,
    year: Year,
    district: Annotated[str, Parameter(help="区的代码 / code of the district")] = "",
    as_of: Annotated[
        str,
        Parameter(help="截至某日、某时刻或某位次的记录 / as recorded by a day, moment or position"),
    ] = "",
    happened_by: Annotated[
        str, Parameter(help="只计某日以前发生的事 / only what had happened by a day or moment")
    ] = "",
    rulebook: Annotated[
        str | None,
        Parameter(
            help="另一份规则（文件或编号），并排比较 / another rulebook, a file or an id, beside it"
        ),
    ] = None,
    bundle: BundleFile = None,
    json: Json = False,
) -> int:
    if bundle is not None:
        if happened_by:
            raise NotAPosition(asked=happened_by)
        offline = bundled_figures.BundleWishes(bundle, district, year, as_of, rulebook)
        return await bundled_figures.show_figures(offline, as_json=json)
    if not district:
        raise DistrictMissing
    wishes = asking.FiguresWishes(
        district, year, as_of=as_of, happened_by=happened_by, rulebook=rulebook
    )
    return await asking.show_figures(wishes, as_json=json)


async def receipt(
    *,
    district: District,
    year: Year,
    as_of: Annotated[
        str, Parameter(help="截至某日、某时刻或某位次 / as of a day, moment or position")
    ] = "",
    out: Annotated[Path | None, Parameter(help="写入的文件 / file to write")] = None,
) -> int:
    return await receipts.write_receipt(district, year, as_of, out)


async def recompute(
    file: Annotated[Path, Parameter(help="凭据 / the receipt")],
    /,
    *,
    bundle: BundleFile = None,
    key: Annotated[
        tuple[str, ...], Parameter(help="信任的日志公钥 / public key of a log to trust")
    ] = (),
) -> int:
    return await receipts.recompute(file, bundle, key)
