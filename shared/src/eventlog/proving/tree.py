"""A growing Merkle tree, of which only the frontier is kept."""

from collections.abc import Iterable, Sequence

from eventlog.proving.hashing import SHA256, TreeHash


class Frontier:
    """The roots of the complete subtrees that make up a tree of `size` leaves.

    At most one for each bit of the size, so the state stays small however long the log is.
    """

    def __init__(self, hashing: TreeHash = SHA256) -> None:
        self.hashing = hashing
        self.size = 0
        self._roots: list[bytes | None] = []

    def copy(self) -> "Frontier":
        twin = Frontier(self.hashing)
        twin.size, twin._roots = self.size, list(self._roots)
        return twin

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Append leaf hashes, level by level: what has no neighbour yet waits at its level."""
        rising, level = list(leaves), 0
        while rising:
            if level == len(self._roots):
                self._roots.append(None)
            waiting = self._roots[level]
            if waiting is not None:
                rising.insert(0, waiting)
            self._roots[level] = rising.pop() if len(rising) % 2 else None
            rising = self.hashing.parents(rising)
            level += 1
        self.size += len(leaves)

    def root(self) -> bytes:
        """The Merkle tree hash of all leaves so far."""
        root: bytes | None = None
        for left in self._roots:
            if left is not None:
                root = left if root is None else self.hashing.node(left, root)
        return self.hashing.empty if root is None else root


def root_of(leaves: Iterable[bytes], hashing: TreeHash = SHA256) -> bytes:
    """The Merkle tree hash over leaf hashes."""
    frontier = Frontier(hashing)
    frontier.extend(list(leaves))
    return frontier.root()
