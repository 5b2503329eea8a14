"""The `tian` command: what can be typed, and where an error becomes a sentence."""

import os
import sys
import traceback
from collections.abc import Mapping
from types import MappingProxyType, TracebackType

from cyclopts import App, Group

from tian.failures import Failure, UnknownLanguage
from tian.home import Home
from tian.language import LANGUAGES, either
from tian.wrong_usage import wrong_usage

# Imported when they are typed: all of them together take longer to load than most take to run.
COMMANDS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "up": ("running_commands:up", "启动全部服务，直到 Ctrl-C", "Start everything until Ctrl-C"),
        "demo": ("running_commands:demo", "启动并演示样例年度", "Start, and play the sample year"),
        "play": ("running_commands:play", "向已有服务演示样例年度", "Play the sample year elsewhere"),
        "import": ("year_commands:import_ledger", "导入台账（xls、xlsx、csv）", "Import a ledger (xls, xlsx, csv)"),
        "adopt": ("year_commands:adopt", "采用一份规则", "Adopt a rulebook for a year"),
        "figures": ("receipt_commands:figures", "显示一年的指标和评分", "Show the figures of a year"),
        "city": ("year_commands:city", "各区对比排名", "Rank the districts of a city"),
        "rebuild": ("rebuilding_commands:rebuild", "由日志重建查询表", "Rebuild a read model from the log"),
        "receipt": ("receipt_commands:receipt", "取一年指标的凭据", "Get the receipt of a year's figures"),
        "recompute": ("receipt_commands:recompute", "由日志或证据包重算凭据", "Compute a receipt again from the log"),
        "summary": ("document_commands:summary", "生成办理工作总结", "Write the annual summary"),
        "reports": ("document_commands:reports", "生成全部报表（xlsx）", "Write all reports as workbooks"),
        "check": ("document_commands:check", "检查文稿里的数（docx、pdf、txt）", "Check the figures of a document"),
        "verify": ("proof_commands:verify", "核验日志、证明或证据包", "Verify the log, a proof or a bundle"),
        "prove": ("proof_commands:prove", "为一条事件出具证明", "Write the proof of one event"),
        "export": ("proof_commands:export", "导出一区日志的证据包", "Take a log away as a bundle"),
        "witness": ("proof_commands:witness", "作为第三方见证检查点", "Witness a checkpoint as somebody else"),
        "dead-letters": ("dead_letters:LETTERS", "查看、重试、跳过积压事件", "Show, retry or pass by dead letters"),
        "status": ("running_commands:status", "显示运行情况", "Show what is running"),
        "keys": ("upkeep_commands:keys", "生成密钥和演示账号", "Make keys and demo accounts"),
        "sample": ("upkeep_commands:sample", "由 CSV 重写样例台账", "Write the sample ledger anew"),
        "schemas": ("upkeep_commands:schemas", "由代码重写事件格式文件", "Write the event schemas anew"),
        "token": ("year_commands:token", "签发令牌，供 curl 使用", "Print a token for curl"),
    }
)  # fmt: skip
UNEXPECTED = 70


def main() -> None:
    """Run the command line; whatever goes wrong ends as a sentence and a status."""
    sys.excepthook = _note_unexpected
    try:
        status = command_line()(_choose_language(sys.argv[1:]))
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
        error_formatter=wrong_usage,
        group_commands=Group(either("命令", "Commands")),
        group_parameters=Group(either("参数", "Parameters")),
    )
    app["--help"].help = either("显示说明", "Show this help")
    for name, (place, chinese, english) in COMMANDS.items():
        app.command(f"tian.{place}", name=name, help=either(chinese, english))
    return app


def _choose_language(arguments: list[str]) -> list[str]:
    """Take `--lang X` out of the arguments, wherever it stands. Raises UnknownLanguage."""
    kept: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--lang":
            os.environ["TIAN_LANG"] = _known_language(next(rest, ""))
        elif argument.startswith("--lang="):
            os.environ["TIAN_LANG"] = _known_language(argument.partition("=")[2])
        else:
            kept.append(argument)
    return kept


def _known_language(asked: str) -> str:
    if asked not in LANGUAGES:
        raise UnknownLanguage(asked=asked)
    return asked


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
