"""C2SP signed notes: a text with Ed25519 signatures, of the log and of those who cosign it."""

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PLAIN = 0x01
COSIGNATURE = 0x04
SIGNATURES_AT_MOST = 64
KEY_ID_LENGTH = 4
PUBLIC_KEY_LENGTH = 32
TIME_LENGTH = 8
FORBIDDEN_IN_TEXT = re.compile(r"[\x00-\x09\x0b-\x1f]")
NAME = re.compile(r"[^\s+]+")
BAD_LINE = ("其中没有格式正确的签名行", "a signature line is not well formed")


class NoteRefused(Exception):
    """A note that is not well formed, or not signed by a trusted key; says why in two languages."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(english)
        self.chinese = chinese
        self.english = english


@dataclass(frozen=True)
class VerifierKey:
    """A public key as C2SP writes it: name, key id, kind of signature and 32 bytes."""

    name: str
    kind: int
    public: bytes

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"not a key name: {self.name!r}")
        if self.kind not in (PLAIN, COSIGNATURE):
            raise ValueError("only Ed25519 signatures and cosignatures are known here")

    @property
    def key_id(self) -> bytes:
        seed = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(seed).digest()[:KEY_ID_LENGTH]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{encoded(bytes([self.kind]) + self.public)}"

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Read `name+id+key`. Raises ValueError where it is none, or its id is not that of the key."""
        name, key_id, material = text.strip().split("+", 2)
        raw = decoded(material)
        if len(raw) != 1 + PUBLIC_KEY_LENGTH:
            raise ValueError("a key has 32 bytes")
        key = cls(name, raw[0], raw[1:])
        if key.key_id.hex() != key_id:
            raise ValueError("the key id is not that of the key")
        return key

    def accepts(self, text: str, signature: bytes) -> bool:
        """Whether a signature over a text is by this key."""
        message = text.encode()
        if self.kind == COSIGNATURE:
            time, signature = signature[:TIME_LENGTH], signature[TIME_LENGTH:]
            message = cosigned(text, int.from_bytes(time, "big"))
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Signature:
    """One line below a note."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"— {self.name} {encoded(self.key_id + self.signature)}"

    def is_by(self, key: VerifierKey) -> bool:
        """Whether it says that it is by this key."""
        return (self.name, self.key_id) == (key.name, key.key_id)


@dataclass(frozen=True)
class Note:
    """A text that ends with a newline, and the signatures below it."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{line}\n" for line in self.signatures)

    def signed_by(self, *signatures: Signature) -> "Note":
        """The same note with more signatures; who has signed does not sign again."""
        present = {(line.name, line.key_id) for line in self.signatures}
        new = [line for line in signatures if (line.name, line.key_id) not in present]
        return Note(self.text, (*self.signatures, *new))

    def verified(self, keys: Sequence[VerifierKey]) -> tuple[VerifierKey, ...]:
        """The trusted keys that signed. Raises NoteRefused if none did, or one of them wrongly."""
        known = {(key.name, key.key_id): key for key in keys}
        signers: list[VerifierKey] = []
        for line in self.signatures:
            key = known.get((line.name, line.key_id))
            if key is None or key in signers:
                continue
            if not key.accepts(self.text, line.signature):
                raise NoteRefused(f"{key.name} 的签名不对", f"the signature of {key.name} is wrong")
            signers.append(key)
        if not signers:
            raise NoteRefused("没有可信公钥的签名", "no trusted key has signed this")
        return tuple(signers)

    @classmethod
    def parse(cls, document: str) -> "Note":
        """Read a note. Raises NoteRefused where it is not well formed."""
        text, blank, lines = document.rpartition("\n\n")
        if not blank or not lines.endswith("\n") or FORBIDDEN_IN_TEXT.search(document):
            raise NoteRefused("它不是签过名的检查点", "this is not a signed note")
        signatures = lines[:-1].split("\n")
        if len(signatures) > SIGNATURES_AT_MOST:
            raise NoteRefused("签名太多", "the note has too many signatures")
        return cls(text + "\n", tuple(_signature(line) for line in signatures))


@dataclass(frozen=True)
class Signer:
    """A private key under a name."""

    name: str
    private: Ed25519PrivateKey

    @property
    def verifier(self) -> VerifierKey:
        return VerifierKey(self.name, PLAIN, self.private.public_key().public_bytes_raw())

    @property
    def cosigner(self) -> VerifierKey:
        return VerifierKey(self.name, COSIGNATURE, self.private.public_key().public_bytes_raw())

    def sign(self, text: str) -> Signature:
        return Signature(self.name, self.verifier.key_id, self.private.sign(text.encode()))

    def cosign(self, text: str, at_posix_seconds: int) -> Signature:
        """Witness a checkpoint: `cosignature/v1`, with the time it was seen."""
        signed = self.private.sign(cosigned(text, at_posix_seconds))
        time = at_posix_seconds.to_bytes(TIME_LENGTH, "big")
        return Signature(self.name, self.cosigner.key_id, time + signed)


def cosigned_at(signature: bytes) -> int:
    """When a witness says that it saw the checkpoint, in seconds since 1970."""
    return int.from_bytes(signature[:TIME_LENGTH], "big")


def cosigned(text: str, at_posix_seconds: int) -> bytes:
    return f"cosignature/v1\ntime {at_posix_seconds}\n{text}".encode()


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def decoded(text: str) -> bytes:
    """The bytes of canonical base64. Raises ValueError for any other spelling of them."""
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if encoded(data) != text:
        raise ValueError("not canonical base64")
    return data


def _signature(line: str) -> Signature:
    parts = line.split(" ")
    try:
        dash, name, material = parts
        raw = decoded(material)
    except ValueError as error:
        raise NoteRefused(*BAD_LINE) from error
    if dash != "—" or not NAME.fullmatch(name) or len(raw) <= KEY_ID_LENGTH:
        raise NoteRefused(*BAD_LINE)
    return Signature(name, raw[:KEY_ID_LENGTH], raw[KEY_ID_LENGTH:])
