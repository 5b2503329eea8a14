"""The hash of a tree: what a leaf, a node and an empty tree are under SHA-256 or SM3."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, Self

from cryptography.hazmat.primitives import hashes

HASH_LENGTH = 32
LEAF = b"\x00"
NODE = b"\x01"


class Hashing(Protocol):
    """A hash under way."""

    def copy(self) -> Self: ...

    def update(self, data: bytes, /) -> None: ...

    def digest(self) -> bytes: ...


@dataclass(frozen=True)
class TreeHash:
    """RFC 6962, section 2.1: leaves and nodes are hashed apart, so one is never taken for the other."""

    name: str
    start: Callable[[bytes], Hashing]
    # A copy of a hash that has begun costs much less than a new one.
    _leaf: Hashing = field(init=False, repr=False, compare=False)
    _node: Hashing = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_leaf", self.start(LEAF))
        object.__setattr__(self, "_node", self.start(NODE))

    @property
    def empty(self) -> bytes:
        return self.digest(b"")

    def digest(self, data: bytes) -> bytes:
        return self.start(data).digest()

    def leaf(self, body: bytes) -> bytes:
        return self.leaves([body])[0]

    def node(self, left: bytes, right: bytes) -> bytes:
        hashing = self._node.copy()
        hashing.update(left + right)
        return hashing.digest()

    def leaves(self, bodies: Sequence[bytes]) -> list[bytes]:
        copy, leaves = self._leaf.copy, []
        for body in bodies:
            hashing = copy()
            hashing.update(body)
            leaves.append(hashing.digest())
        return leaves

    def parents(self, level: Sequence[bytes]) -> list[bytes]:
        """The nodes over a level of an even number of hashes."""
        copy, pairs, parents = self._node.copy, iter(level), []
        for left, right in zip(pairs, pairs, strict=True):
            hashing = copy()
            hashing.update(left + right)
            parents.append(hashing.digest())
        return parents


class Sm3OfCryptography:
    """SM3 where the OpenSSL that Python was built with has none."""

    def __init__(self, hashing: hashes.Hash) -> None:
        self._hashing = hashing

    @classmethod
    def start(cls, data: bytes) -> "Sm3OfCryptography":
        begun = cls(hashes.Hash(hashes.SM3()))
        begun.update(data)
        return begun

    def copy(self) -> "Sm3OfCryptography":
        return Sm3OfCryptography(self._hashing.copy())

    def update(self, data: bytes, /) -> None:
        self._hashing.update(data)

    def digest(self) -> bytes:
        return self._hashing.copy().finalize()


def _sm3(data: bytes) -> Hashing:
    if "sm3" in hashlib.algorithms_available:
        return hashlib.new("sm3", data)
    return Sm3OfCryptography.start(data)


SHA256 = TreeHash("sha256", hashlib.sha256)
SM3 = TreeHash("sm3", _sm3)
HASHINGS = {each.name: each for each in (SHA256, SM3)}
