"""Which subtrees prove that a leaf is in a tree, or that a tree grew from another; and the check.

RFC 9162, sections 2.1.3 and 2.1.4. Positions here count from 0, as in the RFC.
"""

from collections.abc import Sequence

from eventlog.proving.hashing import SHA256, TreeHash

Range = tuple[int, int]


def split(size: int) -> int:
    """The largest power of two below a size: where a tree of two leaves or more is divided."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """The subtrees beside a leaf's way to the root, from the leaf upwards."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    start, end = 0, size
    ranges: list[Range] = []
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def consistency_ranges(first: int, second: int) -> list[Range]:
    """The subtrees from which both the root of the first and that of the second tree follow."""
    if not 0 <= first <= second:
        raise ValueError(f"a tree of {second} does not grow from one of {first}")
    if first in (0, second):
        return []
    start, end = 0, second
    ranges: list[Range] = []
    while first != end:
        middle = start + split(end - start)
        if first <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    # A first tree that is a subtree as it stands is known to whoever asks: it is left out.
    return ([(start, end)] if start else []) + ranges[::-1]


def is_included(
    leaf: bytes,
    index: int,
    size: int,
    path: Sequence[bytes],
    root: bytes,
    *,
    hashing: TreeHash = SHA256,
) -> bool:
    """Whether a path leads from a leaf hash to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, reached = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            reached = hashing.node(sibling, reached)
            at, last = _up_from_right(at, last)
        else:
            reached = hashing.node(reached, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and reached == root


def is_consistent(
    first: int,
    second: int,
    first_root: bytes,
    second_root: bytes,
    path: Sequence[bytes],
    *,
    hashing: TreeHash = SHA256,
) -> bool:
    """Whether the second tree holds all of the first, in its order (RFC 9162, 2.1.4.2)."""
    if not 0 <= first <= second:
        return False
    if first in (0, second):
        expected = second_root if first else hashing.empty
        return not path and first_root == expected
    steps = [first_root, *path] if first & (first - 1) == 0 else list(path)
    if not steps:
        return False
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            before = hashing.node(sibling, before)
            after = hashing.node(sibling, after)
            at, last = _up_from_right(at, last)
        else:
            after = hashing.node(after, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and before == first_root and after == second_root


def _up_from_right(at: int, last: int) -> Range:
    """Climb over the levels where the right edge of the tree has no sibling."""
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last
