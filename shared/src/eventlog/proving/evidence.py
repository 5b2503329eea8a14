"""C2SP tlog-proof: one text file that proves one event, to be checked without us and without network."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from eventlog.proving.checkpoints import NUMBER, Checkpoint, opened
from eventlog.proving.hashing import HASH_LENGTH, SHA256
from eventlog.proving.notes import NoteRefused, VerifierKey, decoded, encoded
from eventlog.proving.paths import is_included

HEADING = "c2sp.org/tlog-proof@v1"
LAYOUT = re.compile(
    rf"{re.escape(HEADING)}\n"
    r"extra (?P<extra>\S+)\n"
    r"index (?P<index>[0-9]+)\n"
    r"(?P<path>(?:\S+\n)*)"
    r"\n"
    r"(?P<checkpoint>.+)",
    re.DOTALL,
)


class ProofRefused(Exception):
    """The file is no proof, or does not prove what it says; says why in two languages."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(english)
        self.chinese = chinese
        self.english = english


@dataclass(frozen=True)
class Evidence:
    """An event's bytes (as extra data), its place counted from 0, its path, the signed checkpoint."""

    body: bytes
    index: int
    path: tuple[bytes, ...]
    checkpoint: str

    def __str__(self) -> str:
        path = "".join(f"{encoded(each)}\n" for each in self.path)
        return (
            f"{HEADING}\nextra {encoded(self.body)}\nindex {self.index}\n{path}\n{self.checkpoint}"
        )

    def verified(self, keys: Sequence[VerifierKey]) -> Checkpoint:
        """The checkpoint that holds the event. Raises ProofRefused."""
        try:
            checkpoint = opened(self.checkpoint, keys)
        except NoteRefused as error:
            raise ProofRefused(error.chinese, error.english) from error
        leaf = SHA256.leaf(self.body)
        if not is_included(leaf, self.index, checkpoint.size, self.path, checkpoint.root):
            raise ProofRefused(
                "事件不在签过名的日志里", "the event is not in the log that was signed"
            )
        return checkpoint

    @classmethod
    def parse(cls, document: str) -> "Evidence":
        """Read a proof. Raises ProofRefused where it is not well formed."""
        match = LAYOUT.fullmatch(document)
        if match is None or not NUMBER.fullmatch(match["index"]):
            raise ProofRefused("它不是事件的证明", "this is not a proof of an event")
        try:
            body = decoded(match["extra"])
            path = tuple(decoded(line) for line in match["path"].split())
        except ValueError as error:
            raise ProofRefused("证明的格式不对", "the proof is not well formed") from error
        if any(len(each) != HASH_LENGTH for each in path):
            raise ProofRefused("证明的格式不对", "the proof is not well formed")
        return cls(body, int(match["index"]), path, match["checkpoint"])
