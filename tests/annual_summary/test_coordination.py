"""What was asked stands beside what was done, and the problems name what coordination cost."""

from dataclasses import replace
from datetime import date

from annual_summary import Summary, keep_prose, read_docx, write_docx
from contracts.vocabulary import ContactManner, ContactStage, ItemState, Role
from evaluation.state import AssignmentFact, ContactFact, ProposalFact, ResultFact, SuggestionFact
from tests.annual_summary.building import prose, summary_of, with_prose, words_of
from tests.evaluation.building import an_assignment, the_sample_year

KEY = "20240101"


def asked() -> list[ProposalFact]:
    points = (SuggestionFact(1, "增设公交线路。"), SuggestionFact(2, "改造{路口}"))
    return [ProposalFact(2024, KEY, "题", KEY, suggestions=points)]


def answered() -> list[AssignmentFact]:
    facts = the_sample_year()
    done = ResultFact(1, "已开通 2 条线路。", "验收单", ItemState.DONE)
    return [replace(facts[0], results=(done,)), *facts[1:]]


def changed(**changes: object) -> list[AssignmentFact]:
    facts = the_sample_year()
    return [replace(facts[0], **changes), *facts[1:]]  # type: ignore[arg-type]  # of any field


def test_each_point_stands_beside_what_was_done_about_it() -> None:
    words = words_of(summary_of(answered(), asked()))
    assert "提案提出建议2条，其中办理结果为“已完成”的1条，逐条对照如下。" in words
    first = "建议一：增设公交线路。办理：区教育局已开通 2 条线路（已完成，佐证：验收单）。"
    assert first in words
    assert "建议二：改造{路口}。办理：尚无办理结果的记录。" in words


def test_where_the_points_are_recorded_nobody_is_asked_to_copy_them() -> None:
    told, untold = summary_of(answered(), asked()), summary_of(answered())
    assert not prose(told, f"case_{KEY}_asked").is_unfilled
    assert prose(told, f"case_{KEY}_asked").paragraphs == ()
    assert prose(untold, f"case_{KEY}_asked").is_unfilled
    assert prose(told, f"case_{KEY}_done").is_unfilled


def regenerated(before: Summary, now: Summary) -> tuple[Summary, list[str]]:
    merged = keep_prose(now, read_docx(write_docx(before)))
    return merged.summary, [each.chinese for each in merged.conflicts]


def test_what_people_had_copied_stays_when_the_points_are_recorded_later() -> None:
    before = with_prose(summary_of(answered()), f"case_{KEY}_asked", "委员建议增设线路。")
    now, conflicts = regenerated(before, summary_of(answered(), asked()))
    assert prose(now, f"case_{KEY}_asked").paragraphs == ("委员建议增设线路。",)
    assert conflicts == []


def test_room_that_is_not_needed_is_not_said_to_have_been_deleted() -> None:
    told = summary_of(answered(), asked())
    now, conflicts = regenerated(told, told)
    assert conflicts == []
    assert now == told


def test_letters_that_were_sent_back_are_counted_with_their_cases() -> None:
    words = words_of(summary_of(changed(drafts_sent_back=(7, 9))))
    assert f"答复稿经审核退回修改2次，涉及1件：第{KEY}号（区教育局）。" in words
    assert "退回修改" not in words_of(summary_of(the_sample_year()))


def met(day: date) -> tuple[ContactFact, ...]:
    return (ContactFact(ContactStage.BEFORE, ContactManner.VISIT, day),)


def test_a_first_contact_on_the_day_of_the_answer_is_late_and_one_before_it_is_not() -> None:
    words = words_of(summary_of(changed(contacts=met(date(2024, 6, 20)))))
    assert f"答复当天或者答复以后才首次联系的有1份：第{KEY}号（区教育局）。" in words
    words = words_of(summary_of(changed(contacts=met(date(2024, 6, 19)))))
    assert (
        f"与提案人首次联系，距交办平均82天，最长82天（第{KEY}号）；没有到答复时才首次联系的。"
    ) in words


def test_late_co_opinions_are_named_with_their_units_though_the_district_does_not_report_them() -> (
    None
):
    late = an_assignment(KEY, Role.CO, "区水务局", completed_on=date(2024, 7, 1))
    facts = [*the_sample_year(), replace(late, reporting=False, opinions_sent_back=(8,))]
    words = words_of(summary_of(facts))
    assert f"会办意见逾期交出的有1份：第{KEY}号（区水务局）。" in words
    assert f"主办单位退回会办意见1次，涉及：第{KEY}号（区水务局）。" in words
    waived = [*facts[:-1], replace(facts[-1], opinion_waived=True)]
    assert "逾期交出" not in words_of(summary_of(waived))
