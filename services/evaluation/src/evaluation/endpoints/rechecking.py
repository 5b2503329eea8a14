"""A receipt computed again from the stored log over HTTP: equal, or what differs and from which event."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from fastapi import APIRouter, File, UploadFile
from pydantic import ValidationError

from contracts.receipt import Receipt, read_receipt
from contracts.recomputing import AlteredEvent, ReceiptDifference, Recomputed
from contracts.refusal import Refused
from evaluation.decisions.agreeing import disagreements
from evaluation.endpoints.readers import READERS_OF_ALL_CASES
from evaluation.endpoints.recomputing import (
    NotAnEvent,
    Replay,
    projector_version,
    rulebook_differences,
)
from eventlog import EventLog
from eventlog.auditing import Audit
from eventlog.covering import Cover
from eventlog.proving.hashing import SHA256
from eventlog.proving.keys import LogKey
from eventlog.proving.notes import NoteRefused, VerifierKey
from eventlog.proving.tree import Frontier
from eventlog.readmodels import UnknownEvent
from hosting.signing import SignedIn, require_role

EVENTS_AT_ONCE = 1_000

AuditOf = Callable[[str, Sequence[VerifierKey]], Awaitable[Audit]]


class OfAnotherDistrict(Refused):
    """这份凭据是“{found}”的，不是“{wanted}”的。请到该区的页面重算。"""

    english: ClassVar[str] = (
        "This receipt is of {found}, not of {wanted}. Compute it again on that district's page."
    )


class OfALongerLog(Refused):
    """凭据截至日志第 {position} 条，本区日志只有 {found} 条。请核对凭据是否被改过；没有改过的，请核验日志是否被截短。"""

    english: ClassVar[str] = (
        "The receipt is of the first {position} events, and the district's log has {found}. See"
        " whether the receipt was altered; if not, have the log verified: it may have been cut short."
    )


class LogUnreadable(Refused):
    """日志第 {position} 条附近有读不出来的记录，不能由它算出指标。请先核验日志。"""

    english: ClassVar[str] = (
        "An event of the log near position {position} cannot be read, so no figures follow from it."
        " Have the log verified first."
    )


@dataclass(frozen=True)
class Rechecking:
    """Computes receipts again from the stored log, one at a time: each reads the whole log."""

    log: EventLog
    key: LogKey | None
    audit_of: AuditOf
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def again(self, district: str, receipt: Receipt) -> Recomputed:
        """Raises OfAnotherDistrict, OfALongerLog or LogUnreadable."""
        if receipt.district != district:
            raise OfAnotherDistrict(found=receipt.district, wanted=district)
        head = await self.log.head(district)
        if receipt.position > head:
            raise OfALongerLog(position=receipt.position, found=head)
        keys = [self.key.signer(district).verifier] if self.key else []
        unvouched = _unvouched(receipt, keys)
        is_signed = bool(receipt.checkpoint and keys and not unvouched)
        async with self._one_at_a_time:
            root = await self._root(receipt)
            if root != receipt.root:
                altered = await self._first_altered(receipt, keys)
                return _of_another_log(receipt, root, unvouched, altered)
            replay = await self._replayed(receipt)
        return await _compared(receipt, replay, unvouched, is_signed=is_signed)

    async def _root(self, receipt: Receipt) -> str:
        tree = Frontier(SHA256)
        async for bodies in self._bodies(receipt):
            await asyncio.to_thread(_extend, tree, bodies)
        return tree.root().hex()

    async def _replayed(self, receipt: Receipt) -> Replay:
        replay = Replay(receipt.district)
        async for bodies in self._bodies(receipt):
            try:
                await asyncio.to_thread(replay.take, bodies)
            except (NotAnEvent, UnknownEvent, ValidationError, ValueError, Refused) as error:
                raise LogUnreadable(position=replay.position + 1) from error
        return replay

    async def _bodies(self, receipt: Receipt) -> AsyncIterator[Sequence[bytes]]:
        """The events up to the receipt's position, some at a time."""
        position = 0
        while position < receipt.position:
            left = min(EVENTS_AT_ONCE, receipt.position - position)
            found = await self.log.read_after(receipt.district, position, left)
            if not found:
                return
            position += len(found)
            yield [each.body for each in found]

    async def _first_altered(
        self, receipt: Receipt, keys: Sequence[VerifierKey]
    ) -> AlteredEvent | None:
        """The first event up to the receipt's position that is not what was stored or signed."""
        audit = await self.audit_of(receipt.district, keys)
        for each in audit.findings:
            if each.position <= receipt.position:
                return AlteredEvent(position=each.position, why=each.chinese, why_en=each.english)
        return None


def rechecking_routes(rechecking: Rechecking) -> APIRouter:
    router = APIRouter(tags=["figures"])

    @router.post("/districts/{district}/recompute")
    async def recompute(
        district: str, actor: SignedIn, file: Annotated[UploadFile, File()]
    ) -> Recomputed:
        """Compute a receipt again from the log: that it agrees, or each thing that differs.

        Where the log is not the one that the receipt is of, the first event that was altered.
        """
        require_role(actor, READERS_OF_ALL_CASES)
        receipt = await asyncio.to_thread(read_receipt, await file.read())
        return await rechecking.again(district, receipt)

    return router


def _extend(tree: Frontier, bodies: Sequence[bytes]) -> None:
    tree.extend(SHA256.leaves(bodies))


def _unvouched(receipt: Receipt, keys: Sequence[VerifierKey]) -> tuple[ReceiptDifference, ...]:
    """What is wrong with the checkpoint in the receipt, if it has one and the key is known."""
    if not receipt.checkpoint or not keys:
        return ()
    try:
        Cover(receipt.checkpoint, receipt.consistency).verified(
            receipt.position, bytes.fromhex(receipt.root), keys
        )
    except NoteRefused as error:
        return (
            ReceiptDifference(
                path="checkpoint",
                label="检查点（不能证明这个根）",
                label_en="Checkpoint (does not vouch for the root)",
                claimed=str(error),
                computed="—",
            ),
        )
    return ()


def _of_another_log(
    receipt: Receipt,
    root: str,
    unvouched: tuple[ReceiptDifference, ...],
    altered: AlteredEvent | None,
) -> Recomputed:
    """Nothing is computed from events that are not those of the receipt."""
    differing = ReceiptDifference(
        path="root", label="根", label_en="Root", claimed=receipt.root, computed=root
    )
    return Recomputed(
        district=receipt.district,
        year=receipt.year,
        position=receipt.position,
        agrees=False,
        root=root,
        digest="",
        is_signed=False,
        same_rules=receipt.projector == projector_version(),
        altered=altered,
        differences=(differing, *unvouched),
    )


async def _compared(
    receipt: Receipt,
    replay: Replay,
    unvouched: tuple[ReceiptDifference, ...],
    *,
    is_signed: bool,
) -> Recomputed:
    adopted, same_rules = replay.adopted(receipt.year), receipt.projector == projector_version()
    figures = await replay.figures(receipt.year, adopted.rulebook if adopted else None)
    of_rulebook = (
        ReceiptDifference(
            path=f"rulebook.{name}",
            label=f"规则·{name}",
            label_en=f"Rulebook: {name}",
            claimed=claimed,
            computed=computed,
        )
        for name, claimed, computed in rulebook_differences(receipt, replay)
    )
    of_figures = (
        ReceiptDifference(
            path=f"figures.{each.path}",
            label=each.name.chinese,
            label_en=each.name.english,
            claimed=each.claimed,
            computed=each.computed,
        )
        for each in disagreements(receipt.figures, figures, same_rules=same_rules)
    )
    differences = (*unvouched, *of_rulebook, *of_figures)
    used = adopted.used if adopted else None
    again = receipt.model_copy(update={"figures": figures, "rulebook": used})
    return Recomputed(
        district=receipt.district,
        year=receipt.year,
        position=receipt.position,
        agrees=not differences,
        root=receipt.root,
        digest=again.digest,
        score=str(figures.score.total) if figures.score else "",
        is_signed=is_signed,
        same_rules=same_rules,
        differences=differences,
    )
