"""The commands for whoever does not take our word: verify a log or a proof, prove one event."""

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import asyncpg

from contracts.receipt import FORMAT as FORMAT_OF_RECEIPT
from eventlog.auditing import Audit, Auditor, Trust
from eventlog.envelopes import identity_in
from eventlog.log import STATEMENTS
from eventlog.proving.checkpoints import Checkpoint
from eventlog.proving.evidence import HEADING, Evidence, ProofRefused
from eventlog.proving.hashing import SM3
from eventlog.proving.notes import Note, NoteRefused
from eventlog.subtrees import Subtrees
from tian.database import database
from tian.document_failures import CannotWrite
from tian.failures import Failure, NoSuchDistrict
from tian.home import Home
from tian.language import either
from tian.printing import out
from tian.progress import Bar
from tian.proof_failures import (
    ItIsACheckpoint,
    ItIsAReceipt,
    NeitherProofNorBundle,
    NoSuchEvent,
    NotAProof,
    NotSignedYet,
)
from tian.trusting import Given, district_of, read_document, trusted_keys

IN_ORDER, WRONG = 0, 1


async def verify_logs(district: str | None, given: Given) -> int:
    """Verify the log of a district, or of all; the status says whether all is in order."""
    home = Home.from_environment()
    witnesses, kept = given.witnesses(), given.kept(home)
    async with database(home) as connection:
        districts = await _districts(connection, district, kept)
        keys = trusted_keys(home, given.keys, districts)
        audits: list[Audit] = []
        for each in districts:
            with Bar(each) as bar:
                trust = Trust(keys, kept.get(each, []), witnesses=witnesses)
                audits.append(await Auditor(connection, each, trust, bar.advance).audit())
    for audit in audits:
        print_audit(audit, kept.get(audit.district, []))
    return WRONG if any(audit.findings for audit in audits) else IN_ORDER


def verify_proof(file: Path, given_keys: Sequence[str]) -> int:
    """Verify a proof file without database and network.

    Raises NotAProof, or says what the file is instead.
    """
    home, document = Home.from_environment(), read_document(file)
    if not document.startswith(HEADING):
        raise _something_else(document)(path=file)
    try:
        evidence = Evidence.parse(document)
        district = district_of(Checkpoint.parse(Note.parse(evidence.checkpoint).text))
        checkpoint = evidence.verified(trusted_keys(home, given_keys, [district]))
    except (ProofRefused, NoteRefused) as error:
        raise NotAProof(path=file, reason=error.chinese, reason_en=error.english) from error
    identity = identity_in(evidence.body)
    event = f"{identity[4]} {identity[0]} ({identity[3]})" if identity else "?"
    position = evidence.index + 1
    print(
        either(
            f"证明成立：{event} 是 {checkpoint.origin} 的第 {position} 条，"
            f"在 {checkpoint.size} 条的检查点之内。",
            f"Proven: {event} is event {position} of {checkpoint.origin}, "
            f"under its checkpoint of {checkpoint.size} events.",
        )
    )
    return IN_ORDER


def _something_else(document: str) -> type[Failure]:
    """What a file is that somebody took for a proof."""
    with suppress(NoteRefused):
        Checkpoint.parse(Note.parse(document).text)
        return ItIsACheckpoint
    with suppress(ValueError, RecursionError):
        said = json.loads(document)
        if isinstance(said, dict) and said.get("format") == FORMAT_OF_RECEIPT:
            return ItIsAReceipt
    return NeitherProofNorBundle


async def prove_event(event_id: UUID, file: Path | None) -> int:
    """Write the proof of an event. Raises NoSuchEvent, NotSignedYet or CannotWrite."""
    async with database(Home.from_environment()) as connection:
        for row in await connection.fetch(STATEMENTS["districts"]):
            district = row["district"]
            position = await connection.fetchval(
                STATEMENTS["position_of_event"], district, event_id
            )
            if position is not None:
                break
        else:
            raise NoSuchEvent(event_id=event_id)
        evidence = await Subtrees(connection).evidence(district, position)
    if evidence is None:
        raise NotSignedYet(position=position)
    _hand_over(evidence, file)
    return IN_ORDER


def _hand_over(evidence: Evidence, file: Path | None) -> None:
    if file is None:
        print(evidence, end="")
        return
    try:
        file.write_bytes(str(evidence).encode())
    except OSError as error:
        raise CannotWrite.because(file, error) from error
    print(either(f"证明已写入 {file}。", f"The proof has been written to {file}."))


def print_audit(audit: Audit, kept: Sequence[Checkpoint] = (), *, is_all: bool = True) -> None:
    """Say what an audit came to; with `is_all` false, something besides the log is still to be said."""
    console = out()
    unsigned = max(audit.events - audit.signed_up_to, 0)
    console.print(
        either(
            f"{audit.district}：{audit.events} 条事件，{audit.checkpoints} 个检查点"
            f"（末尾 {unsigned} 条尚无签名）",
            f"{audit.district}: {audit.events} events, {audit.checkpoints} checkpoints "
            f"(the last {unsigned} events are not signed yet)",
        ),
        style="bold",
    )
    console.print(either(f"  根 {audit.root.hex()}", f"  root {audit.root.hex()}"))
    if SM3.name in audit.trees:
        size = audit.trees[SM3.name]
        console.print(either(f"  SM3 树签到第 {size} 条", f"  the SM3 tree is signed up to {size}"))
    for witness, (size, seen_at) in audit.witnessed.items():
        day = datetime.fromtimestamp(seen_at, UTC).isoformat()
        console.print(
            either(
                f"  {witness} 于 {day} 见证到第 {size} 条",
                f"  {witness} witnessed {size} events at {day}",
            ),
            markup=False,
        )
    for checkpoint in kept:
        console.print(
            either(
                f"  已与另外留存的 {checkpoint.size} 条的检查点比对",
                f"  held against the checkpoint of {checkpoint.size} events kept elsewhere",
            )
        )
    if not audit.findings:
        fine = either("  全部相符", "  all in order") if is_all else _only_the_log()
        console.print(fine, style="green")
        return
    first = audit.first_wrong_position
    console.print(
        either(
            f"  从第 {first} 条起有误，共 {audit.count_of_findings} 处：",
            f"  wrong from position {first} on, {audit.count_of_findings} findings:",
        ),
        style="bold red",
    )
    for finding in audit.findings:
        console.print(
            either(
                f"  第 {finding.position} 条：{finding.chinese}",
                f"  {finding.position}: {finding.english}",
            ),
            style="red",
            markup=False,
        )


def _only_the_log() -> str:
    return either("  事件与检查点相符，但是：", "  events and checkpoints are in order, but:")


async def _districts(
    connection: asyncpg.Connection, wanted: str | None, kept: dict[str, list[Checkpoint]]
) -> list[str]:
    """The districts to verify; one of which somebody kept a checkpoint may not have vanished."""
    known = {row["district"] for row in await connection.fetch(STATEMENTS["districts_known"])}
    if wanted is None:
        return sorted(known | set(kept))
    if wanted not in known | set(kept):
        raise NoSuchDistrict(district=wanted)
    return [wanted]
