"""What an answer may come to (办理结果类别): the classes of a place, and what each of them means."""

from contracts.reading import Sourced, Words
from contracts.vocabulary import Term


class ResultBucket(Term):
    """What a result class means, so that places with other classes can be compared."""

    SOLVED = "solved", "已经解决"
    IN_PROGRESS = "in_progress", "正在解决"
    PLANNED = "planned", "列入计划"
    BLOCKED = "blocked", "条件所限"
    REFERENCE = "reference", "留作参考"
    INFEASIBLE = "infeasible", "不可行"


class ResultClass(Sourced):
    """A class for what came of a proposal: a letter or a word, with its meaning in this place."""

    code: Words
    label: Words
    label_en: Words
    bucket: ResultBucket


def class_said(code: str) -> str:
    """How a class is named in a sentence: "A 类", or the word itself where it is one."""
    return f"{code} 类" if code.isascii() else f"“{code}”"
