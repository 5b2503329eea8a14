"""Tiles: their paths, and that every root and proof can be had from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlog.proving.hashing import SHA256
from eventlog.proving.tiles import (
    EntryTooLong,
    Tile,
    entries_in,
    entry_bundle,
    hashes_in,
    tiles_of,
)
from eventlog.proving.tree import root_of


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "0/000"),
        (Tile(0, 273, 112), "0/273.p/112"),
        (Tile(2, 1234067), "2/x001/x234/067"),
        (Tile(None, 5, 1), "entries/005.p/1"),
    ],
)
def test_a_tile_has_the_path_of_the_specification(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert Tile.parse(path) == tile


@given(
    st.none() | st.integers(0, 63), st.integers(0, 2**63), st.integers(min_value=1, max_value=256)
)
def test_every_path_is_read_back(level: int | None, index: int, width: int) -> None:
    tile = Tile(level, index, width)
    assert Tile.parse(tile.path) == tile


@pytest.mark.parametrize(
    "path",
    ["", "0/0", "00/000", "0/x000/001", "0/001/002", "0/000.p/0", "0/000.p/256", "0/000.p/300",
     "64/000", "0/000.p/01", "-1/000", "0/000/", "entries/x01/000", "0/٠٠٠"],
)  # fmt: skip
def test_a_path_has_one_spelling(path: str) -> None:
    with pytest.raises(ValueError, match="not the path of a tile"):
        Tile.parse(path)


def test_a_tree_of_seventy_thousand_has_the_tiles_of_the_specification() -> None:
    tiles = list(tiles_of(70_000))
    assert sum(tile.level == 0 and tile.width == 256 for tile in tiles) == 273
    assert [tile.path for tile in tiles if tile.width < 256 or tile.level] == [
        "0/273.p/112",
        "1/000",
        "1/001.p/17",
        "2/000.p/1",
    ]
    assert [tile.path for tile in tiles_of(256)] == ["0/000", "1/000.p/1"]
    assert list(tiles_of(0)) == []


def test_each_hash_of_a_tile_is_the_root_of_the_tile_below() -> None:
    leaves = SHA256.leaves([b"%d" % number for number in range(1_000)])
    tiles = {
        tile.path: b"".join(root_of(leaves[start:end]) for start, end in tile.ranges())
        for tile in tiles_of(len(leaves))
    }
    below = [root_of(hashes_in(tiles[f"0/00{index}"])) for index in range(3)]
    assert hashes_in(tiles["1/000.p/3"]) == below
    rest = root_of(hashes_in(tiles["0/003.p/232"]))
    root = SHA256.node(SHA256.node(*below[:2]), SHA256.node(below[2], rest))
    assert root == root_of(leaves)


def test_a_tile_is_served_only_when_the_tree_has_all_of_it() -> None:
    assert Tile(0, 1, 44).is_in(300)
    assert not Tile(0, 1, 45).is_in(300)
    assert not Tile(1, 0, 2).is_in(300)


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_entries_are_read_back_from_a_bundle(bodies: list[bytes]) -> None:
    assert entries_in(entry_bundle(bodies)) == bodies


def test_an_entry_that_is_too_long_for_a_bundle_is_refused() -> None:
    entry_bundle([b"x" * 65_535])
    with pytest.raises(EntryTooLong):
        entry_bundle([b"x" * 65_536])
