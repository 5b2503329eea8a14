"""Keeps what people wrote while the figures are written anew, and says what does not fit."""

import re
from dataclasses import dataclass

from annual_summary.model import Prose, Summary
from annual_summary.reading import Edited


@dataclass(frozen=True)
class Conflict:
    """Something that a person has to look at, in both languages."""

    chinese: str
    english: str


@dataclass(frozen=True)
class Moved:
    """A figure that is not what it was in the edited document."""

    label: str
    label_en: str
    before: str
    now: str


@dataclass(frozen=True)
class Merged:
    """The summary with people's prose; what moved; and what they have to look at."""

    summary: Summary
    kept: tuple[Prose, ...]
    moved: tuple[Moved, ...]
    conflicts: tuple[Conflict, ...]


def keep_prose(fresh: Summary, edited: Edited) -> Merged:
    """Put the prose of an edited document into a summary that was composed anew."""
    blocks = tuple(
        block.model_copy(update={"kept": edited.prose[block.key]})
        if isinstance(block, Prose) and block.key in edited.prose
        else block
        for block in fresh.blocks
    )
    summary = fresh.model_copy(update={"blocks": blocks})
    kept = tuple(prose for prose in summary.prose if prose.kept is not None)
    moved = _moved(fresh, edited)
    return Merged(summary, kept, moved, tuple(_conflicts(summary, edited, kept, moved)))


def _moved(fresh: Summary, edited: Edited) -> tuple[Moved, ...]:
    before = edited.provenance.figures
    now = {field.key: field for field in fresh.fields}
    return tuple(
        Moved(field.label, field.label_en, before[key], field.text)
        for key, field in now.items()
        if key in before and before[key] != field.text
    )


def _conflicts(
    summary: Summary, edited: Edited, kept: tuple[Prose, ...], moved: tuple[Moved, ...]
) -> list[Conflict]:
    known = {prose.key for prose in summary.prose}
    labels = {prose.key: prose for prose in summary.prose}
    return [
        *_of_another_year(summary, edited),
        *(_homeless(key, words) for key, words in edited.prose.items() if key not in known),
        *(
            _given_again(labels[key])
            for key in edited.deleted
            if key in labels and labels[key].suggestion
        ),
        *(_stray(words) for words in edited.strays),
        *(_outdated(prose, each) for prose in kept for each in moved if _quotes(prose, each)),
        *([_MORE_THAN_WORDS] if edited.has_more_than_words else []),
    ]


def _of_another_year(summary: Summary, edited: Edited) -> list[Conflict]:
    made_for = (edited.provenance.district, edited.provenance.year)
    if made_for == (summary.district, str(summary.year)):
        return []
    return [
        Conflict(
            f"原稿是 {made_for[0]} {made_for[1]} 年的，现在的数字是 {summary.district} {summary.year} 年的。",
            f"The edited document is of {made_for[0]} {made_for[1]}; "
            f"the figures are of {summary.district} {summary.year}.",
        )
    ]


def _homeless(key: str, paragraphs: tuple[str, ...]) -> Conflict:
    words = " ".join(paragraphs)
    return Conflict(
        f"原稿中“{key}”一段在新稿中没有位置，没有保留：{words}",
        f"There is no longer a place for the paragraph {key}; it was not kept: {words}",
    )


def _given_again(prose: Prose) -> Conflict:
    return Conflict(
        f"“{prose.label}”一段在原稿中已删去，新稿中又按原样给出。",
        f"“{prose.label_en}” was deleted in the edited document and stands there again.",
    )


def _stray(words: str) -> Conflict:
    return Conflict(
        f"由系统生成的段落不能改动，其中新增的文字也不保留，请移到撰写的段落里：{words}",
        "A paragraph that the system writes cannot be changed or added to; "
        f"this was not kept, move it to a paragraph of your own: {words}",
    )


def _outdated(prose: Prose, moved: Moved) -> Conflict:
    return Conflict(
        f"“{prose.label}”一段里有“{moved.before}”，而{moved.label}已由 {moved.before} 变为 {moved.now}，请核对。",
        f"“{prose.label_en}” mentions {moved.before}; {moved.label_en} was {moved.before} "
        f"and is {moved.now} now. Please check.",
    )


def _quotes(prose: Prose, moved: Moved) -> bool:
    """Whether the prose mentions the figure as it was; 3 is not mentioned by 33."""
    if not moved.before.strip():
        return False
    number = re.compile(rf"(?<![\d.]){re.escape(moved.before)}(?![\d]|\.\d)")
    return any(number.search(paragraph) for paragraph in prose.paragraphs)


_MORE_THAN_WORDS = Conflict(
    "原稿中有表格、图片或脚注，新稿只保留文字。",
    "The edited document has tables, pictures or footnotes; only words were kept.",
)
