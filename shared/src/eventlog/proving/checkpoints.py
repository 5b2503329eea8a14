"""C2SP checkpoints: which log, how many events, and the root over all of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from eventlog.proving.hashing import HASH_LENGTH
from eventlog.proving.notes import Note, NoteRefused, Signer, VerifierKey, decoded, encoded

NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
LINES_AT_LEAST = 3


@dataclass(frozen=True)
class Checkpoint:
    """What a log says of itself at one size. It has no extension lines: nobody could audit them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{encoded(self.root)}\n"

    def signed(self, signer: Signer) -> Note:
        return Note(self.text, (signer.sign(self.text),))

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read the text of a note. Raises NoteRefused where it is no checkpoint."""
        lines = text.removesuffix("\n").split("\n")
        if len(lines) < LINES_AT_LEAST or not all(lines) or not NUMBER.fullmatch(lines[1]):
            raise NoteRefused("它不是检查点", "this is not a checkpoint")
        try:
            root = decoded(lines[2])
        except ValueError as error:
            raise NoteRefused(
                "检查点里的根不是 base64", "the root of a checkpoint is not base64"
            ) from error
        if len(root) != HASH_LENGTH:
            raise NoteRefused("检查点里的根不是哈希", "the root of a checkpoint is not a hash")
        return cls(lines[0], int(lines[1]), root)


def opened(document: str, keys: Sequence[VerifierKey]) -> Checkpoint:
    """A signed checkpoint that a trusted log key signed under its own origin. Raises NoteRefused."""
    note = Note.parse(document)
    checkpoint = Checkpoint.parse(note.text)
    note.verified([key for key in keys if key.name == checkpoint.origin])
    return checkpoint
