"""The `tian` command: what can be typed, and where an error becomes a sentence."""

import os
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import Annotated
from uuid import UUID

from cyclopts import App, CycloptsError, Group, Parameter

from tian import asking, staying, verifying
from tian.accounts import make_secrets
from tian.failures import Failure
from tian.home import Home, shipped
from tian.language import either
from tian.sample import write_workbook

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
    app.command(verify, help=either("核验日志或证明文件", "Verify the log, or a proof file"))
    app.command(prove, help=either("为一条事件出具证明", "Write the proof of one event"))
    app.command(status, help=either("显示运行情况", "Show what is running"))
    app.command(keys, help=either("生成密钥和演示账号", "Make keys and demo accounts"))
    app.command(sample, help=either("由 CSV 重写样例台账", "Write the sample ledger anew"))
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
) -> int:
    wishes = asking.ImportWishes(file, district, year, check=check, skip_bad=skip_bad)
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


async def figures(
    *,
    district: District,
    year: Year,
    rulebook: Annotated[
        str | None,
        Parameter(
            help="另一份规则（文件或编号），并排比较 / another rulebook, a file or an id, beside it"
        ),
    ] = None,
    json: Json = False,
) -> int:
    return await asking.show_figures(district, year, as_json=json, rulebook=rulebook)


async def verify(
    file: Annotated[
        Path | None, Parameter(help="证明文件；不给则核验整个日志 / a proof; else the whole log")
    ] = None,
    /,
    *,
    district: Annotated[
        str | None, Parameter(help="只核验这个区 / only the log of this district")
    ] = None,
    key: Annotated[
        tuple[str, ...], Parameter(help="信任的日志公钥 / public key of a log to trust")
    ] = (),
    against: Annotated[
        tuple[Path, ...],
        Parameter(help="另外留存的检查点文件 / file with a checkpoint kept elsewhere"),
    ] = (),
) -> int:
    if file is not None:
        return verifying.verify_proof(file, key)
    return await verifying.verify_logs(district, key, against)


async def prove(
    event_id: Annotated[UUID, Parameter(help="事件编号 / id of the event")],
    /,
    *,
    out: Annotated[Path | None, Parameter(help="写入的文件 / file to write")] = None,
) -> int:
    return await verifying.prove_event(event_id, out)


async def status() -> int:
    return await asking.show_status()


def token(
    *,
    role: Annotated[str, Parameter(help="岗位，如 supervision / the role")],
    district: Annotated[str, Parameter(help="区的代码，默认全部 / the district")] = "*",
    unit: Annotated[str | None, Parameter(help="承办单位全称 / full name of the unit")] = None,
) -> int:
    return asking.print_token(role, district, unit)


def sample() -> int:
    folder = shipped("samples")
    target = folder / "longgang-2024.xlsx"
    sources = (folder / "longgang-2024-proposals.csv", folder / "longgang-2024-clues.csv")
    write_workbook(*sources, target)
    print(either(f"已写入 {target}。", f"{target} has been written."))
    return 0


def keys(
    *,
    public: Annotated[Path, Parameter(help="公钥所在文件夹 / folder for the public key")],
    signing: Annotated[Path, Parameter(help="私钥和账号所在文件夹 / folder for the private key")],
    owner: Annotated[int, Parameter(help="谁可以读（uid）/ who may read them")],
) -> int:
    make_secrets(public, signing, owner)
    return 0


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
