"""What the terminal says of a receipt that was computed again: that it agrees, or where it does not."""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.receipt import Receipt
from evaluation.endpoints.recomputing import projector_version
from tian.language import either
from tian.printing import out

SHOWN_AT_MOST = 20


@dataclass(frozen=True)
class Wrong:
    """Something that a receipt says and the log does not."""

    chinese: str
    english: str


def print_wrong(receipt: Receipt, wrong: Sequence[Wrong]) -> None:
    console = out()
    console.print(
        either(
            f"不符：{receipt.district} {receipt.year} 年的凭据与日志有 {len(wrong)} 处不一致。",
            f"It does not agree: the receipt of {receipt.district} {receipt.year} differs from the "
            f"log in {len(wrong)} places.",
        ),
        style="bold red",
    )
    for each in wrong[:SHOWN_AT_MOST]:
        said = either(each.chinese, each.english)
        console.print(f"  {said}", style="red", markup=False, soft_wrap=True)
    if len(wrong) > SHOWN_AT_MOST:
        rest = len(wrong) - SHOWN_AT_MOST
        console.print(either(f"  另有 {rest} 处", f"  and {rest} more"), style="red")
    _print_other_rules(receipt)


def print_agreement(receipt: Receipt, *, is_signed: bool) -> None:
    console, score = out(), receipt.figures.score
    points = either(f"，得分 {score.total}", f", score {score.total}") if score else ""
    console.print(
        either(
            f"相符：{receipt.district} {receipt.year} 年的指标已由日志前 {receipt.position} 条"
            f"重新算出，逐项一致{points}。",
            f"It agrees: the figures of {receipt.district} {receipt.year} follow again from the "
            f"first {receipt.position} events, every one the same{points}.",
        ),
        style="green",
        soft_wrap=True,
    )
    console.print(either(f"  根 {receipt.root}", f"  root {receipt.root}"))
    console.print(either(f"  摘要 {receipt.digest}", f"  digest {receipt.digest}"))
    if is_signed:
        signed = either("签名的检查点证明这个根", "a signed checkpoint vouches for the root")
    else:
        signed = either(
            "没有核验签名（凭据未附检查点，或没有给出公钥 --key）",
            "no signature was verified (none is in the receipt, or no --key was given)",
        )
    console.print(f"  {signed}", style=None if is_signed else "yellow")
    _print_other_rules(receipt)


def _print_other_rules(receipt: Receipt) -> None:
    if receipt.projector != projector_version():
        said = either(
            "注意：凭据由另一版程序规则算出（projector 不同），只比较凭据写明的各项",
            "note: other rules of the program computed the receipt (its projector differs); "
            "only what it tells of was compared",
        )
        out().print(f"  {said}", style="yellow", soft_wrap=True)
