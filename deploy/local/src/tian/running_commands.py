"""What can be typed to run Tian on one machine, and to play the sample year."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tian import asking, staying
from tian.parameters import Json

Port = Annotated[
    int | None, Parameter(help="控制台端口，默认 8080，0 为任选 / port of the console, 0: any")
]


async def up(*, console_port: Port = None) -> int:
    return await staying.stay_up(console_port)


async def demo(
    *,
    leave: Annotated[
        bool, Parameter(name="--exit", help="演示后退出 / leave afterwards", negative=())
    ] = False,
    json: Json = False,
    ledger: Annotated[Path | None, Parameter(help="另一份台账 / another ledger")] = None,
    fresh: Annotated[
        bool, Parameter(help="先删除已有数据 / delete all data first", negative=())
    ] = False,
    console_port: Port = None,
) -> int:
    wishes = staying.DemoWishes(
        ledger=ledger, port=console_port, leave=leave, json=json, fresh=fresh
    )
    return await staying.show_demo(wishes)


async def play(
    *,
    json: Json = False,
    ledger: Annotated[Path | None, Parameter(help="另一份台账 / another ledger")] = None,
) -> int:
    return await staying.play_elsewhere(ledger, as_json=json)


async def status() -> int:
    return await asking.show_status()
