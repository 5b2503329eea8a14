"""The key of a log: one private key, under the origin of each district."""

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from eventlog.proving.hashing import SHA256, SM3, TreeHash
from eventlog.proving.notes import Signer, VerifierKey

DEFAULT_ORIGIN = "tian.local/log"
SM3_PLACE = "sm3"


class NotALogKey(Exception):
    """日志密钥必须是 PEM 格式（PKCS #8）的 Ed25519 私钥。 / The key of a log is an Ed25519 private key, PKCS #8 in PEM."""


@dataclass(frozen=True)
class LogKey:
    """Signs the checkpoints of every district: `prefix/district`, and `prefix/sm3/district`."""

    private: Ed25519PrivateKey
    prefix: str

    def signer(self, district: str, hashing: TreeHash = SHA256) -> Signer:
        place = f"{self.prefix}/{SM3_PLACE}" if hashing is SM3 else self.prefix
        return Signer(f"{place}/{district}", self.private)

    def verifiers(
        self, districts: Sequence[str], hashings: Sequence[TreeHash] = (SHA256,)
    ) -> list[VerifierKey]:
        return [
            self.signer(district, hashing).verifier
            for district in districts
            for hashing in hashings
        ]

    @classmethod
    def read(cls, pem: str, prefix: str) -> "LogKey":
        """Read a private key, PKCS #8 in PEM. Raises NotALogKey."""
        try:
            private = load_pem_private_key(pem.encode(), password=None)
        except (ValueError, UnsupportedAlgorithm) as error:
            raise NotALogKey from error
        if not isinstance(private, Ed25519PrivateKey):
            raise NotALogKey
        return cls(private, prefix)


def hashing_of(origin: str) -> TreeHash:
    """The hash of the tree that has this origin."""
    return SM3 if origin.split("/")[-2:-1] == [SM3_PLACE] else SHA256


def with_second_origin(keys: Sequence[VerifierKey]) -> list[VerifierKey]:
    """The keys, and each again under the name of the SM3 tree: a log has one key for both."""
    both = list(keys)
    for key in keys:
        prefix, slash, district = key.name.rpartition("/")
        if slash and hashing_of(key.name) is SHA256:
            both.append(VerifierKey(f"{prefix}/{SM3_PLACE}/{district}", key.kind, key.public))
    return both


def new_log_key() -> str:
    """Make a private key, as PKCS #8 in PEM."""
    private = Ed25519PrivateKey.generate()
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
