"""The line that an error names is the line on which the key stands."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.lines import MOST_CHARACTERS_READ, KeyPath, line_of

TEXT = '''# 说明
id = "here"

[limits.lead]
months = 3
note = """
[not.a.table]
"""
[[rules]]
id = "first"
[[rules]]
id = "second"   # [[rules]]
steps = [
  { at_least = 1 },
  { at_least = 2 },
]
[rules.rate]
name = "visits"
[[rules.parts]]
weight = 1
[[rules.parts]]
weight.of = 2
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("id",), 2),
        (("limits", "lead"), 4),
        (("limits", "lead", "months"), 5),
        (("limits", "lead", "note"), 6),
        (("rules", 0, "id"), 10),
        (("rules", 1, "id"), 12),
        (("rules", 1, "steps", 1, "at_least"), 13),
        (("rules", 1, "rate", "name"), 18),
        (("rules", 1, "parts", 0, "weight"), 20),
        (("rules", 1, "parts", 1, "weight", "of"), 22),
    ],
)
def test_a_key_has_the_line_that_its_statement_begins_on(path: KeyPath, line: int) -> None:
    assert line_of(TEXT, path) == line


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("limits", "lead", "days"), 4),
        (("limits", "split"), 4),
        (("rules", 1, "points"), 11),
        (("rules", 1, "rate", "below"), 17),
        (("version",), None),
        ((), None),
    ],
)
def test_a_key_that_is_missing_has_the_line_of_the_table_it_is_missing_from(
    path: KeyPath, line: int | None
) -> None:
    assert line_of(TEXT, path) == line


def test_lines_that_end_as_on_windows_are_counted_the_same() -> None:
    assert line_of(TEXT.replace("\n", "\r\n"), ("rules", 1, "id")) == 12


def test_a_value_of_so_many_lines_that_reading_it_takes_too_long_ends_the_search() -> None:
    lines = ["a = ["] + ["  1," for _ in range(MOST_CHARACTERS_READ // 1000)] + ["]", "b = 1"]
    text = "\n".join(lines)
    assert "b" in tomllib.loads(text)
    assert line_of(text, ("b",)) is None


@given(st.text(), st.lists(st.text() | st.integers(0, 3)).map(tuple))
def test_any_text_and_any_path_give_a_line_of_the_text_or_none(text: str, path: KeyPath) -> None:
    line = line_of(text, path)
    assert line is None or 1 <= line <= text.count("\n") + 1


def test_a_value_nested_more_deeply_than_any_rulebook_is_named_by_its_outer_keys() -> None:
    text = "b = " + "{a=" * 20 + "1" + "}" * 20
    assert line_of(f"\n{text}", ("b", *["a"] * 20)) == 2
    assert line_of("[a.a.a.a.a.a.a.a.a.a.a.a]\nb = 1", ("b",)) is None
