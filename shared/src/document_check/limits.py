"""Files that cannot be checked, each refusal with what to do about it."""

from contracts.refusal import Refused

MOST_BYTES = 20_000_000
MOST_UNPACKED_BYTES = 80_000_000
MOST_CHARACTERS = 200_000
MOST_PAGES = 500
MOST_FIGURES = 3000


class Unreadable(Refused):
    """这份文件无法读取，可能已损坏。请重新保存为 .docx、.pdf 或 .txt 后再试。"""

    english = "This file cannot be read; it may be damaged. Save it again as .docx, .pdf or .txt."


class Encrypted(Unreadable):
    """这份文件设有密码。请取消密码保护后再试。"""

    english = "This file is protected by a password. Remove the password and try again."


class OldFormat(Unreadable):
    """这是旧版 Word 文件（.doc、.wps）。请另存为 .docx 后再试。"""

    english = "This is an old Word file (.doc, .wps). Save it as .docx and try again."


class Scanned(Unreadable):
    """这份 PDF 没有文字，可能是扫描件。请使用由 Word 导出的 PDF，或先做文字识别。"""

    english = (
        "This PDF holds no text; it may be a scan. Export it from Word, or recognise its text."
    )


class NoText(Unreadable):
    """这份文件里没有文字。请选择有内容的文件。"""

    english = "There is no text in this file. Please choose one with content."


class TooLarge(Unreadable):
    """这份文件太大（最多 20 MB、500 页、20 万字、3000 个数）。请拆分后再试。"""

    english = "This file is too large (20 MB, 500 pages, 200,000 characters, 3000 figures at most). Split it."


class NotADocument(Unreadable):
    """这不是可以检查的文件。请使用 .docx、.pdf（有文字）或 .txt。"""

    english = "This kind of file cannot be checked. Use .docx, .pdf with text, or .txt."
