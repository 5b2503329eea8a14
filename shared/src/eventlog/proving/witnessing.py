"""Witnesses: who signs a checkpoint only if it follows from all that they have seen of its log."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from eventlog.proving.checkpoints import Checkpoint, opened
from eventlog.proving.history import Findings, StoredCheckpoint
from eventlog.proving.keys import hashing_of
from eventlog.proving.notes import Note, NoteRefused, VerifierKey, cosigned_at
from eventlog.proving.paths import is_consistent


class SplitView(Exception):
    """A log has shown two histories of which neither follows from the other."""

    def __init__(self, seen: Checkpoint, shown: Checkpoint) -> None:
        super().__init__(
            f"{shown.origin} was seen with {seen.size} events and root {seen.root.hex()}; "
            f"its {shown.size} events with root {shown.root.hex()} do not follow from them"
        )
        self.seen = seen
        self.shown = shown


class OlderThanSeen(Exception):
    """A checkpoint is older than what the witness has seen, and no proof leads back to it."""

    def __init__(self, seen: Checkpoint, shown: Checkpoint) -> None:
        super().__init__(f"{seen.size} events of {shown.origin} were seen, this shows {shown.size}")
        self.seen = seen
        self.shown = shown


def followed(
    seen: Checkpoint | None, document: str, keys: Sequence[VerifierKey], path: Sequence[bytes]
) -> Checkpoint:
    """The checkpoint that a note shows, if a path proves that it follows from the one seen before.

    Raises NoteRefused, OlderThanSeen or SplitView.
    """
    shown = opened(document, keys)
    if seen is None:
        return shown
    if shown.size < seen.size:
        raise OlderThanSeen(seen, shown)
    hashing = hashing_of(shown.origin)
    if not is_consistent(seen.size, shown.size, seen.root, shown.root, path, hashing=hashing):
        raise SplitView(seen, shown)
    return shown


@dataclass
class Witnessed:
    """Which of the checkpoints of a log were signed by the witnesses whom an auditor trusts."""

    keys: Sequence[VerifierKey]
    findings: Findings
    newest: dict[str, tuple[int, int]] = field(default_factory=dict)

    def look_at(self, stored: StoredCheckpoint) -> None:
        try:
            note = Note.parse(stored.note)
        except NoteRefused:
            return  # The history has said so.
        for key in self.keys:
            lines = [line for line in note.signatures if line.is_by(key)]
            if not lines:
                continue
            if key.accepts(note.text, lines[0].signature):
                self.newest[key.name] = stored.size, cosigned_at(lines[0].signature)
            else:
                self.findings.add(
                    stored.size,
                    f"{stored.size} 条的检查点上，{key.name} 的见证签名是假的",
                    f"the signature of {key.name} below the checkpoint of {stored.size} is false",
                )

    def end(self) -> None:
        for key in self.keys:
            if key.name not in self.newest:
                self.findings.add(
                    1,
                    f"没有一个检查点经 {key.name} 见证",
                    f"no checkpoint was witnessed by {key.name}",
                )
