"""All trees up to 300 leaves: every proof accepted, every altered one refused, equal to the RFC's words.

TIAN_PROOF_LEAVES says up to which size every single bit of every proof is altered; above it, one bit
of each proof. 300 is the full form and takes hours.
"""

import hashlib
import os
import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlog.proving.hashing import SHA256, SM3, TreeHash
from eventlog.proving.paths import (
    consistency_ranges,
    inclusion_ranges,
    is_consistent,
    is_included,
)
from eventlog.proving.tree import Frontier, root_of
from tests.eventlog.proving.recursion import Recursion

LARGEST = 300
EVERY_BIT_UP_TO = int(os.environ.get("TIAN_PROOF_LEAVES", "20"))
BODIES = [b"leaf %d" % number for number in range(LARGEST)]
LEAVES = SHA256.leaves(BODIES)
RFC = Recursion(BODIES)


@cache
def subtree(start: int, end: int) -> bytes:
    return root_of(LEAVES[start:end])


def inclusion(index: int, size: int) -> list[bytes]:
    return [subtree(*each) for each in inclusion_ranges(index, size)]


def consistency(first: int, second: int) -> list[bytes]:
    return [subtree(*each) for each in consistency_ranges(first, second)]


def all_inclusions(largest: int) -> Iterator[tuple[int, int]]:
    return ((index, size) for size in range(1, largest + 1) for index in range(size))


def all_growths(largest: int) -> Iterator[tuple[int, int]]:
    return ((first, second) for second in range(largest + 1) for first in range(second + 1))


def flipped(hashes: Sequence[bytes], bit: int) -> list[bytes]:
    at, within = divmod(bit, 256)
    altered = bytearray(hashes[at])
    altered[within // 8] ^= 1 << within % 8
    return [*hashes[:at], bytes(altered), *hashes[at + 1 :]]


def test_the_empty_tree_is_the_hash_of_nothing() -> None:
    assert Frontier().root() == hashlib.sha256(b"").digest()
    assert Frontier().root().hex().startswith("e3b0c44298fc1c149afbf4c8996fb924")


def test_small_trees_are_what_one_computes_by_hand() -> None:
    def h(data: bytes) -> bytes:
        return hashlib.sha256(data).digest()

    a, b, c = (h(b"\x00" + letter) for letter in (b"a", b"b", b"c"))
    assert root_of([a]) == a
    assert root_of([a, b]) == h(b"\x01" + a + b)
    assert root_of([a, b, c]) == h(b"\x01" + h(b"\x01" + a + b) + c)


def test_the_last_leaf_twice_is_another_tree() -> None:
    assert root_of(LEAVES[:3]) != root_of([*LEAVES[:3], LEAVES[2]])


def test_a_node_is_not_taken_for_a_leaf() -> None:
    inner = SHA256.node(LEAVES[0], LEAVES[1])
    assert SHA256.leaf(LEAVES[0] + LEAVES[1]) != inner


def test_sm3_gives_the_digest_of_its_standard() -> None:
    digest = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert SM3.digest(b"abc").hex() == digest


@pytest.mark.parametrize("hashing", [SHA256, SM3], ids=lambda hashing: hashing.name)
def test_every_root_is_that_of_the_definition(hashing: TreeHash) -> None:
    recursion = Recursion(BODIES, hashing.name)
    growing = Frontier(hashing)
    for size, body in enumerate(BODIES):
        assert growing.root() == recursion.mth(0, size)
        growing.extend([hashing.leaf(body)])
    assert growing.root() == recursion.mth(0, LARGEST)


@given(st.lists(st.integers(min_value=0, max_value=90), max_size=8))
def test_a_tree_grows_alike_in_steps_of_any_size(steps: list[int]) -> None:
    growing = Frontier()
    for step in steps:
        end = min(growing.size + step, LARGEST)
        growing.extend(LEAVES[growing.size : end])
        assert growing.root() == RFC.mth(0, end)
        assert growing.copy().root() == growing.root()


def test_every_inclusion_proof_is_that_of_the_definition_and_accepted() -> None:
    for index, size in all_inclusions(LARGEST):
        path = inclusion(index, size)
        assert path == RFC.path(index, 0, size)
        assert is_included(LEAVES[index], index, size, path, subtree(0, size))


def test_every_consistency_proof_is_that_of_the_definition_and_accepted() -> None:
    for first, second in all_growths(LARGEST):
        path = consistency(first, second)
        if first:
            assert path == RFC.proof(first, second)
        assert is_consistent(first, second, subtree(0, first), subtree(0, second), path)


def test_every_single_bit_of_a_small_proof_matters() -> None:
    for index, size in all_inclusions(EVERY_BIT_UP_TO):
        claim = [LEAVES[index], *inclusion(index, size), subtree(0, size)]
        for bit in range(256 * len(claim)):
            leaf, *path, root = flipped(claim, bit)
            assert not is_included(leaf, index, size, path, root), (index, size, bit)
    for first, second in all_growths(EVERY_BIT_UP_TO):
        if first == 0:
            continue  # every tree grows from the empty one
        claim = [subtree(0, first), *consistency(first, second), subtree(0, second)]
        for bit in range(256 * len(claim)):
            before, *path, after = flipped(claim, bit)
            assert not is_consistent(first, second, before, after, path), (first, second, bit)


def test_a_bit_of_each_proof_matters() -> None:
    choice = random.Random(20240104)
    for index, size in all_inclusions(LARGEST):
        claim = [LEAVES[index], *inclusion(index, size), subtree(0, size)]
        bit = choice.randrange(256 * len(claim))
        leaf, *path, root = flipped(claim, bit)
        assert not is_included(leaf, index, size, path, root), (index, size, bit)
    for first, second in all_growths(LARGEST):
        if first == 0:
            continue  # every tree grows from the empty one
        claim = [subtree(0, first), *consistency(first, second), subtree(0, second)]
        bit = choice.randrange(256 * len(claim))
        before, *path, after = flipped(claim, bit)
        assert not is_consistent(first, second, before, after, path), (first, second, bit)


@pytest.mark.parametrize("hashing", [SHA256, SM3], ids=lambda hashing: hashing.name)
@pytest.mark.parametrize("change", ["dropped", "doubled", "swapped"])
def test_a_path_of_another_shape_is_refused(change: str, hashing: TreeHash) -> None:
    leaves = hashing.leaves(BODIES[:70])
    for first, second in all_growths(70):
        path = [
            root_of(leaves[start:end], hashing) for start, end in consistency_ranges(first, second)
        ]
        if first == 0 or len(path) < 2:
            continue
        altered = {
            "dropped": path[:-1],
            "doubled": [*path, path[-1]],
            "swapped": [path[1], path[0], *path[2:]],
        }[change]
        roots = root_of(leaves[:first], hashing), root_of(leaves[:second], hashing)
        assert is_consistent(first, second, *roots, path, hashing=hashing)
        assert not is_consistent(first, second, *roots, altered, hashing=hashing)


@given(st.data())
def test_a_proof_of_something_else_is_refused(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, LARGEST))
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(-1, LARGEST).filter(lambda other: other != index))
    path, root = inclusion(index, size), subtree(0, size)
    assert not is_included(LEAVES[index], other, size, path, root)
    assert not is_included(SHA256.leaf(b"another"), index, size, path, root)
    assert not is_included(LEAVES[index], index, size, [*path, root], root)
    assert not path or not is_included(LEAVES[index], index, size, path[:-1], root)


@given(st.integers(1, LARGEST), st.integers(1, LARGEST), st.integers(0, 255))
def test_a_log_that_forked_has_no_consistency_proof(one: int, other: int, bit: int) -> None:
    first, second = sorted((one, other))
    forked = flipped([LEAVES[first - 1]], bit)
    root = root_of([*LEAVES[: first - 1], *forked])
    path = consistency(first, second)
    assert not is_consistent(first, second, root, subtree(0, second), path)


def test_a_tree_does_not_shrink() -> None:
    assert not is_consistent(7, 5, subtree(0, 7), subtree(0, 5), consistency(5, 7))


@pytest.mark.parametrize("ask", [lambda: inclusion_ranges(5, 5), lambda: inclusion_ranges(-1, 5)])
def test_a_leaf_that_is_not_there_has_no_proof(ask: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        ask()


def test_no_proof_is_made_for_a_tree_that_shrank() -> None:
    with pytest.raises(ValueError, match="does not grow"):
        consistency_ranges(7, 5)
