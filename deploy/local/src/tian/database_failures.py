"""What can go wrong in opening the database, each as a sentence that says where it is and what to check."""

from typing import ClassVar

from tian.failures import Failure


class NoDatabaseAddress(Failure):
    """DATABASE_URL 不是数据库的地址。应写成 postgresql://用户:密码@主机:端口/库名，密码里的特殊字符用 %XX 表示。"""

    english = (
        "DATABASE_URL is not the address of a database. It reads "
        "postgresql://user:password@host:port/name, with special characters of a password as %XX."
    )
    exit_status: ClassVar[int] = 2


class DatabaseUnreachable(Failure):
    """连不上数据库 {place}：{reason}。请检查 DATABASE_URL 里的主机和端口，以及数据库是否在运行。"""

    english = (
        "The database at {place} cannot be reached: {reason_en}. Please check host and port in "
        "DATABASE_URL, and whether the database is running."
    )
    exit_status: ClassVar[int] = 2


class DatabaseKeepsOut(Failure):
    """数据库 {place} 不接受 DATABASE_URL 里的用户或密码。请核对。"""

    english = (
        "The database at {place} does not accept user or password in DATABASE_URL. See to them."
    )
    exit_status: ClassVar[int] = 2


class NoSuchDatabase(Failure):
    """数据库服务器 {place} 上没有“{name}”这个库。请检查 DATABASE_URL 末尾的库名。"""

    english = (
        "The server {place} has no database {name!r}. Check the name at the end of DATABASE_URL."
    )
    exit_status: ClassVar[int] = 2


class NoLogInDatabase(Failure):
    """数据库 {place} 的“{name}”库里没有日志的表。请检查 DATABASE_URL 末尾的库名，或先在这个库上执行 tian up。"""

    english = (
        "The database {name!r} at {place} has no tables of a log. Check the name at the end of "
        "DATABASE_URL, or first run `tian up` on it."
    )
    exit_status: ClassVar[int] = 2
