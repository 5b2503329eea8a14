"""A witness: somebody else, with a key of their own, who remembers what a log has shown and signs what follows."""

import fcntl
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from eventlog.bundles.layout import Place
from eventlog.bundles.reading import Bundle, BundleRefused
from eventlog.proving.checkpoints import Checkpoint, opened
from eventlog.proving.fetching import FetchedTree, TileMissing
from eventlog.proving.keys import LogKey, NotALogKey, hashing_of, new_log_key, with_second_origin
from eventlog.proving.notes import Note, NoteRefused, Signer
from eventlog.proving.tiles import Tile
from eventlog.proving.witnessing import OlderThanSeen, SplitView, followed
from tian.document_failures import CannotWrite
from tian.home import Home, write_private
from tian.language import either
from tian.proof_failures import BundleDamaged, NotACheckpoint, NotRead, WitnessRefuses
from tian.trusting import district_of, read_document, trusted_keys
from tian.witness_memory import Memory

DEFAULT_NAME = "tian.local/witness"
TIMEOUT_SECONDS = 30.0


@dataclass(frozen=True)
class WitnessWishes:
    """What to witness, as whom, and what to do with the signature."""

    source: str
    key: Path
    name: str
    log_keys: Sequence[str]
    bundle: Path | None
    submit: bool = False

    @property
    def is_address(self) -> bool:
        return self.source.startswith(("http://", "https://"))

    @property
    def address(self) -> str:
        return self.source.rstrip("/")


def witness_checkpoint(wishes: WitnessWishes) -> int:
    """Sign a checkpoint if it follows from what was seen before. Raises WitnessRefuses."""
    with _alone(wishes.key):
        memory = Memory(wishes.key)
        signer = _signer(wishes, memory)
        document = _checkpoint_of(wishes)
        try:
            note = Note.parse(document)
            shown = _followed(wishes, memory, document)
        except NoteRefused as error:
            raise NotACheckpoint(
                path=wishes.source, reason=error.chinese, reason_en=error.english
            ) from error
        # First remembered, then signed: whoever dies in between has promised nothing.
        memory.keep(shown.origin, document)
        cosigned = note.signed_by(signer.cosign(note.text, int(time.time())))
    _hand_over(wishes, shown, cosigned)
    return 0


def _followed(wishes: WitnessWishes, memory: Memory, document: str) -> Checkpoint:
    shown = Checkpoint.parse(Note.parse(document).text)
    given = trusted_keys(Home.from_environment(), wishes.log_keys, [district_of(shown)])
    keys = with_second_origin(given)
    opened(document, keys)
    before = memory.seen(shown.origin)
    seen = Checkpoint.parse(Note.parse(before).text) if before else None
    try:
        return followed(seen, document, keys, _path(wishes, seen, shown))
    except OlderThanSeen as older:
        raise WitnessRefuses(
            reason=f"已见证过 {older.seen.size} 条的检查点，这一份只有 {older.shown.size} 条。",
            reason_en=f"{older.seen.size} events were witnessed, this shows {older.shown.size}.",
        ) from older
    except SplitView as view:
        evidence = memory.keep_evidence(view, [before or "", document])
        raise WitnessRefuses(
            reason=_split_zh(view, evidence), reason_en=_split_en(view, evidence)
        ) from view


def _split_zh(view: SplitView, evidence: Path) -> str:
    return (
        f"{view.shown.origin} 出示了两种历史：此前 {view.seen.size} 条、根 {view.seen.root.hex()}；"
        f"现在 {view.shown.size} 条、根 {view.shown.root.hex()}，后者不是前者的延续。"
        f"两份签名的检查点已保存在 {evidence}，请报告监督部门。"
    )


def _split_en(view: SplitView, evidence: Path) -> str:
    return f"{view}. Both signed checkpoints are kept in {evidence}; tell those who supervise."


def _path(wishes: WitnessWishes, seen: Checkpoint | None, shown: Checkpoint) -> list[bytes]:
    """The proof that what is shown follows from what was seen, from the tiles of the log."""
    if seen is None or seen.size >= shown.size:
        return []
    hashing = hashing_of(shown.origin)
    if wishes.is_address:
        tree = FetchedTree(shown.size, lambda tile: _fetched(wishes, tile), hashing)
    elif wishes.bundle is not None:
        bundle = _bundle(wishes.bundle)
        place = Place(hashing)
        tree = FetchedTree(bundle.events, lambda tile: bundle.tile(place, tile), hashing)
    else:
        raise WitnessRefuses(
            reason="没有哈希可以证明它是上一份的延续；请用 --tiles 给出证据包，或改用日志网址。",
            reason_en="nothing shows that it follows from the one before; "
            "give a bundle with --tiles, or the URL of the log.",
        )
    try:
        return tree.consistency(seen.size, shown.size)
    except TileMissing as error:
        reason = f"那里没有所需的哈希文件 {error}", f"the file of hashes {error} is not there"
        raise _not_read(wishes.source, reason) from error
    except BundleRefused as error:
        raise _not_read(wishes.source, (error.chinese, error.english)) from error


def _bundle(file: Path) -> Bundle:
    try:
        return Bundle(file)
    except BundleRefused as error:
        raise BundleDamaged(path=file, reason=error.chinese, reason_en=error.english) from error


def _checkpoint_of(wishes: WitnessWishes) -> str:
    if wishes.is_address:
        return _get(f"{wishes.address}/checkpoint").decode(errors="replace")
    return read_document(Path(wishes.source))


def _fetched(wishes: WitnessWishes, tile: Tile) -> bytes:
    return _get(f"{wishes.address}/tile/{tile.path}")


def _get(address: str) -> bytes:
    try:
        return httpx.get(address, timeout=TIMEOUT_SECONDS).raise_for_status().content
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _not_read(address, _reason_of(error)) from error


def _not_read(address: str, reason: tuple[str, str]) -> NotRead:
    return NotRead(address=address, reason=reason[0], reason_en=reason[1])


def _reason_of(error: Exception) -> tuple[str, str]:
    """Why an address did not answer as it should."""
    if isinstance(error, httpx.HTTPStatusError):
        status = error.response.status_code
        return f"对方答复 {status}", f"the answer was {status}"
    if isinstance(error, httpx.TimeoutException):
        return "没有回应", "it does not answer"
    if isinstance(error, httpx.ConnectError):
        return "连不上", "no connection came about"
    if isinstance(error, httpx.InvalidURL):
        return "不是网址", "it is no URL"
    kind = type(error).__name__
    return f"传输中断（{kind}）", f"the transfer broke off ({kind})"


def _signer(wishes: WitnessWishes, memory: Memory) -> Signer:
    """The witness's key; made, and its name remembered, when it is used the first time."""
    if not wishes.key.exists():
        write_private(wishes.key, new_log_key())
    try:
        private = LogKey.read(wishes.key.read_text(encoding="utf-8"), "").private
    except (NotALogKey, UnicodeDecodeError) as error:
        raise WitnessRefuses(
            reason=f"{wishes.key} 不是 PEM 格式的 Ed25519 私钥。",
            reason_en=f"{wishes.key} is no Ed25519 private key in PEM.",
        ) from error
    if memory.name is not None:
        return Signer(memory.name, private)
    signer = Signer(wishes.name, private)
    memory.keep("", signer.name)
    _say(f"见证方公钥 {signer.cosigner}", f"Public key of the witness: {signer.cosigner}")
    return signer


def _hand_over(wishes: WitnessWishes, shown: Checkpoint, cosigned: Note) -> None:
    if not wishes.submit:
        print(cosigned, end="")
    else:
        address = f"{wishes.address}/witness"
        try:
            httpx.post(address, content=str(cosigned), timeout=TIMEOUT_SECONDS).raise_for_status()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _not_read(address, _reason_of(error)) from error
    _say(
        f"已见证 {shown.origin} 的 {shown.size} 条。",
        f"Witnessed {shown.size} events of {shown.origin}.",
    )


def _say(chinese: str, english: str) -> None:
    """On standard error: standard output is the note."""
    print(either(chinese, english), file=sys.stderr)


@contextmanager
def _alone(key: Path) -> Iterator[None]:
    """One witness at a time has this memory. Raises CannotWrite."""
    file = key.with_name(key.name + ".lock")
    try:
        key.parent.mkdir(parents=True, exist_ok=True)
        lock = file.open("a")
    except OSError as error:
        raise CannotWrite.because(file, error) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
