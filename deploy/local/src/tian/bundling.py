"""Taking a log away in one file, and verifying such a file where there is neither database nor network."""

import errno
import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from contracts.catalogue import BY_TYPE
from contracts.evaluation import RulebookAdopted
from eventlog.auditing import Trust
from eventlog.bundles.auditing import BundleAudit, BundleAuditor
from eventlog.bundles.exporting import Enclosed, Exporter, NothingSigned
from eventlog.bundles.layout import VIEWER, NotOnOneLine, canonical, rulebook_file
from eventlog.bundles.reading import Bundle, BundleRefused
from eventlog.bundles.writing import BundleWriter
from eventlog.proving.keys import with_second_origin
from tian.database import database
from tian.document_failures import CannotWrite
from tian.home import Home
from tian.language import either
from tian.printing import out
from tian.progress import Bar
from tian.proof_failures import BundleDamaged, CannotExport
from tian.trusting import Given, trusted_keys
from tian.verifying import IN_ORDER, WRONG, print_audit

ADOPTION = f'"type":"{RulebookAdopted.type}"}}'.encode()
MAGIC_OF_ZIP = b"PK"


def is_bundle(file: Path) -> bool:
    """Whether a file is a bundle rather than a proof, as its first bytes say."""
    if file.is_dir():
        return True
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return opened.read(len(MAGIC_OF_ZIP)) == MAGIC_OF_ZIP


async def export_bundle(district: str, file: Path | None, given: Given) -> int:
    """Write the bundle of a district. Raises CannotExport or CannotWrite."""
    home = Home.from_environment()
    file = file or Path(f"{district}.zip")
    keys = with_second_origin(trusted_keys(home, given.keys, [district]))
    enclosed = Enclosed(
        list(_documents()), [key for key in keys if key.name.endswith(f"/{district}")], rulebook_in
    )
    async with database(home) as connection:
        with Bar(district) as bar, _writer(file) as writer:
            try:
                exporter = Exporter(connection, district, writer, bar.advance)
                checkpoint = await exporter.export(enclosed)
            except NothingSigned as error:
                raise CannotExport(
                    district=district,
                    reason="还没有签名的检查点",
                    reason_en="it has no signed checkpoint yet",
                ) from error
            except NotOnOneLine as error:
                raise CannotExport(
                    district=district,
                    reason="有事件的内容含换行",
                    reason_en="an event has a line break in it",
                ) from error
    print(
        either(
            f"证据包已写入 {file}：{checkpoint.size} 条事件。解压后双击 {VIEWER} 查看。",
            f"The bundle has been written to {file}: {checkpoint.size} events. "
            f"Unpack it and open {VIEWER}.",
        )
    )
    return IN_ORDER


@contextmanager
def _writer(file: Path) -> Iterator[BundleWriter]:
    """Raises CannotWrite: at once where a folder stands in the way, or when the disk says no."""
    try:
        if file.is_dir():
            raise IsADirectoryError(errno.EISDIR, "", file)
        with BundleWriter(file) as writer:
            yield writer
    except ConnectionError:
        raise  # It was the database that went away.
    except OSError as error:
        raise CannotWrite.because(file, error) from error


def verify_bundle(file: Path, given: Given) -> int:
    """Verify a bundle; the status says whether all is in order. Raises BundleDamaged."""
    home = Home.from_environment()
    try:
        bundle = Bundle(file)
        kept = given.kept(home).get(bundle.district, [])
        keys = trusted_keys(home, given.keys, [bundle.district])
        trust = Trust(keys, kept, witnesses=given.witnesses())
        with Bar(bundle.district) as bar:
            found = BundleAuditor(bundle, trust, rulebook_in, bar.advance).audit()
    except BundleRefused as error:
        raise BundleDamaged(path=file, reason=error.chinese, reason_en=error.english) from error
    print_audit(found.audit, kept, is_all=not found.wrong_files)
    _print_files(found, bundle)
    return IN_ORDER if found.is_in_order else WRONG


def rulebook_in(position: int, body: bytes) -> tuple[str, bytes] | None:
    """The rulebook that an event says was adopted, as a file; None for any other event."""
    if not body.endswith(ADOPTION):
        return None
    try:
        return rulebook_file(position), json.loads(body)["data"]["text"].encode()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _print_files(found: BundleAudit, bundle: Bundle) -> None:
    console = out()
    if found.wrong_files:
        count = len(found.wrong_files)
        head = either(f"  包里有误的文件 {count} 个：", f"  files of the bundle, {count} wrong:")
        console.print(head, style="bold red")
    missing, unlisted = set(bundle.missing()), set(bundle.unlisted())
    for name in found.wrong_files:
        if name in missing:
            said = either("缺失", "is missing")
        elif name in unlisted:
            said = either("清单里没有", "is not in the manifest")
        else:
            said = either("被改动", "was altered")
        console.print(f"  {name} {said}", style="red", markup=False)
    if bundle.read(VIEWER) != _shipped(VIEWER):
        console.print(
            either(
                f"  注意：{VIEWER} 不是本版本附带的那一份，它显示的结果请勿轻信",
                f"  note: {VIEWER} is not the one of this version; do not rely on what it shows",
            ),
            style="yellow",
        )


def _documents() -> Iterator[tuple[str, bytes]]:
    """What explains the events: how to read the bundle, the viewer, and a schema of each event."""
    yield "README.txt", _shipped("bundle-readme.txt")
    yield VIEWER, _shipped(VIEWER)
    for name in sorted(BY_TYPE):
        yield f"schemas/{name}.json", canonical(BY_TYPE[name].model_json_schema())


def _shipped(name: str) -> bytes:
    return files("tian").joinpath(name).read_bytes()
