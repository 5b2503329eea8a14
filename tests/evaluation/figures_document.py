"""Writes the tables of formulas in docs/figures.md anew: python -m tests.evaluation.figures_document."""

from pathlib import Path

from evaluation.decisions.rates.naming import ENGLISH_LABELS
from evaluation.decisions.rates.registry import FORMULAS

DOCUMENT = Path(__file__).parents[2] / "docs" / "figures.md"


def tables() -> dict[str, str]:
    """The table of each language, by the name of its place in the document."""
    chinese = ["| 指标 | 编号 | 算法 | 计入范围 |", "|---|---|---|---|"]
    english = ["| rate | id | formula | what is counted |", "|---|---|---|---|"]
    for formula in FORMULAS.values():
        text, text_en = (
            formula.text.format(said="满意", broad="满意”或“基本满意"),
            formula.text_en.format(
                said_en="satisfied", broad_en="satisfied or basically satisfied"
            ),
        )
        label, label_en = formula.rate.chinese, ENGLISH_LABELS[formula.rate]
        chinese.append(f"| {label} | `{formula.id}` | {text} | {formula.counted} |")
        english.append(f"| {label_en} | `{formula.id}` | {text_en} | {formula.counted_en} |")
    return {"formulas:zh": "\n".join(chinese), "formulas:en": "\n".join(english)}


def with_tables(document: str) -> str:
    for name, table in tables().items():
        before, rest = document.split(f"<!-- {name} -->\n")
        _, after = rest.split(f"<!-- /{name} -->")
        document = f"{before}<!-- {name} -->\n{table}\n<!-- /{name} -->{after}"
    return document


if __name__ == "__main__":
    DOCUMENT.write_text(with_tables(DOCUMENT.read_text("utf-8")), "utf-8")
