"""What can go wrong on one machine, each as a sentence that says what to do."""

from typing import ClassVar

from contracts.refusal import Refused
from tian.language import either


class Failure(Refused):
    """操作没有完成。"""

    english = "The operation was not completed."
    exit_status: ClassVar[int] = 1

    @property
    def sentence(self) -> str:
        return either(self.chinese, self.in_english)


class NotRunning(Failure):
    """系统没有运行。请先在另一个终端执行 tian up。"""

    english = "The system is not running. Start it first in another terminal: tian up"
    exit_status = 2


class AlreadyRunning(Failure):
    """{home} 里的系统已经在运行（进程 {pid}）。请先停止它，或用 TIAN_HOME 另选数据目录。"""

    english = (
        "A system already runs on {home} (process {pid}). Stop it first, "
        "or choose another folder with TIAN_HOME."
    )


class DidNotStart(Failure):
    """{name}没有启动成功：{reason}。完整日志见 {log}。"""

    english = "{name_en} did not start: {reason}. The full log is in {log}."


class PortTaken(Failure):
    """端口 {port} 已被占用。请用 --console-port 另选一个端口，或停止占用它的程序。"""

    english = (
        "Port {port} is taken. Choose another with --console-port, "
        "or stop the program that uses it."
    )


class FileMissing(Failure):
    """找不到文件 {path}。请检查路径。"""

    english = "There is no file {path}. Please check the path."


class NoUnprivilegedUser(Failure):
    """PostgreSQL 不能以 root 运行，而本机没有 nobody 用户。请用普通用户执行，或设置 DATABASE_URL。"""

    english = (
        "PostgreSQL does not run as root and this machine has no user `nobody`. "
        "Run as an ordinary user, or set DATABASE_URL."
    )


class ServiceRefused(Failure):
    """{service}没有接受请求（{status}）：{detail}"""

    english = "{service_en} did not accept the request ({status}): {detail_en}"


class ServiceUnreachable(Failure):
    """{seconds} 秒内连不上{service}（{url}）。请用 tian status 查看，日志在 {logs}。"""

    english = (
        "{service_en} ({url}) could not be reached for {seconds} seconds. "
        "See `tian status`; the logs are in {logs}."
    )


class FiguresLate(Failure):
    """{seconds} 秒内数据没有算完：应有 {expected} 件，现有 {found} 件。请查看 {logs} 里的日志。"""

    english = (
        "The figures were not complete within {seconds} seconds: "
        "{found} of {expected} cases are there. See the logs in {logs}."
    )


class AddressMissing(Failure):
    """设置了 INTAKE_URL，但没有设置 {variable}。请四个服务的地址一起设置。"""

    english = "INTAKE_URL is set and {variable} is not. Set the addresses of all four services."
    exit_status = 2


class NoKey(Failure):
    """没有签发令牌的密钥。请设置 TIAN_PRIVATE_KEY_FILE，或先执行 tian up。"""

    english = "There is no key to sign tokens with. Set TIAN_PRIVATE_KEY_FILE, or run `tian up`."


class UnknownReadModel(Failure):
    """没有“{asked}”这个查询表。可以重建的有：{known}。"""

    english = "There is no read model {asked!r}. These can be rebuilt: {known}."
    exit_status = 2


class RebuildRefused(Failure):
    """{chinese_reason}"""

    english = "{english_reason}"


class NoSuchDistrict(Failure):
    """数据库里没有“{district}”的日志。"""

    english = "The database has no log of {district}."


class UnknownRole(Failure):
    """没有“{role}”这个岗位。可用的有：{roles}。"""

    english = "There is no role {role}. The roles are: {roles}."


class PortOutOfRange(Failure):
    """没有端口 {port}。请用 --console-port 给出 1 至 65535 之间的端口，或用 0 任选一个空闲端口。"""

    english = (
        "There is no port {port}. Give --console-port a port from 1 to 65535, "
        "or 0 for any that is free."
    )


class NotText(Failure):
    """文件 {path} 不是 UTF-8 文本。请检查是否选错了文件。"""

    english = "The file {path} is not UTF-8 text. Please check that it is the right one."


class RulebookMissing(Failure):
    """{district} {year} 年还没有采用规则。请先执行：tian adopt --district {district} --year {year}"""

    english = (
        "{district} has adopted no rulebook for {year}. First run: "
        "tian adopt --district {district} --year {year}"
    )


class UnitMissing(Failure):
    """承办单位的令牌要写明单位。请加上 --unit 和单位全称，例如 --unit {example}。"""

    english = (
        "A unit's token names its unit. Add --unit with the full name, for example --unit {example}"
    )


class UnknownDistrict(Failure):
    """没有代码为“{district}”的区。可用的有：{districts}。"""

    english = "There is no district with the code {district}. The districts are: {districts}."


class UnknownLanguage(Failure):
    """没有“{asked}”这种语言。--lang 请写 zh（中文）或 en（英文）。 / There is no language {asked}: --lang zh or en."""

    english = "There is no language {asked!r}. Write --lang zh (Chinese) or --lang en (English)."
    exit_status = 2


class BrokenPromise(Failure):
    """已记入日志的事件将无法照原意读出：{broken}。请为该类事件另立新版本（v2），并写出由旧版升级的办法。"""

    english = (
        "Events already in a log could no longer be read as they were meant: {broken}. "
        "Make a new version (v2) of the type, and an upcaster from the old one."
    )


class UnknownFollower(Failure):
    """没有“{follower}”这个跟随者可以重试或跳过。请用 tian dead-letters 查看。"""

    english = "There is no follower {follower} to retry or pass by. See `tian dead-letters`."


class NoDeadLetter(Failure):
    """第 {position} 条事件没有积压。请用 tian dead-letters 查看有哪些。"""

    english = "Event {position} is no dead letter. `tian dead-letters` shows which there are."


class SeveralFollowers(Failure):
    """第 {position} 条事件积压在几个跟随者那里：{followers}。请用 --follower 指明一个。"""

    english = (
        "Event {position} is a dead letter of several followers: {followers}. "
        "Name one of them with --follower."
    )
    exit_status = 2
