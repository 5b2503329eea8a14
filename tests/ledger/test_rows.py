"""What a row says: its number, its units and their parts, and the words that columns allow."""

from io import BytesIO

import pytest
import xlwt
from xlsxwriter import Workbook

from contracts.vocabulary import Openness, ProposalCategory, ProposalForm, Satisfaction
from tests.ledger.spreadsheets import (
    Written,
    a_case,
    a_co_case,
    an_answered_case,
    codes,
    lines,
    only_problem,
    only_row,
    read,
    read_cases,
    xlsx,
)


def test_a_number_keeps_its_leading_zeros() -> None:
    assert only_row(read_cases(a_case(案号="0012"))).number == "0012"


@pytest.mark.parametrize(
    "written", [20240104, 20240104.0, " 20240104 ", "第20240104号", "２０２４０１０４"]
)
def test_a_number_is_text_however_it_is_written(written: Written) -> None:
    assert only_row(read_cases(a_case(案号=written))).number == "20240104"


@pytest.mark.parametrize("written", [2024.5, "2024/0104", "2024 0104?", True, "一" * 41])
def test_what_cannot_be_a_number_is_kept_out(written: Written) -> None:
    ledger = read_cases(a_case(案号=written))
    assert (codes(ledger), ledger.rows) == (["number_unreadable"], ())


@pytest.mark.parametrize("heading", ["案号", "案由", "提案人", "提案形式", "交办日期"])
def test_a_cell_that_must_be_filled_is_named_when_it_is_empty(heading: str) -> None:
    ledger = read_cases(a_case(**{heading: ""}))
    problem = only_problem(ledger)
    assert (problem.code, problem.column, ledger.rows) == ("cell_empty", heading, ())


def test_the_second_row_with_a_number_is_kept_out_and_names_the_first() -> None:
    ledger = read_cases(a_case(), a_case(案号="20240105"), a_case(案号=20240104))
    problem = only_problem(ledger)
    assert (problem.code, problem.cell) == ("number_twice", "A4")
    assert "与工作表“台账”第2行（A2）重复" in problem.message
    assert len(ledger.rows) == 2


def test_a_number_is_not_repeated_on_another_sheet_either() -> None:
    ledger = read(xlsx({"甲": lines(a_case(提案形式="多人")), "乙": lines(a_case())}))
    assert codes(ledger) == ["choice_unknown", "number_twice"]
    assert ledger.rows == ()


def test_a_number_of_another_year_is_let_in_with_a_warning() -> None:
    ledger = read_cases(a_case(案号="20230104"))
    assert (codes(ledger), len(ledger.rows)) == (["number_of_other_year"], 1)


def test_every_wrong_cell_of_a_row_is_named_at_once() -> None:
    row = a_case(案号="", 提案形式="多人", 主办单位="区教育居", 交办日期="2024-02-30", 满意度="好")
    ledger = read_cases(row, a_case())
    assert [problem.cell for problem in ledger.problems] == ["A2", "D2", "F2", "J2", "U2"]
    assert (ledger.total_rows, len(ledger.rows)) == (2, 1)


def test_a_formula_that_failed_is_not_an_empty_cell() -> None:
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("台账")
        for row, line in enumerate(lines(a_case())):
            sheet.write_row(row, 0, line)
        sheet.write_formula(1, 11, "=1/0", None, "#DIV/0!")
    problem = only_problem(read(content.getvalue()))
    assert (problem.code, problem.cell) == ("formula_error", "L2")


def test_a_formula_that_failed_in_an_old_workbook_is_not_an_empty_cell() -> None:
    workbook = xlwt.Workbook()
    workbook.add_sheet("封面")
    sheet = workbook.add_sheet("台账")
    for row, line in enumerate(lines(a_case())):
        for column, written in enumerate(line):
            if (row, column) != (1, 11):
                sheet.write(row, column, written)
    sheet.row(1).set_cell_error(11, 0x07)
    content = BytesIO()
    workbook.save(content)
    problem = only_problem(read(content.getvalue()))
    assert (problem.code, problem.cell) == ("formula_error", "L2")


@pytest.mark.parametrize(
    ("heading", "written", "expected"),
    [
        ("提案形式", "委员提案", ProposalForm.INDIVIDUAL),
        ("提案形式", "联名", ProposalForm.JOINT),
        ("提案形式", "党派提案", ProposalForm.COLLECTIVE),
        ("提案形式", "界别", ProposalForm.COLLECTIVE),
        ("内容类别", "社会建设", ProposalCategory.SOCIAL),
        ("内容类别", "经济", ProposalCategory.ECONOMIC),
        ("内容类别", "生态文明建设类", ProposalCategory.ECOLOGICAL),
        ("内容类别", "文化建设方面", ProposalCategory.CULTURAL),
        ("内容类别", "其他类", ProposalCategory.OTHER),
        ("内容类别", "", None),
        ("重点", "是", True),
        ("重点", "√", True),
        ("重点", "y", True),
        ("重点", 1, True),
        ("重点", True, True),
        ("重点", "否", False),
        ("重点", "", False),
        ("公开属性", "公开", Openness.PUBLIC),
        ("公开属性", "依申请公开", Openness.ON_REQUEST),
        ("公开属性", "不公开", Openness.WITHHELD),
        ("办理结果类别", "B类", "B"),
        ("办理结果类别", "ａ", "A"),
        ("办理结果类别", "C类（列入计划）", "C"),
        ("办理结果类别", "列入计划拟解决", "列入计划拟解决"),
        ("满意度", "基本满意", Satisfaction.BASICALLY_SATISFIED),
        ("满意度", "不满意", Satisfaction.DISSATISFIED),
        ("满意度", "理解", Satisfaction.UNDERSTANDING),
        ("满意度", "很满意", Satisfaction.VERY_SATISFIED),
    ],
)
def test_the_usual_words_of_a_column_are_understood(
    heading: str, written: Written, expected: object
) -> None:
    fields = {
        "提案形式": "form",
        "内容类别": "category",
        "重点": "key",
        "公开属性": "openness",
        "办理结果类别": "result_class",
        "满意度": "satisfaction",
    }
    row = only_row(read_cases(an_answered_case(**{heading: written})))
    assert getattr(row, fields[heading]) == expected


@pytest.mark.parametrize(
    ("heading", "written", "accepted"),
    [
        ("提案形式", "多人", "个人"),
        ("内容类别", "民生", "经济建设、政治建设、文化建设、社会建设、生态文明建设、其他"),
        ("重点", "也许", "是、否"),
        ("公开属性", "半公开", "主动公开、依申请公开、不予公开"),
        ("办理结果类别", "7", "A、B、C、D"),
        ("满意度", "特别满意", "很满意、满意、基本满意"),
    ],
)
def test_other_words_are_kept_out_and_the_right_ones_named(
    heading: str, written: Written, accepted: str
) -> None:
    ledger = read_cases(an_answered_case(**{heading: written}))
    problem = only_problem(ledger)
    assert (problem.code, problem.column) == ("choice_unknown", heading)
    assert accepted in problem.message
    assert ledger.rows == ()


@pytest.mark.parametrize(
    ("heading", "under", "read_as"),
    [("提案形式", "提案类别", "提案形式"), ("办理结果类别", "类别", "办理结果类别")],
)
def test_a_category_under_a_heading_that_means_something_else_here_is_not_taken_for_that(
    heading: str, under: str, read_as: str
) -> None:
    case = {under if key == heading else key: cell for key, cell in an_answered_case().items()}
    case = {key: cell for key, cell in case.items() if key != "内容类别"}
    problem = only_problem(read_cases({**case, under: "社会建设"}))
    assert (problem.code, problem.row, problem.column) == ("category_elsewhere", 2, under)
    assert f"这一列读作{read_as}。请把列名改为“内容类别”" in problem.message


def test_a_remark_can_mark_a_case_as_fabricated() -> None:
    assert only_row(read_cases(a_case(备注="虚构样例"))).fabricated
    assert only_row(read_cases({**a_case(), "虚构": "是"})).fabricated
    assert not only_row(read_cases({**a_case(备注="实办"), "虚构": "否"})).fabricated


@pytest.mark.parametrize("written", ["张　三、李四", "张三，李四", "张三 李四", "张 三\n李四"])
def test_proposers_are_parted_however_they_are_written(written: Written) -> None:
    assert len(only_row(read_cases(a_case(提案人=written))).proposers) == 2


def test_characters_that_cannot_be_seen_do_not_come_along() -> None:
    title = only_row(read_cases(a_case(案由="关于\u200b花园\n的\u202e提案\x0b"))).title
    assert title == "关于花园 的提案"


def test_braces_in_a_cell_do_no_harm_to_the_message() -> None:
    assert "{written}" in only_problem(read_cases(a_case(提案形式="{written}"))).message


def test_a_co_handled_case_hands_over_its_opinion_in_either_column() -> None:
    for heading in ("会办意见日期", "答复日期"):
        row = only_row(read_cases(a_co_case(**{heading: "2024-03-20"})))
        assert (str(row.replied_on), row.co_opinions_on) == ("2024-03-20", None)
    ledger = read_cases(a_co_case(会办意见日期="2024-03-20", 答复日期="2024-03-21"))
    assert (codes(ledger), ledger.rows) == (["two_opinion_dates"], ())
