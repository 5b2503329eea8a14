"""What can be typed about documents: check one, write the annual summary."""

from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tian import checking, reporting, summarising
from tian.parameters import District, Json, Year


async def summary(
    *,
    district: District,
    year: Year,
    out: Annotated[
        Path | None, Parameter(help="写入的 .docx，默认以标题命名 / the .docx to write")
    ] = None,
    edited: Annotated[
        Path | None,
        Parameter(
            name="--from", help="已修改的总结，保留其中的文字 / keep what people wrote in it"
        ),
    ] = None,
    signed_on: Annotated[
        date | None, Parameter(name="--date", help="成文日期 / the day it is signed")
    ] = None,
    pdf: Annotated[
        bool, Parameter(help="另存 PDF，需要 LibreOffice / a PDF as well", negative=())
    ] = False,
) -> int:
    wishes = summarising.SummaryWishes(district, year, out, edited, signed_on, pdf=pdf)
    return await summarising.write_summary(wishes)


async def reports(
    district: District,
    year: Year,
    *,
    out: Annotated[Path, Parameter(help="写入的文件夹 / the folder to write to")] = Path(),
    as_of: Annotated[
        str, Parameter(help="截至某日、某时刻或某位次 / as of a day, moment or position")
    ] = "",
    bundle: Annotated[
        Path | None,
        Parameter(help="证据包，不用服务和数据库 / a bundle, instead of services and database"),
    ] = None,
    day: Annotated[
        date | None,
        Parameter(help="逾期以哪天为准，仅用于证据包 / the day that overdue is judged by"),
    ] = None,
) -> int:
    if bundle is not None:
        return await reporting.write_bundled_reports(bundle, district, year, out, day)
    return await reporting.write_reports(district, year, out, as_of)


def check(
    file: Annotated[Path, Parameter(help="文稿 / the document")],
    /,
    *,
    json: Json = False,
) -> int:
    return checking.check_document(file, as_json=json)
