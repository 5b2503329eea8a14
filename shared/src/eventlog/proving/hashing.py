"""The hash of a tree: what a leaf, a node and an empty tree are under SHA-256 or SM3."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes

HASH_LENGTH = 32
LEAF = b"\x00"
NODE = b"\x01"


@dataclass(frozen=True)
class TreeHash:
    """RFC 6962, section 2.1: leaves and nodes are hashed apart, so one is never taken for the other."""

    name: str
    digest: Callable[[bytes], bytes]

    @property
    def empty(self) -> bytes:
        return self.digest(b"")

    def leaf(self, body: bytes) -> bytes:
        return self.digest(LEAF + body)

    def node(self, left: bytes, right: bytes) -> bytes:
        return self.digest(NODE + left + right)

    def leaves(self, bodies: Sequence[bytes]) -> list[bytes]:
        digest = self.digest
        return [digest(LEAF + body) for body in bodies]

    def parents(self, level: Sequence[bytes]) -> list[bytes]:
        """The nodes over a level of an even number of hashes."""
        digest, pairs = self.digest, iter(level)
        return [digest(NODE + left + right) for left, right in zip(pairs, pairs, strict=True)]


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _sm3(data: bytes) -> bytes:
    # Not hashlib: an OpenSSL may be built without it.
    hashing = hashes.Hash(hashes.SM3())
    hashing.update(data)
    return hashing.finalize()


SHA256 = TreeHash("sha256", _sha256)
SM3 = TreeHash("sm3", _sm3)
