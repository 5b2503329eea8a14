"""The `tian` command: what can be typed, and where an error becomes a sentence."""

import os
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import Annotated
from uuid import UUID

from cyclopts import App, CycloptsError, Group, Parameter

from tian import asking, bundling, rebuilding, staying, verifying
from tian.accounts import make_secrets
from tian.failures import Failure
from tian.home import Home, shipped
from tian.language import either
from tian.sample import write_workbook
from tian.schemas import write_schemas
from tian.trusting import Given
from tian.witnessing import DEFAULT_NAME, WitnessWishes, witness_checkpoint

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
    app.command(rebuild, help=either("由日志重建查询表", "Rebuild a read model from the log"))
    app.command(
        verify, help=either("核验日志、证明或证据包", "Verify the log, a proof or a bundle")
    )
    app.command(prove, help=either("为一条事件出具证明", "Write the proof of one event"))
    app.command(export, help=either("导出一区日志的证据包", "Take a log away as a bundle"))
    app.command(
        witness, help=either("作为第三方见证检查点", "Witness a checkpoint as somebody else")
    )
    app.command(status, help=either("显示运行情况", "Show what is running"))
    app.command(keys, help=either("生成密钥和演示账号", "Make keys and demo accounts"))
    app.command(sample, help=either("由 CSV 重写样例台账", "Write the sample ledger anew"))
    app.command(schemas, help=either("由代码重写事件格式文件", "Write the event schemas anew"))
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
    as_of: Annotated[
        str,
        Parameter(help="截至某日、某时刻或某位次的记录 / as recorded by a day, moment or position"),
    ] = "",
    happened_by: Annotated[
        str, Parameter(help="只计某日以前发生的事 / only what had happened by a day or moment")
    ] = "",
    json: Json = False,
) -> int:
    wishes = asking.FiguresWishes(district, year, as_of=as_of, happened_by=happened_by)
    return await asking.show_figures(wishes, as_json=json)


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


async def verify(
    file: Annotated[
        Path | None,
        Parameter(
            help="证明文件或证据包；不给则核验数据库 / a proof or a bundle; else the database"
        ),
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
    witness: Annotated[
        tuple[str, ...],
        Parameter(
            help="要求有此见证方的签名（公钥），或与它见证过的检查点（文件）比对"
            " / require this witness (key), or compare with what it witnessed (file)"
        ),
    ] = (),
) -> int:
    given = Given(key, against, witness)
    if file is None:
        return await verifying.verify_logs(district, given)
    if bundling.is_bundle(file):
        return bundling.verify_bundle(file, given)
    return verifying.verify_proof(file, key)


async def export(
    *,
    district: District,
    out: Annotated[Path | None, Parameter(help="写入的文件 / file to write")] = None,
    key: Annotated[
        tuple[str, ...], Parameter(help="附上的日志公钥 / public key of the log to enclose")
    ] = (),
) -> int:
    return await bundling.export_bundle(district, out, Given(key))


async def prove(
    event_id: Annotated[UUID, Parameter(help="事件编号 / id of the event")],
    /,
    *,
    out: Annotated[Path | None, Parameter(help="写入的文件 / file to write")] = None,
) -> int:
    return await verifying.prove_event(event_id, out)


async def witness(
    source: Annotated[
        str, Parameter(help="检查点文件，或日志网址 / a checkpoint, or the URL of a log")
    ],
    /,
    *,
    key: Annotated[
        Path, Parameter(help="见证方私钥，没有则新建 / private key of the witness, made if missing")
    ],
    name: Annotated[
        str, Parameter(help="新建时见证方的名称 / name of the witness when it is made")
    ] = DEFAULT_NAME,
    log_key: Annotated[
        tuple[str, ...], Parameter(help="信任的日志公钥 / public key of a log to trust")
    ] = (),
    tiles: Annotated[
        Path | None, Parameter(help="取哈希的证据包 / bundle to take hashes from")
    ] = None,
    out: Annotated[Path | None, Parameter(help="写入的文件 / file to write")] = None,
    submit: Annotated[
        bool, Parameter(help="把见证交给该日志 / hand it to the log", negative=())
    ] = False,
) -> int:
    wishes = WitnessWishes(source, key, name, log_key, tiles, out, submit=submit)
    return witness_checkpoint(wishes)


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


def schemas(
    folder: Annotated[Path, Parameter(help="文件夹 / folder of the schema files")],
    /,
) -> int:
    count = write_schemas(folder)
    print(either(f"{count} 个文件有更新。", f"{count} files have changed."))
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
