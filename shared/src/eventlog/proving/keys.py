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

from eventlog.proving.notes import Signer, VerifierKey

DEFAULT_ORIGIN = "tian.local/log"


class NotALogKey(Exception):
    """日志密钥必须是 PEM 格式（PKCS #8）的 Ed25519 私钥。 / The key of a log is an Ed25519 private key, PKCS #8 in PEM."""


@dataclass(frozen=True)
class LogKey:
    """Signs the checkpoints of every district under `prefix/district`."""

    private: Ed25519PrivateKey
    prefix: str

    def signer(self, district: str) -> Signer:
        return Signer(f"{self.prefix}/{district}", self.private)

    def verifiers(self, districts: Sequence[str]) -> list[VerifierKey]:
        return [self.signer(district).verifier for district in districts]

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


def new_log_key() -> str:
    """Make a private key, as PKCS #8 in PEM."""
    private = Ed25519PrivateKey.generate()
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
