"""Signed notes and checkpoints: what C2SP gives as an example, and everything that is not one."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from eventlog.proving.checkpoints import Checkpoint, opened
from eventlog.proving.evidence import Evidence, ProofRefused
from eventlog.proving.hashing import SHA256
from eventlog.proving.notes import Note, NoteRefused, Signer, VerifierKey
from eventlog.proving.tree import root_of

ORIGIN = "tian.example/log/longgang"
LOG = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
WITNESS = Signer("audit.example/w1", Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
BODIES = [b'{"id":"a"}', b'{"id":"b"}', b'{"id":"c"}']
LEAVES = SHA256.leaves(BODIES)
CHECKPOINT = Checkpoint(ORIGIN, 3, root_of(LEAVES))
SIGNED = str(CHECKPOINT.signed(LOG))

EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE_NOTE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3"
    "mFXmRKuwHjG1Yu72IneyaQM=\n"
)


def test_the_example_of_the_specification_is_accepted() -> None:
    key = VerifierKey.parse(EXAMPLE_KEY)
    assert str(key) == EXAMPLE_KEY
    note = Note.parse(EXAMPLE_NOTE)
    assert note.text == "This is an example message.\n"
    assert note.verified([key]) == (key,)
    assert str(note) == EXAMPLE_NOTE


def test_a_checkpoint_is_read_back_as_it_was_signed() -> None:
    assert opened(SIGNED, [LOG.verifier]) == CHECKPOINT
    assert SIGNED.startswith(f"{ORIGIN}\n3\n")


def test_every_single_bit_of_a_signed_checkpoint_matters() -> None:
    for bit in range(len(SIGNED.encode()) * 8):
        altered = bytearray(SIGNED.encode())
        altered[bit // 8] ^= 1 << bit % 8
        with pytest.raises((NoteRefused, UnicodeDecodeError)):
            opened(altered.decode(), [LOG.verifier])


def test_a_log_does_not_sign_under_another_origin() -> None:
    elsewhere = Checkpoint("tian.example/log/yantian", 3, CHECKPOINT.root).signed(LOG)
    with pytest.raises(NoteRefused, match="no trusted key"):
        opened(str(elsewhere), [LOG.verifier])


def test_signatures_of_strangers_are_passed_over() -> None:
    note = Note.parse(SIGNED).signed_by(WITNESS.sign(CHECKPOINT.text))
    assert note.verified([LOG.verifier]) == (LOG.verifier,)
    with pytest.raises(NoteRefused, match="no trusted key"):
        Note(note.text, note.signatures[1:]).verified([LOG.verifier])


def test_one_wrong_signature_of_a_trusted_key_spoils_the_note() -> None:
    wrong = WITNESS.sign("something else\n")
    note = Note.parse(SIGNED).signed_by(wrong)
    with pytest.raises(NoteRefused, match="is wrong"):
        note.verified([LOG.verifier, WITNESS.verifier])


def test_a_witness_says_when_it_saw_a_checkpoint() -> None:
    note = Note.parse(SIGNED).signed_by(WITNESS.cosign(CHECKPOINT.text, 1_700_000_000))
    keys = [LOG.verifier, WITNESS.cosigner]
    assert Note.parse(str(note)).verified(keys) == tuple(keys)
    assert note.signed_by(WITNESS.cosign(CHECKPOINT.text, 1_700_000_001)) == note
    line = note.signatures[1]
    backdated = (1_600_000_000).to_bytes(8, "big") + line.signature[8:]
    assert not WITNESS.cosigner.accepts(note.text, backdated)


@pytest.mark.parametrize(
    "document",
    [
        "",
        CHECKPOINT.text,
        SIGNED.replace("—", "-"),
        SIGNED.removesuffix("\n"),
        SIGNED.replace("\n", "\r\n"),
        SIGNED + "\n",
        SIGNED[:-1] + "=\n",
        CHECKPOINT.text + "\n" + SIGNED.splitlines()[-1] + "\n" + "x\n" * 3,
        CHECKPOINT.text + "\n" + (SIGNED.splitlines()[-1] + "\n") * 65,
        SIGNED.replace("\n3\n", "\n03\n"),
    ],
)
def test_what_is_not_a_signed_checkpoint_is_refused(document: str) -> None:
    with pytest.raises(NoteRefused):
        opened(document, [LOG.verifier])


@pytest.mark.parametrize(
    "text",
    ["", "a\n1\n", "a\n-1\nAAAA\n", "a\n1\nAAAA\n", "a\n1\n%\n", f"{CHECKPOINT.text}\n"],
)
def test_what_is_not_the_text_of_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteRefused):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "example.com/foo",
        EXAMPLE_KEY.replace("530d903a", "530d903b"),
        EXAMPLE_KEY.replace("foo", "f o"),
        EXAMPLE_KEY[:-4],
        EXAMPLE_KEY.replace("+AekyeRr", "+AukyeRr"),
    ],
)
def test_what_is_not_a_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        VerifierKey.parse(text)


def test_a_proof_file_proves_its_event_and_no_other() -> None:
    evidence = Evidence(BODIES[2], 2, (SHA256.node(*LEAVES[:2]),), SIGNED)
    assert Evidence.parse(str(evidence)) == evidence
    assert evidence.verified([LOG.verifier]) == CHECKPOINT
    for wrong in (
        Evidence(BODIES[1], 2, evidence.path, SIGNED),
        Evidence(BODIES[2], 1, evidence.path, SIGNED),
        Evidence(BODIES[2], 2, (), SIGNED),
        Evidence(BODIES[2], 2, evidence.path, SIGNED.replace("\n3\n", "\n4\n")),
    ):
        with pytest.raises(ProofRefused):
            wrong.verified([LOG.verifier])


def test_every_single_bit_of_a_proof_file_matters() -> None:
    whole = str(Evidence(BODIES[2], 2, (SHA256.node(*LEAVES[:2]),), SIGNED)).encode()
    for bit in range(8 * len(whole)):
        altered = bytearray(whole)
        altered[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ProofRefused):
            Evidence.parse(altered.decode(errors="replace")).verified([LOG.verifier])


def test_a_log_of_one_event_has_an_empty_path() -> None:
    note = str(Checkpoint(ORIGIN, 1, LEAVES[0]).signed(LOG))
    evidence = Evidence.parse(str(Evidence(BODIES[0], 0, (), note)))
    assert evidence.verified([LOG.verifier]).size == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("@v1", "@v2"),
        ("index 2", "index 02"),
        ("index 2\n", "index 2\nAAAA\n"),
        ("extra ", "extra %"),
        ("index 2\n", ""),
    ],
)
def test_a_proof_that_is_not_well_formed_is_refused(old: str, new: str) -> None:
    text = str(Evidence(BODIES[2], 2, (SHA256.node(*LEAVES[:2]),), SIGNED))
    with pytest.raises(ProofRefused):
        Evidence.parse(text.replace(old, new))
