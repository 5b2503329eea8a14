"""Whatever a file contains, reading it ends in rows or problems, and within a few seconds."""

import time
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.spreadsheets import (
    CASE,
    CLUE,
    Written,
    a_case,
    an_answered_case,
    codes,
    csv_text,
    lines,
    read,
    read_cases,
    xls,
    xlsx,
)

XLSX = xlsx({"台账": lines(a_case())})
XLS = xls({"台账": lines(a_case())})
WORDS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            *("", "区教育局", "市教育局", "区水务局、区财政局", "2024-03-08", "2024-02-30", "/"),
            *("满意", "A类", "是", "个人", "合计", "案号", "#N/A", "{0}", "20240104", "虚构"),
        ]
    ),
)
CELLS = st.one_of(
    WORDS,
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(min_value=date(1900, 1, 1)),
)
SOME = settings(max_examples=60)


@SOME
@given(st.binary(max_size=400), st.sampled_from(["a.xlsx", "a.xls", "a.csv", "a"]))
def test_random_bytes_never_raise(content: bytes, name: str) -> None:
    assert read(content, name).rows == ()


@SOME
@given(st.binary(max_size=400), st.sampled_from([XLSX[:4], XLS[:8], XLS[:600], b"PK\x05\x06"]))
def test_random_bytes_behind_a_known_beginning_never_raise(
    content: bytes, beginning: bytes
) -> None:
    assert codes(read(beginning + content))


@SOME
@given(st.data(), st.sampled_from([XLSX, XLS]))
def test_a_workbook_with_changed_bytes_never_raises(data: st.DataObject, content: bytes) -> None:
    changed = bytearray(content)
    for _ in range(data.draw(st.integers(1, 20))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    read(bytes(changed))


@SOME
@given(
    st.lists(
        st.dictionaries(st.sampled_from(list(CASE)), CELLS, max_size=8), min_size=1, max_size=4
    )
)
def test_random_cells_in_good_rows_never_raise(changes: list[dict[str, Written]]) -> None:
    ledger = read_cases(*(an_answered_case(**changed) for changed in changes))
    assert ledger.problems or ledger.rows
    assert len(ledger.rows) <= ledger.total_rows <= len(changes)


@SOME
@given(st.lists(st.lists(WORDS, min_size=len(CLUE), max_size=len(CLUE)), min_size=1, max_size=5))
def test_random_cells_of_clues_never_raise(rows: list[list[Written]]) -> None:
    read(csv_text([list(CLUE), *rows]).encode("utf-8", "replace"), "a.csv")


@SOME
@given(st.lists(st.lists(WORDS, max_size=6), max_size=8))
def test_random_sheets_never_raise(rows: list[list[Written]]) -> None:
    read(csv_text(rows).encode("utf-8", "replace"), "a.csv")


@SOME
@given(st.text(max_size=300))
def test_random_text_never_raises(text: str) -> None:
    read(text.encode("gb18030", "replace"), "a.csv")


def test_words_that_no_command_takes_are_a_problem_of_their_row() -> None:
    for changed in ({"案由": "字" * 201}, {"提案人": "、".join(["张三"] * 201)}):
        ledger = read_cases(a_case(**changed))
        assert (codes(ledger), ledger.rows) == (["too_long"], ())


def test_the_name_of_a_file_is_kept_as_one_short_line() -> None:
    ledger = read(XLSX, "台\x00账\n" + "长" * 300 + ".xlsx")
    assert ledger.name == "长" * 195 + ".xlsx"


def test_ten_thousand_rows_are_read_in_a_few_seconds() -> None:
    rows = lines(
        *(
            a_case(
                案号=f"2024{number:05}",
                会办单位="区水务局、区财政局" if number % 2 else f"区水务居{number % 7}",
            )
            for number in range(10_000)
        )
    )
    content = xlsx({"台账": rows})
    began = time.process_time()
    ledger = read(content)
    assert time.process_time() - began < 8
    assert (ledger.total_rows, len(ledger.rows)) == (10_000, 5_000)
    assert set(codes(ledger)) == {"unit_unknown"}
