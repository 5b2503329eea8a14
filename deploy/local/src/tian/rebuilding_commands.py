"""What can be typed to compute a read model again."""

from typing import Annotated

from cyclopts import Parameter

from tian import rebuilding
from tian.parameters import Workers


async def rebuild(
    service: Annotated[str, Parameter(help="intake、assignment 或 evaluation / the service")],
    name: Annotated[
        str | None, Parameter(help="查询表，如 scores / the read model, such as scores")
    ] = None,
    /,
    *,
    district: Annotated[str | None, Parameter(help="只重建这个区 / only this district")] = None,
    workers: Workers = 2,
) -> int:
    return await rebuilding.rebuild_read_model(service, name, district, workers)
