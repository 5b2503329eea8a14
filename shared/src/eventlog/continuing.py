"""What may be signed next: only what continues the newest checkpoint that was signed."""

from prometheus_client import Counter

from eventlog.proving.checkpoints import Checkpoint
from eventlog.proving.notes import Note, NoteRefused, Signer

SIGNED = Counter("tian_checkpoints_signed_total", "Checkpoints signed by this process")


class Contradiction(Exception):
    """日志与它签过的检查点不符，不再签发；请用 tian verify 查明。 / The log contradicts a checkpoint it signed; nothing more is signed for it. Run `tian verify`."""


def signed_before(signer: Signer, document: str) -> Checkpoint:
    """What an earlier checkpoint says. It may be signed by an older key, but not wrongly by ours.

    Raises Contradiction.
    """
    verifier = signer.verifier
    try:
        note = Note.parse(document)
        if any(line.key_id == verifier.key_id for line in note.signatures):
            note.verified([verifier])
        return Checkpoint.parse(note.text)
    except NoteRefused as error:
        raise Contradiction(f"the newest checkpoint was altered: {error}") from error
