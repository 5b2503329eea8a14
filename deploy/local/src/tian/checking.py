"""The check of a document (文稿自检) at the command line, without a running system."""

from pathlib import Path

from rich.console import Console
from rich.text import Text

from contracts.checking import Certainty, CheckedDocument, Finding
from document_check import Unreadable, check, read, text_of
from tian.document_failures import NotReadable
from tian.failures import FileMissing
from tian.language import either
from tian.printing import out
from tian.system_errors import reason_of

NOTHING_FOUND, FOUND = 0, 1
CERTAINTIES = {
    Certainty.CERTAIN: ("确定", "certain", "bold red"),
    Certainty.LIKELY: ("很可能", "likely", "yellow"),
    Certainty.DOUBTFUL: ("存疑", "doubtful", "dim"),
}


def check_document(file: Path, *, as_json: bool) -> int:
    """Check a file and print what disagrees in it. Raises FileMissing or NotReadable."""
    checked = _checked(file)
    if as_json:
        print(checked.model_dump_json(indent=2))
    else:
        _print(out(), checked)
    return FOUND if checked.findings else NOTHING_FOUND


def _checked(file: Path) -> CheckedDocument:
    try:
        content = file.read_bytes()
    except FileNotFoundError as missing:
        raise FileMissing(path=file) from missing
    except OSError as error:
        reason, reason_en = reason_of(error)
        raise NotReadable(
            path=file,
            reason=f"{reason}。请检查路径和权限。",
            reason_en=f"{reason_en}. Please check the path and its permissions.",
        ) from error
    try:
        text = text_of(content)
        document = read(text)
    except Unreadable as refused:
        raise NotReadable(
            path=file, reason=refused.chinese, reason_en=refused.in_english
        ) from refused
    return CheckedDocument(
        name=file.name,
        text=text,
        figures=len(document.quantities),
        findings=tuple(check(document)),
    )


def _print(console: Console, checked: CheckedDocument) -> None:
    count = len(checked.findings)
    console.print(
        either(
            f"{checked.name}：读出 {checked.figures} 个数，发现 {count} 处疑点。"
            if count
            else f"{checked.name}：读出 {checked.figures} 个数，没有发现矛盾。",
            f"{checked.name}: {checked.figures} figures read, {count} contradictions found."
            if count
            else f"{checked.name}: {checked.figures} figures read, no contradiction found.",
        ),
        style="bold",
        markup=False,
    )
    for number, finding in enumerate(checked.findings, 1):
        _print_finding(console, number, finding)


def _print_finding(console: Console, number: int, finding: Finding) -> None:
    chinese, english, style = CERTAINTIES[finding.certainty]
    head = Text(f"\n{number}. ")
    head.append(either(f"【{chinese}】", f"[{english}] "), style=style)
    head.append(either(finding.message, finding.message_en))
    console.print(head)
    for label, said in (
        (either("算式", "sum"), finding.arithmetic),
        (either("佐证", "support"), either(finding.support, finding.support_en)),
        (either("建议", "right"), either(finding.right, finding.right_en)),
        (either("原文", "text"), finding.sentence),
    ):
        if said:
            console.print(Text(f"   {label}{either('：', ': ')}{said}", style="dim"))
