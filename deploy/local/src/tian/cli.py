"""The `tian` command: what can be typed, and where an error becomes a sentence."""

import os
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import Annotated

from cyclopts import App, CycloptsError, Group, Parameter

from tian import asking, dead_letters, rebuilding, staying
from tian.document_commands import add_document_commands
from tian.failures import Failure
from tian.home import Home
from tian.language import either
from tian.proof_commands import add_proof_commands
from tian.receipt_commands import add_receipt_commands, figures
from tian.upkeep_commands import add_upkeep_commands

Port = Annotated[
    int | None, Parameter(help="控制台端口，默认 8080，0 为任选 / port of the console, 0: any")
]
District = Annotated[str, Parameter(help="区的代码 / code of the district")]
Year = Annotated[int, Parameter(help="年度 / year")]
Json = Annotated[bool, Parameter(name="--json", help="只输出 JSON / JSON only", negative=())]
UNEXPECTED = 70


def main() -> None:
    """Run the command line; whatever goes wrong ends as a sentence and a status."""
    sys.excepthook = _note_unexpected
    arguments = _choose_language(sys.argv[1:])
    try:
        status = command_line()(arguments)
    except Failure as failure:
        print(failure.sentence, file=sys.stderr)
        status = failure.exit_status
    sys.exit(status)


def command_line() -> App:
    app = App(
        name="tian",
        help=either(
            "提案办理系统，在一台机器上运行，不需要 Docker。--lang en 显示英文。",
            "Proposal handling on one machine, without Docker. --lang zh shows Chinese.",
        ),
        version_flags=[],
        result_action="return_value",
        error_formatter=_wrong_usage,
        group_commands=Group(either("命令", "Commands")),
        group_parameters=Group(either("参数", "Parameters")),
    )
    app["--help"].help = either("显示说明", "Show this help")
    app.command(up, help=either("启动全部服务，直到 Ctrl-C", "Start everything until Ctrl-C"))
    app.command(demo, help=either("启动并演示样例年度", "Start, and play the sample year"))
    app.command(play, help=either("向已有服务演示样例年度", "Play the sample year elsewhere"))
    app.command(
        import_ledger, name="import", help=either("导入台账（xls、xlsx）", "Import a ledger")
    )
    app.command(adopt, help=either("采用一份规则", "Adopt a rulebook for a year"))
    app.command(figures, help=either("显示一年的指标和评分", "Show the figures of a year"))
    app.command(city, help=either("各区对比排名", "Rank the districts of a city"))
    app.command(rebuild, help=either("由日志重建查询表", "Rebuild a read model from the log"))
    add_receipt_commands(app)
    add_document_commands(app)
    add_proof_commands(app)
    app.command(dead_letters.commands())
    app.command(status, help=either("显示运行情况", "Show what is running"))
    add_upkeep_commands(app)
    app.command(token, help=either("签发令牌，供 curl 使用", "Print a token for curl"))
    return app


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


async def rebuild(
    service: Annotated[str, Parameter(help="intake、assignment 或 evaluation / the service")],
    name: Annotated[
        str | None, Parameter(help="查询表，如 scores / the read model, such as scores")
    ] = None,
    /,
    *,
    district: Annotated[str | None, Parameter(help="只重建这个区 / only this district")] = None,
    workers: Annotated[int, Parameter(help="几个进程 / how many processes")] = 2,
) -> int:
    return await rebuilding.rebuild_read_model(service, name, district, workers)


async def status() -> int:
    return await asking.show_status()


def token(
    *,
    role: Annotated[str, Parameter(help="岗位，如 supervision / the role")],
    district: Annotated[str, Parameter(help="区的代码，默认全部 / the district")] = "*",
    unit: Annotated[str | None, Parameter(help="承办单位全称 / full name of the unit")] = None,
) -> int:
    return asking.print_token(role, district, unit)


def _choose_language(arguments: list[str]) -> list[str]:
    """Take `--lang X` out of the arguments, wherever it stands."""
    kept: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--lang":
            os.environ["TIAN_LANG"] = next(rest, "zh")
        elif argument.startswith("--lang="):
            os.environ["TIAN_LANG"] = argument.partition("=")[2]
        else:
            kept.append(argument)
    return kept


def _wrong_usage(error: CycloptsError) -> str:
    return either(
        f"命令有误：{error}\n可用的命令和参数见 tian --help。",
        f"{error}\nSee tian --help for what can be typed.",
    )


def _note_unexpected(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """A bug: one sentence on the screen, everything else in a file for whoever mends it."""
    log = Home.from_environment().logs / "tian.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as file:
        traceback.print_exception(kind, error, trace, file=file)
    print(
        either(
            f"出现意外错误（{kind.__name__}）。详情已写入 {log}。",
            f"Something unexpected went wrong ({kind.__name__}). The details are in {log}.",
        ),
        file=sys.stderr,
    )
