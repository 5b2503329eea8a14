"""What the operating system says no to, in the two languages, instead of its own English words."""

import errno
from collections.abc import Mapping
from types import MappingProxyType

NO_PERMISSION = ("没有权限", "permission is denied")
REASONS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        errno.ENOENT: ("文件夹或文件不存在", "there is no such folder or file"),
        errno.EISDIR: ("那是一个文件夹", "it is a folder"),
        errno.ENOTDIR: ("路径中有一段不是文件夹", "a part of the path is no folder"),
        errno.EACCES: NO_PERMISSION,
        errno.EPERM: NO_PERMISSION,
        errno.EEXIST: ("那里已有同名的文件", "a file of that name is there"),
        errno.EROFS: ("磁盘只读", "the disk is read-only"),
        errno.ENOSPC: ("磁盘已满", "the disk is full"),
        errno.ENAMETOOLONG: ("文件名太长", "the name is too long"),
    }
)


def reason_of(error: OSError) -> tuple[str, str]:
    """Why it failed, in Chinese and in English; by its number where it is a rare one."""
    number = error.errno or 0
    return REASONS.get(number, (f"系统错误 {number}", f"system error {number}"))
