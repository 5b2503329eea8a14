"""The annual summary (办理工作总结): figures from the log, prose by people, laid out as GB/T 9704."""

from annual_summary.composing import compose
from annual_summary.facts import Ask, Done, Letterhead, Part, YearCase, YearFacts
from annual_summary.layout import write_docx
from annual_summary.merging import Merged, keep_prose
from annual_summary.model import Prose, Said, Style, Summary, SummaryField, Words
from annual_summary.reading import Edited, NotASummary, read_docx

__all__ = [
    "Ask",
    "Done",
    "Edited",
    "Letterhead",
    "Merged",
    "NotASummary",
    "Part",
    "Prose",
    "Said",
    "Style",
    "Summary",
    "SummaryField",
    "Words",
    "YearCase",
    "YearFacts",
    "compose",
    "keep_prose",
    "read_docx",
    "write_docx",
]
