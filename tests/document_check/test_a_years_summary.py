"""A whole summary in the shape districts write it, with its usual two slips."""

from contracts.checking import Certainty, Kind
from document_check import read
from tests.document_check.corpus import findings_in

SUMMARY = """
某某区人民政府关于市政协某届某次

会议提案办理工作的报告

一、总体情况

2024年，某某区办理市政协提案共33件（包括主办件4件、分办件1件、会办件28件），均已办理完毕。
（一）压实责任。区领导多次听取汇报，要求把提案办理与推动落实结合起来，做到有人抓、有人管、
有人问，件件有着落。
（二）加强沟通。坚持办前、办中、办后“三见面”，主动听取提案人的意见，及时反馈办理的进展情况和
下一步的打算。
（三）跟踪问效。在签收、答复等环节，通过电话、短信、会议、回访等方式提醒督促。
典型事例

2024年本区办理答复的33件提案中，主办（或承办、分办）的有5件。其中：
（一）关于园区建设的提案。一是支持院校招生，引进研究人员430余名，包括院士12名、学者8名。二是
开展对接活动7场、座谈10余场，促成合作20余项。三是新建公园30座以及共建花园30座，公园总数达273座。
（二）关于交通的提案。一是优化线网。二是新增泊位。提案人评价为“满意”。

三、存在问题和改进措施

（一）存在问题。一是个别单位沟通不够。二是反馈不够及时。

改进措施。一是加强指导。二是创新方式。三是加强衔接。
四、意见建议

（一）聚焦民生。
（二）群策群力。

五、自评

2024年度按时办结率100%、答复率100%、满意率100%，自评基础分得95的满分。自评加分项得10分（具体为：1.办理
总件数33件，拟加2分；2.主办〈承办、分办〉重点提案1件，拟加2分；3.提供线索并被采用2条，拟加1分）。据此，自评为
100分。
"""


def test_a_summary_with_a_wrong_bonus_and_a_lost_heading_gives_these_two_findings() -> None:
    numbering, bonus = findings_in(SUMMARY)
    assert (numbering.kind, numbering.certainty) == (Kind.NUMBERING, Certainty.CERTAIN)
    assert "“二”" in numbering.message
    assert (bonus.kind, bonus.certainty) == (Kind.PARTS, Certainty.CERTAIN)
    assert bonus.message == "文中加分合计为 10 分，逐项相加为 2 + 2 + 1 = 5 分。"
    assert "95 + 5 = 100" in bonus.support


def test_with_both_mended_nothing_is_found() -> None:
    mended = SUMMARY.replace("加分项得10分", "加分项得5分").replace("典型事例", "二、典型事例")
    assert findings_in(mended) == []


def test_a_total_that_fits_neither_bonus_is_found_too() -> None:
    wrong = SUMMARY.replace("自评为\n100分", "自评为99分")
    assert {each.kind for each in findings_in(wrong)} == {Kind.NUMBERING, Kind.PARTS}
    assert any("99" in each.arithmetic for each in findings_in(wrong))


def test_the_places_of_a_finding_are_places_in_the_text_as_given() -> None:
    for each in findings_in(SUMMARY):
        shown = [SUMMARY[place.start : place.end] for place in each.places]
        assert all(shown)
    numbering, bonus = findings_in(SUMMARY)
    first = numbering.places[0]
    assert SUMMARY[first.start : first.end] == "三、"
    assert [SUMMARY[p.start : p.end] for p in bonus.places] == ["10分", "2分", "2分", "1分"]


def test_wrapped_lines_are_read_as_one_sentence() -> None:
    document = read(SUMMARY)
    assert any("市政协提案共33件" in document.as_given(each) for each in document.sentences)
    assert any("压实责任" in document.as_given(each) for each in document.sentences)
    assert all("\n" not in document.as_given(each) for each in document.sentences)
