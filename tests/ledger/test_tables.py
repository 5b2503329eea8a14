"""Finding the header and the columns, whatever stands above them and however they are worded."""

import pytest

from ledger.headings import LEDGER_COLUMNS, Column
from tests.ledger.spreadsheets import (
    CASE,
    Line,
    a_case,
    a_clue,
    codes,
    lines,
    only_problem,
    only_row,
    read,
    read_cases,
    read_lines,
    xls,
    xlsx,
)

PROPER = {
    Column.NUMBER: "案号",
    Column.TITLE: "案由",
    Column.PROPOSERS: "提案人",
    Column.FORM: "提案形式",
    Column.CATEGORY: "内容类别",
    Column.KEY: "重点",
    Column.LEAD: "主办单位",
    Column.CO: "会办单位",
    Column.DISPATCHED: "交办日期",
    Column.DUE: "答复期限",
    Column.SIGNED: "签收日期",
    Column.BEFORE: "办前见面",
    Column.DURING: "办中见面",
    Column.AFTER: "办后见面",
    Column.CO_OPINIONS: "会办意见日期",
    Column.REPLIED: "答复日期",
    Column.DOCUMENT_NUMBER: "文号",
    Column.RESULT_CLASS: "办理结果类别",
    Column.OPENNESS: "公开属性",
    Column.SATISFACTION: "满意度",
    Column.RATED: "评价日期",
    Column.REMARK: "备注",
}
FULL = {
    **CASE,
    "内容类别": "社会建设",
    "重点": "是",
    "会办单位": "区水务局",
    "答复期限": "2024-06-30",
    "签收日期": "2024-03-09",
    "办前见面": "2024-03-15",
    "办中见面": "2024-04-15",
    "办后见面": "2024-05-25",
    "会办意见日期": "2024-05-10",
    "答复日期": "2024-05-20",
    "文号": "样例函〔2024〕1号",
    "办理结果类别": "A",
    "公开属性": "主动公开",
    "满意度": "满意",
    "评价日期": "2024-06-01",
    "备注": "无误",
}


def test_every_accepted_heading_is_read_like_the_proper_one() -> None:
    expected = only_row(read_cases(FULL))
    for column, proper in PROPER.items():
        for heading in column.headings:
            renamed = {heading if key == proper else key: cell for key, cell in FULL.items()}
            assert only_row(read_cases(renamed)) == expected, heading


@pytest.mark.parametrize(
    ("form", "result", "category"),
    [
        ("提案形式", "办理结果类别", "提案类别"),
        ("提案类型", "办理结果", "提案类别"),
        ("提案形式", "办理结果类别", "类别"),
        ("提案类别", "结果类别", "类别"),
        ("提案类别", "类别", "内容类别"),
    ],
)
def test_a_heading_of_two_meanings_has_the_one_that_no_better_heading_tells(
    form: str, result: str, category: str
) -> None:
    names = {"提案形式": form, "办理结果类别": result, "内容类别": category}
    renamed = {names.get(key, key): cell for key, cell in FULL.items()}
    assert only_row(read_cases(renamed)) == only_row(read_cases(FULL))


def test_no_heading_belongs_to_two_columns() -> None:
    headings = [heading for column in LEDGER_COLUMNS for heading in column.headings]
    assert len(headings) == len(set(headings))


@pytest.mark.parametrize(
    "written",
    ["主办单位（牵头）", "主办 单位", "主办\n单位", "*主办单位", "主办单位：", "(1)主办单位"],
)
def test_spaces_line_breaks_and_parentheses_in_a_heading_do_not_matter(written: str) -> None:
    renamed = {written if key == "主办单位" else key: cell for key, cell in CASE.items()}
    assert only_row(read_cases(renamed)).lead_unit == "龙岗区教育局"


def test_the_header_need_not_be_the_first_row() -> None:
    above = [["2024年提案台账"], [], ["制表单位：督查室", "", "2024年11月"]]
    ledger = read_lines([*above, *lines(a_case(), a_case(案号="20240105", 提案形式="多人"))])
    assert ledger.rows[0].sheet_row == 5
    problem = only_problem(ledger)
    assert (problem.row, problem.column, problem.cell) == (6, "提案形式", "D6")


def test_the_header_need_not_begin_in_the_first_column() -> None:
    rows = [["", "", *line] for line in lines(a_case(提案形式="多人"))]
    assert only_problem(read_lines([[], *rows])).cell == "F3"


def test_group_headings_may_stand_above_others() -> None:
    one, *rows = lines(a_case(办前见面="2024-03-15", 办中见面="2024-04-15"))
    upper = ["三见面" if h == "办前见面" else "" if "见面" in str(h) else h for h in one]
    lower = [str(h) if "见面" in str(h) else "" for h in one]
    row = only_row(read_lines([upper, lower, *rows]))
    assert str(row.contacted_before_on) == "2024-03-15"
    assert str(row.contacted_during_on) == "2024-04-15"


def test_every_sheet_with_a_ledger_is_read() -> None:
    first, second = lines(a_case()), lines(a_case(案号="20240105"))
    other = [["联系人", "电话"], ["甲", "1"]]
    ledger = read(xlsx({"上半年": first, "下半年": second, "通讯录": other}))
    assert [(placed.sheet, placed.row.number) for placed in ledger.rows] == [
        ("上半年", "20240104"),
        ("下半年", "20240105"),
    ]
    assert codes(ledger) == []


def test_clues_are_read_from_a_sheet_of_their_own() -> None:
    ledger = read(xlsx({"台账": lines(a_case()), "线索": lines(a_clue(备注="虚构样例"))}))
    (placed,) = ledger.clues
    assert (placed.clue.number, placed.clue.unit) == ("X1", "龙岗区教育局")
    assert (placed.clue.fabricated, placed.sheet, placed.sheet_row) == (True, "线索", 2)
    assert (ledger.total_rows, codes(ledger)) == (1, [])


def test_a_clue_without_a_unit_of_the_district_is_kept_out() -> None:
    rows = lines(
        a_clue(),
        a_clue(线索编号="X2", 提供单位="深圳市教育局"),
        a_clue(线索编号="X3", 提供单位="龙岗区教育居"),
        a_clue(线索编号="X4", 采用日期="2024-02-30"),
        a_clue(提案线索="另一条"),
        a_clue(线索编号=""),
    )
    ledger = read(xlsx({"线索": rows}))
    assert [placed.clue.number for placed in ledger.clues] == ["X1"]
    assert codes(ledger) == [
        *("clue_unit_not_own", "unit_unknown", "date_impossible", "number_twice", "cell_empty")
    ]


def test_a_missing_column_is_named_with_what_was_found_and_what_is_accepted() -> None:
    problem = only_problem(read_lines(lines(a_case(), without=["交办日期"])))
    assert (problem.code, problem.sheet, problem.row) == ("column_missing", "台账", 1)
    assert "缺少“交办日期”一列" in problem.message
    assert "案号、案由、提案人" in problem.message
    assert "交办时间" in problem.message
    assert "the column “交办日期” is missing" in problem.message_en


def test_a_missing_number_column_is_named_too() -> None:
    problem = only_problem(read_lines(lines(a_case(), without=["案号"])))
    assert (problem.code, problem.column) == ("column_missing", "案号")


def test_one_of_the_columns_for_the_answering_unit_is_enough() -> None:
    rows = lines(a_case(主办单位="", 分办单位="区教育局"), without=["主办单位", "独办单位"])
    assert only_row(read_lines(rows)).split_units == ("龙岗区教育局",)
    none = lines(a_case(), without=["主办单位", "独办单位", "分办单位"])
    assert only_problem(read_lines(none)).column == "主办或独办或分办"


def test_a_file_without_a_header_says_what_was_found_and_what_is_needed() -> None:
    problem = only_problem(read(xlsx({"表一": [["甲", "乙"], ["丙"]], "表二": []})))
    assert problem.code == "no_ledger_sheet"
    assert "工作表“表一”：甲、乙；工作表“表二”：空" in problem.message
    assert "案号、案由、提案人、提案形式、主办或独办或分办、交办日期" in problem.message


def test_a_header_without_rows_is_a_problem() -> None:
    problem = only_problem(read_lines(lines(a_case())[:1]))
    assert (problem.code, problem.sheet) == ("no_rows", "台账")


def test_two_columns_for_the_same_thing_are_not_guessed_at() -> None:
    header, row = lines(a_case())
    problem = only_problem(read_lines([[*header, "协办单位"], [*row, "区水务局"]]))
    assert (problem.code, problem.column, problem.cell) == ("heading_twice", "协办单位", "Y1")


def test_a_running_number_beside_the_case_number_is_no_second_number() -> None:
    header, row = lines(a_case())
    assert only_row(read_lines([["编号", *header], [1, *row]])).number == "20240104"


def test_columns_nobody_knows_are_named_and_let_the_rows_in() -> None:
    header, row = lines(a_case())
    ledger = read_lines([[*header, "会办单位2", "序号"], [*row, "区水务局", 1]])
    problem = only_problem(ledger)
    assert (problem.code, problem.severity, len(ledger.rows)) == ("columns_not_read", "warning", 1)
    assert "会办单位2" in problem.message
    assert "序号" not in problem.message


def test_a_hidden_ledger_is_not_read_and_mentioned() -> None:
    sheets = {"台账": lines(a_case()), "旧": lines(a_case(案号="20240105"))}
    ledger = read(xlsx(sheets, hidden=["旧"]))
    assert [placed.row.number for placed in ledger.rows] == ["20240104"]
    assert (only_problem(ledger).code, only_problem(ledger).sheet) == ("hidden_sheet", "旧")


def test_blank_rows_totals_notes_and_repeated_headers_are_no_proposals() -> None:
    header, row = lines(a_case())
    number, rest = row[0], row[1:]
    below: list[Line] = [
        [],
        ["/", " ", "—"],
        ["合计", *rest],
        ["合计：1件"],
        ["总计"],
        header,
        ["备注：本表由督查室填写"],
        ["填表人：甲"],
    ]
    ledger = read_lines([header, *below, [number, *rest], *below])
    assert (ledger.total_rows, len(ledger.rows), codes(ledger)) == (1, 1, [])


def test_a_prepared_row_with_nothing_but_its_running_number_is_blank() -> None:
    header, row = lines(a_case())
    ledger = read_lines([["序号", *header], [1, *row], [2], [3]])
    assert (ledger.total_rows, codes(ledger)) == (1, [])


def test_an_old_workbook_tells_the_same_places() -> None:
    rows = [["标题"], *lines(a_case(交办日期="2024-13-01"))]
    here = only_problem(read(xls({"台账": rows})))
    assert (here.sheet, here.row, here.column, here.cell) == ("台账", 3, "交办日期", "J3")
