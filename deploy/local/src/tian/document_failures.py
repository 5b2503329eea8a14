"""What can go wrong with a document, each as a sentence that says what to do."""

from pathlib import Path
from typing import Self

from tian.failures import Failure
from tian.system_errors import reason_of


class FileExists(Failure):
    """文件 {path} 已经存在，没有覆盖。请用 --out 另起名称；要在它的基础上更新数字，请用 --from。"""

    english = (
        "The file {path} exists and was left as it is. Choose another name with --out; "
        "to bring its figures up to date, use --from."
    )


class CannotWrite(Failure):
    """无法写入 {path}：{reason}。请检查文件夹和权限。"""

    english = "{path} cannot be written: {reason_en}. Please check the folder and its permissions."

    @classmethod
    def because(cls, path: Path, error: OSError) -> Self:
        chinese, english = reason_of(error)
        return cls(path=path, reason=chinese, reason_en=english)


class EditedFileRefused(Failure):
    """{path}：{reason}"""

    english = "{path}: {reason_en}"


class NoOffice(Failure):
    """Word 文件已写好，但本机没有 LibreOffice（soffice），不能转成 PDF。请安装 libreoffice-writer，或用 Word、WPS 另存为 PDF。"""

    english = (
        "The Word file is there, but this machine has no LibreOffice (soffice) to make a PDF of "
        "it. Install libreoffice-writer, or save it as PDF from Word or WPS."
    )


class OfficeFailed(Failure):
    """Word 文件已写好，但 LibreOffice 没有转成 PDF：{reason}"""

    english = "The Word file is there, but LibreOffice made no PDF of it: {reason}"


class NotReadable(Failure):
    """没有检查 {path}：{reason}"""

    english = "{path} was not checked: {reason_en}"
    exit_status = 2
