"""A receipt: a year's figures with everything that anybody needs to compute them again."""

import hashlib
import json
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StringConstraints, ValidationError

from contracts.figures import Figure, Figures
from contracts.filling_in import in_one, misfilled
from contracts.refusal import Refused

FORMAT = "tian-receipt/1"

HexHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Position = Annotated[int, Field(ge=0, lt=2**63)]


class NotAReceipt(Refused):
    """这不是 Tian 的凭据：{reason}。请用 tian receipt 取得的原文件。"""

    english: ClassVar[str] = (
        "This is not a receipt of Tian: {reason_en}. Give the file as `tian receipt` wrote it."
    )


class RulebookUsed(Figure):
    """The rulebook that figures were computed under; its text is the event at `position`."""

    rulebook_id: str
    version: int
    sha256: HexHash
    position: Position


class Receipt(Figure):
    """Figures, the log and the rules that they follow from, and who vouches for that log.

    `position` is the size of the district's log, `root` the SHA-256 Merkle tree hash over its first
    `position` events (RFC 6962). `projector` is the hash of the program's own rules. `checkpoint`
    is the oldest signed checkpoint that covers the position, `consistency` the proof that its tree
    grew from this one (RFC 9162, section 2.1.4; base64); both are empty where nothing is signed.
    """

    format: Literal["tian-receipt/1"] = "tian-receipt/1"
    district: str
    year: int
    position: Position
    root: HexHash
    rulebook: RulebookUsed | None
    projector: HexHash
    figures: Figures
    checkpoint: str = ""
    consistency: tuple[str, ...] = ()

    @property
    def canonical(self) -> bytes:
        """The bytes of the file: JSON in UTF-8, keys sorted, amounts as exact decimals in text."""
        return _canonical(self.model_dump(mode="json"))

    @property
    def digest(self) -> str:
        """The SHA-256 of what it says; who signed for the log and which program computed is left out.

        So whoever computes the same figures from the same log gets the same digest.
        """
        vouching = {"projector", "checkpoint", "consistency"}
        said = _canonical(self.model_dump(mode="json", exclude=vouching))
        return hashlib.sha256(said).hexdigest()


def read_receipt(content: bytes) -> Receipt:
    """Raises NotAReceipt."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NotAReceipt(reason="不是 JSON 文件", reason_en="it is no JSON file") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise NotAReceipt(
            reason=f"缺少“format: {FORMAT}”", reason_en=f"it has no `format: {FORMAT}`"
        )
    try:
        return Receipt.model_validate_json(content)
    except ValidationError as error:
        found = misfilled(error.errors(include_url=False))
        raise NotAReceipt(
            reason=in_one([each.sentence(f"“{each.field}”") for each in found], "；", ""),
            reason_en=in_one([each.sentence_in_english(each.field) for each in found], "; ", ""),
        ) from error


def _canonical(document: dict[str, Any]) -> bytes:
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"
