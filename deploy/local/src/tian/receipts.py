"""`tian receipt` and `tian recompute`: what a year's figures rest on, and the same figures again."""

from collections.abc import Sequence
from pathlib import Path

from contracts.receipt import NotAReceipt, Receipt, read_receipt
from evaluation.decisions.agreeing import Disagreement, disagreements
from evaluation.endpoints.recomputing import Replay, projector_version, rulebook_differences
from eventlog.covering import Cover
from eventlog.proving.keys import with_second_origin
from eventlog.proving.notes import NoteRefused, VerifierKey
from tian.addresses import find_addresses
from tian.client import connected
from tian.database import database
from tian.document_failures import CannotWrite
from tian.failures import FileMissing
from tian.home import Home
from tian.language import either
from tian.printing_receipts import Wrong, print_agreement, print_wrong
from tian.progress import Bar, Steps
from tian.proof_failures import NoLogKey
from tian.receipt_failures import LogTooShort, OtherDistrict, ReceiptUnusable
from tian.replaying import BundledEvents, Events, StoredEvents, opened_bundle, replayed, tree_of
from tian.trusting import trusted_keys

AGREES, DISAGREES = 0, 1


async def write_receipt(district: str, year: int, as_of: str, file: Path | None) -> int:
    """Get the receipt of a year, and write its bytes to a file or to the terminal."""
    home = Home.from_environment()
    with Steps(1) as steps:
        async with connected(home, find_addresses(home), district, steps.say) as client:
            receipt = await client.figures_receipt(year, as_of=as_of)
    if file is None:
        print(receipt.canonical.decode(), end="")
        return AGREES
    _write(file, receipt.canonical)
    print(
        either(
            f"凭据已写入 {file}：日志 {receipt.position} 条，摘要 {receipt.digest}。",
            f"The receipt has been written to {file}: {receipt.position} events, "
            f"digest {receipt.digest}.",
        )
    )
    return AGREES


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise CannotWrite.because(file, error) from error


async def recompute(file: Path, bundle: Path | None, given_keys: Sequence[str]) -> int:
    """Compute a receipt again, out of a bundle or the database; the status says whether it agrees.

    Raises ReceiptUnusable, OtherDistrict, LogTooShort, CannotReplay or BundleDamaged.
    """
    receipt = _read(file)
    keys = _keys(given_keys, receipt.district)
    if bundle is not None:
        opened = opened_bundle(bundle)
        if opened.district != receipt.district:
            raise OtherDistrict(wanted=receipt.district, found=opened.district)
        return await _compare(receipt, BundledEvents(opened), keys)
    async with database(Home.from_environment()) as connection:
        return await _compare(receipt, StoredEvents(connection, receipt.district), keys)


async def _compare(receipt: Receipt, events: Events, keys: Sequence[VerifierKey]) -> int:
    wrong = [*_wrong_signature(receipt, keys)]
    with Bar(receipt.district) as bar:
        altered = await _wrong_root(receipt, events, keys, bar)
    wrong += altered
    if not altered:
        replay = await replayed(events, receipt.district, receipt.position)
        wrong += [*_wrong_rulebook(receipt, replay), *await _wrong_figures(receipt, replay)]
    if wrong:
        print_wrong(receipt, wrong)
        return DISAGREES
    print_agreement(receipt, is_signed=bool(receipt.checkpoint and keys))
    return AGREES


async def _wrong_root(
    receipt: Receipt, events: Events, keys: Sequence[VerifierKey], bar: Bar
) -> list[Wrong]:
    """Whether these are the events that the receipt is of; where not, the first that was altered."""
    tree = await tree_of(events, receipt.position)
    if tree.size == receipt.position and tree.root().hex() == receipt.root:
        return []
    audit = await events.audit(with_second_origin(keys), bar.advance)
    altered = [each for each in audit.findings if each.position <= receipt.position]
    if not altered and tree.size < receipt.position:
        raise LogTooShort(position=receipt.position, found=tree.size)
    computed = tree.root().hex()
    roots = Wrong(
        f"根：凭据写 {receipt.root}，由日志算出 {computed}",
        f"root: the receipt says {receipt.root}, the log gives {computed}",
    )
    if altered:
        first = altered[0]
        where = Wrong(
            f"日志：第一条不同的是第 {first.position} 条（{first.chinese}）",
            f"log: the first event that differs is {first.position} ({first.english})",
        )
        return [where, roots]
    intact = Wrong(
        "日志与它签过的检查点相符：凭据里的根被改过，或凭据不是这份日志的",
        "the log agrees with what it signed: the root in the receipt was altered, or the receipt is "
        "of another log",
    )
    return [roots, intact]


def _wrong_rulebook(receipt: Receipt, replay: Replay) -> list[Wrong]:
    return [
        Wrong(
            f"规则：{name} 凭据写 {claimed}，日志里采用的是 {computed}",
            f"rulebook: {name} is {claimed} in the receipt, {computed} in the log",
        )
        for name, claimed, computed in rulebook_differences(receipt, replay)
    ]


async def _wrong_figures(receipt: Receipt, replay: Replay) -> list[Wrong]:
    adopted = replay.adopted(receipt.year)
    figures = await replay.figures(receipt.year, adopted.rulebook if adopted else None)
    same_rules = receipt.projector == projector_version()
    return [_said(each) for each in disagreements(receipt.figures, figures, same_rules=same_rules)]


def _said(each: Disagreement) -> Wrong:
    return Wrong(
        f"指标：{each.name.chinese}（{each.path}）凭据写 {each.claimed}，计算为 {each.computed}",
        f"figure: {each.name.english} ({each.path}) is {each.claimed} in the receipt, "
        f"{each.computed} by computation",
    )


def _wrong_signature(receipt: Receipt, keys: Sequence[VerifierKey]) -> list[Wrong]:
    if not receipt.checkpoint or not keys:
        return []
    cover = Cover(receipt.checkpoint, receipt.consistency)
    try:
        cover.verified(receipt.position, bytes.fromhex(receipt.root), keys)
    except NoteRefused as error:
        return [
            Wrong(
                f"检查点：凭据所附的检查点不能证明这个根（{error.chinese}）",
                f"checkpoint: the one in the receipt does not vouch for its root ({error.english})",
            )
        ]
    return []


def _read(file: Path) -> Receipt:
    if not file.is_file():
        raise FileMissing(path=file)
    try:
        return read_receipt(file.read_bytes())
    except NotAReceipt as error:
        raise ReceiptUnusable(
            path=file, reason=error.chinese, reason_en=error.in_english
        ) from error


def _keys(given: Sequence[str], district: str) -> Sequence[VerifierKey]:
    """The keys that were given, or those of this place; none where there are none. Raises BadLogKey."""
    try:
        return trusted_keys(Home.from_environment(), given, [district])
    except NoLogKey:
        return ()
