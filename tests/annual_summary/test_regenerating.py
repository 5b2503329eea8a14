"""What people wrote stays when the figures are written anew; what does not fit is said."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st

from annual_summary import Merged, NotASummary, Summary, keep_prose, read_docx, write_docx
from annual_summary.markup import qualified
from annual_summary.reading import UNPACKED_BYTES_AT_MOST
from contracts.vocabulary import Satisfaction
from tests.annual_summary.building import (
    edited,
    opened,
    paragraphs_of,
    prose,
    summary_of,
    the_sample_summary,
    words_of,
)
from tests.evaluation.building import an_assignment, the_sample_year

ONE_MORE = "本区共办理政协提案34件"


def regenerated(
    edit: Callable[[Document], None], before: Summary | None = None, now: Summary | None = None
) -> Merged:
    old = before or the_sample_summary()
    return keep_prose(now or old, read_docx(edited(old, edit)))


def a_year_with_one_more_case() -> Summary:
    return summary_of([*the_sample_year(), an_assignment("20249999")])


def write(key: str, *paragraphs: str) -> Callable[[Document], None]:
    """Type over the suggestion, as people do: the first paragraph, then Enter for each further."""

    def edit(document: Document) -> None:
        first, *others = paragraphs_of(document, key)
        for other in others:
            other.text = ""
        first.text = paragraphs[0]
        place = first
        for words in paragraphs[1:]:
            place = _after(place)
            place.text = words

    return edit


def _after(paragraph: Paragraph) -> Paragraph:
    element = deepcopy(paragraph._p)  # noqa: SLF001  there is no other way to add one after another
    paragraph._p.addnext(element)  # noqa: SLF001
    return Paragraph(element, paragraph._parent)  # noqa: SLF001


def said_by(merged: Merged) -> list[str]:
    return [each.chinese for each in merged.conflicts]


def test_a_document_that_nobody_edited_comes_out_as_it_went_in() -> None:
    summary = the_sample_summary()
    merged = keep_prose(summary, read_docx(write_docx(summary)))
    assert merged == Merged(summary, (), (), ())


def test_what_people_wrote_is_kept_while_the_figures_are_refreshed() -> None:
    merged = regenerated(
        write("practice", "区督查室建台账。", "每周一报。"), now=a_year_with_one_more_case()
    )
    assert prose(merged.summary, "practice").paragraphs == ("区督查室建台账。", "每周一报。")
    assert ONE_MORE in words_of(merged.summary)
    again = read_docx(write_docx(merged.summary))
    assert again.prose["practice"] == ("区督查室建台账。", "每周一报。")


def test_what_moved_is_told_with_both_figures() -> None:
    merged = regenerated(lambda document: None, now=a_year_with_one_more_case())
    assert ("办理总件数", "33", "34") in [
        (each.label, each.before, each.now) for each in merged.moved
    ]


def test_a_suggestion_that_nobody_touched_follows_the_new_facts() -> None:
    merged = regenerated(lambda document: None, now=a_year_with_one_more_case())
    assert not merged.kept


def test_prose_that_quotes_a_figure_that_moved_is_named() -> None:
    merged = regenerated(write("practice", "对33件提案逐件督办。"), now=a_year_with_one_more_case())
    assert any("“主要做法”一段里有“33”" in each and "34" in each for each in said_by(merged))


@pytest.mark.parametrize("words", ["共133件。", "共3.33件。", "共334件。"])
def test_prose_with_another_number_that_contains_the_figure_is_not_named(words: str) -> None:
    merged = regenerated(write("practice", words), now=a_year_with_one_more_case())
    assert said_by(merged) == []


def test_words_typed_into_a_paragraph_of_the_log_are_named_and_not_kept() -> None:
    def edit(document: Document) -> None:
        (paragraph,) = (each for each in document.paragraphs if "共办理政协提案" in each.text)
        paragraph.add_run("远超往年。")

    merged = regenerated(edit)
    (conflict,) = said_by(merged)
    assert "由系统生成的段落不能改动" in conflict
    assert "远超往年。" in conflict
    assert "远超往年" not in words_of(merged.summary)


def test_a_figure_changed_by_hand_is_named_and_comes_back_as_the_log_has_it() -> None:
    def edit(document: Document) -> None:
        for each in document.element.body.iter(qualified("w:t")):
            if each.text == "33":
                each.text = "43"

    merged = regenerated(edit)
    assert any("43件" in each for each in said_by(merged))
    assert "43" not in words_of(merged.summary)


def test_a_pasted_paragraph_of_another_style_belongs_to_the_prose_it_stands_in() -> None:
    def edit(document: Document) -> None:
        (paragraph,) = paragraphs_of(document, "measures")
        pasted = deepcopy(paragraph._p)  # noqa: SLF001
        pasted.find(qualified("w:pPr")).clear()
        paragraph._p.addnext(pasted)  # noqa: SLF001

    merged = regenerated(edit)
    suggestion = prose(the_sample_summary(), "measures").suggestion[0]
    assert prose(merged.summary, "measures").kept == (suggestion, suggestion)


def test_words_deleted_under_tracked_changes_are_gone_and_inserted_ones_are_there() -> None:
    def edit(document: Document) -> None:
        (paragraph,) = paragraphs_of(document, "practice")
        (run,) = paragraph.runs
        deleted, inserted = OxmlElement("w:del"), OxmlElement("w:ins")
        added = deepcopy(run._r)  # noqa: SLF001
        added.find(qualified("w:t")).text = "新写的。"
        run._r.addprevious(deleted)  # noqa: SLF001
        deleted.append(run._r)  # noqa: SLF001
        inserted.append(added)
        deleted.addnext(inserted)

    assert prose(regenerated(edit).summary, "practice").kept == ("新写的。",)


def test_a_prose_that_was_deleted_is_named_and_stands_there_again() -> None:
    def edit(document: Document) -> None:
        (paragraph,) = paragraphs_of(document, "suggestions")
        paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001

    merged = regenerated(edit)
    assert said_by(merged) == ["“意见建议”一段在原稿中已删去，新稿中又按原样给出。"]
    assert prose(merged.summary, "suggestions").is_unfilled


def test_prose_on_a_case_that_is_no_longer_typical_is_not_lost_without_a_word() -> None:
    facts = the_sample_year()
    facts[0] = replace(facts[0], satisfaction=Satisfaction.DISSATISFIED)
    merged = regenerated(write("case_20240101_done", "建成球场三处。"), now=summary_of(facts))
    assert any("没有位置" in each and "建成球场三处。" in each for each in said_by(merged))


def test_a_document_of_another_year_is_named() -> None:
    other = the_sample_summary().model_copy(update={"year": 2023})
    merged = keep_prose(the_sample_summary(), read_docx(write_docx(other)))
    assert "原稿是 longgang 2023 年的" in said_by(merged)[0]


def test_a_table_is_not_kept_and_that_is_said() -> None:
    def edit(document: Document) -> None:
        document.add_table(1, 1)

    assert "原稿中有表格、图片或脚注，新稿只保留文字。" in said_by(regenerated(edit))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", "不是文件".encode()])
def test_what_is_no_document_is_refused(content: bytes) -> None:
    with pytest.raises(NotASummary):
        read_docx(content)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused_before_it_is_unpacked() -> None:
    bomb = BytesIO(write_docx(the_sample_summary()))
    with ZipFile(bomb, "a", ZIP_DEFLATED) as package:
        package.writestr("word/media/bomb.xml", bytes(UNPACKED_BYTES_AT_MOST))
    assert len(bomb.getvalue()) < UNPACKED_BYTES_AT_MOST / 100
    with pytest.raises(NotASummary):
        read_docx(bomb.getvalue())


def test_a_document_from_elsewhere_is_refused() -> None:
    def forget(document: Document) -> None:
        relations = document.part.package.rels
        for key in [key for key, each in relations.items() if "custom-prop" in each.reltype]:
            del relations[key]

    with pytest.raises(NotASummary):
        read_docx(edited(the_sample_summary(), forget))


sentences = st.lists(
    st.text("办理提案33件，\t甲乙 <&>\"'", max_size=12), min_size=1, max_size=4
).map(tuple)


@settings(max_examples=25)
@given(sentences, sentences)
def test_whatever_two_people_wrote_survives_two_regenerations(
    practice: tuple[str, ...], measures: tuple[str, ...]
) -> None:
    merged = regenerated(write("practice", *practice) if all(practice) else lambda document: None)
    blocks = tuple(
        block.model_copy(update={"kept": measures}) if block.key == "measures" else block
        for block in merged.summary.blocks
    )
    second = merged.summary.model_copy(update={"blocks": blocks})
    last = keep_prose(a_year_with_one_more_case(), read_docx(write_docx(second))).summary
    if all(practice):
        assert prose(last, "practice").paragraphs == practice
    assert prose(last, "measures").paragraphs == measures


def test_dates_and_addressees_that_people_changed_are_kept() -> None:
    merged = regenerated(write("addressee", "市政协办公厅："))
    assert prose(merged.summary, "addressee").paragraphs == ("市政协办公厅：",)
    assert opened(write_docx(merged.summary)).core_properties.created is not None
    assert date(2024, 11, 20).year == merged.summary.year
