"""What the parser of the command line objects to, as a sentence of ours in Chinese; in English its own."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from types import MappingProxyType

from cyclopts import (
    App,
    CoercionError,
    CycloptsError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
    ValidationError,
)
from cyclopts.argument import Argument
from rich.text import Text

from tian.language import either

RIGHT: Mapping[type, str] = MappingProxyType(
    {
        int: "请写整数，只用数字",
        date: "请写真实存在的日期，如 2024-12-31",
        bool: "后面不用写内容",
    }
)


def wrong_usage(error: CycloptsError) -> Text:
    """The sentence, and where to read on. As plain text: brackets in it are what somebody typed."""
    return Text(
        either(
            f"命令有误：{in_chinese(error)}\n可用的命令和参数见 tian --help。",
            f"{in_english(error)}\nSee tian --help for what can be typed.",
        )
    )


def in_english(error: CycloptsError) -> str:
    asked = _unknown_act(error)
    if asked is None:
        return str(error)
    known = _commands(error.app)
    like = get_close_matches(asked, known, n=1)
    meant = f"Did you mean {like[0]}?" if like else f"There are: {', '.join(known)}."
    return f'{" ".join(("tian", *(error.command_chain or ())))} knows no "{asked}". {meant}'


def in_chinese(error: CycloptsError) -> str:
    if (asked := _unknown_act(error)) is not None:
        return _no_such_command(asked, error.app)
    for kind, sentence in SENTENCES:
        if isinstance(error, kind):
            return sentence(error)
    return "写法不对，请对照说明更正。"


def _unknown_command(error: UnknownCommandError) -> str:
    return _no_such_command((error.unused_tokens or [""])[0], error.app)


def _unknown_act(error: CycloptsError) -> str | None:
    """What was typed where a command of several acts, such as dead-letters, expects one of them.

    Such a command is one of its own as well, so that the parser misses a parameter of that first.
    """
    strays = [each for each in error.unused_tokens or [] if not each.startswith("-")]
    is_of_acts = isinstance(error, (MissingArgumentError, UnusedCliTokensError))
    return strays[0] if is_of_acts and strays and _commands(error.app) else None


def _no_such_command(asked: str, app: App | None) -> str:
    known = _commands(app)
    like = get_close_matches(asked, known, n=1)
    meant = f"是不是想写 {like[0]}？" if like else f"可用的有：{'、'.join(known)}。"
    return f"没有“{asked}”这个命令。{meant}"


def _commands(app: App | None) -> list[str]:
    return [name for name in app or () if not name.startswith("-")]


def _unknown_option(error: UnknownOptionError) -> str:
    asked = (error.token.keyword or error.token.value).partition("=")[0]
    return f"没有 {asked} 这个参数。{_meant(asked, error.argument_collection)}"


def _meant(asked: str, known: Iterable[Argument]) -> str:
    names = [name for argument in known for name in argument.names]
    like = get_close_matches(asked, names, n=1)
    return f"是不是想写 {like[0]}？" if like else ""


def _missing(error: MissingArgumentError) -> str:
    if error.argument is None:
        return "缺少参数。"
    name = error.keyword or error.argument.name
    typed = error.root_input_tokens or []
    if name in typed:
        return f"{name} 后面没有写内容，应为{_label(error.argument)}。"
    misspelt = get_close_matches(name, [each for each in typed if each.startswith("--")], n=1)
    if misspelt:
        return f"没有 {misspelt[0]} 这个参数。是不是想写 {name}？"
    return f"缺少 {name}（{_label(error.argument)}）。"


def _label(argument: Argument) -> str:
    """The Chinese half of what the help says of a parameter."""
    return (argument.parameter.help or argument.name).partition(" / ")[0]


def _surplus(error: UnusedCliTokensError) -> str:
    return f"多出了“{' '.join(error.unused_tokens or [])}”，请去掉，或用引号括起含空格的内容。"


def _repeated(error: RepeatArgumentError) -> str:
    return f"{error.token.keyword} 写了不止一次，请只保留一个。"


def _not_of_the_kind(error: CoercionError) -> str:
    typed = error.token.value if error.token else ""
    name = error.argument.name if error.argument else ""
    name = (error.token.keyword if error.token else "") or name
    right = RIGHT.get(error.target_type or str, "写法不对，请对照说明更正")
    return f"{name} {right}；“{typed}”不能识别。"


def _against_a_rule(error: ValidationError) -> str:
    return error.exception_message or "写法不对，请对照说明更正。"


SENTENCES: tuple[tuple[type[CycloptsError], Callable[..., str]], ...] = (
    (UnknownCommandError, _unknown_command),
    (UnknownOptionError, _unknown_option),
    (MissingArgumentError, _missing),
    (UnusedCliTokensError, _surplus),
    (RepeatArgumentError, _repeated),
    (CoercionError, _not_of_the_kind),
    (ValidationError, _against_a_rule),
)
