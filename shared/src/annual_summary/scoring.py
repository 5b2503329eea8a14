"""The section of the self-score (自评): item by item, so that the sum can be checked by hand."""

from annual_summary.facts import YearFacts
from annual_summary.model import Said, SummaryField
from annual_summary.sentences import Pages, field, join, literal, numbers_of, say
from contracts.figures import ScoreItem, ScoreSheet


def self_score(facts: YearFacts) -> Said:
    """The score with all its parts, under the rulebook it was computed by."""
    score = facts.figures.score
    if score is None:
        return say("score", "本年度尚未采用评分规则，没有自评分。")
    path = f"{Pages(facts.figures).year}#score"
    sentences = [
        _basis(score, path),
        *_kind("deduction", "扣", score, facts),
        *_kind("bonus", "加", score, facts),
        _total(score, path),
    ]
    return join("score", sentences)


def _basis(score: ScoreSheet, path: str) -> Said:
    sample = "（样例规则，不是正式评分标准）" if score.sample else ""
    version = str(score.rulebook_version)
    return say(
        "basis",
        f"依照《{literal(score.rulebook_title)}》第{{version}}版{sample}，基础分为{{base}}分。",
        version=field(
            "rulebook_version",
            score.rulebook_version,
            ("规则版次", "Version of the rulebook"),
            "本年度采用的规则手册的版次。",
            text=version,
            path=path,
        ),
        base=field("base", score.base, ("基础分", "Base"), "规则手册所定的基础分。", path=path),
    )


def _kind(kind: str, verb: str, score: ScoreSheet, facts: YearFacts) -> list[Said]:
    """The items of one kind that count for something, each with its number and its points."""
    items = [item for item in score.items if item.kind == kind and item.points]
    if not items:
        return [say(kind, f"没有{verb}分。")]
    total = {"deduction": score.deductions, "bonus": score.bonus}[kind]
    fields = {
        "total": field(
            f"{kind}_total",
            abs(total),
            (f"{verb}分合计", f"{kind} in all"),
            f"各{verb}分项之和。",
            path=f"{Pages(facts.figures).year}#score",
        )
    }
    words: list[str] = []
    for nth, item in enumerate(items):
        count, points = _item(item, facts)
        fields |= {f"count_{nth}": count, f"points_{nth}": points}
        # The sheet does not say what it counts; its rule does: cases by 件, clues by 条.
        unit = "条" if "条" in item.rule else "件"
        words.append(f"{literal(item.label)}{{count_{nth}}}{unit}，{verb}{{points_{nth}}}分")
    return [say(kind, f"{verb}分合计{{total}}分：{'；'.join(words)}。", **fields)]


def _item(item: ScoreItem, facts: YearFacts) -> tuple[SummaryField, SummaryField]:
    path = Pages(facts.figures).behind(item.cases, "score")
    numbers = numbers_of(item.cases)
    label, label_en = item.label, item.label_en
    return (
        field(
            f"{item.id}_count",
            item.count,
            (f"{label}的数量", f"{label_en}: number"),
            item.rule,
            cases=numbers,
            path=path,
        ),
        field(
            f"{item.id}_points",
            abs(item.points),
            (f"{label}的分值", f"{label_en}: points"),
            item.rule,
            cases=numbers,
            path=path,
        ),
    )


def _total(score: ScoreSheet, path: str) -> Said:
    cut = score.base - abs(score.deductions) + score.bonus > score.ceiling
    ceiling = "，以{ceiling}分为限" if cut else ""
    fields = {
        "total": field(
            "score",
            score.total,
            ("自评总分", "Score"),
            "基础分减扣分加加分，不超过满分；扣分后不低于规则所定的下限。",
            path=path,
        )
    }
    if cut:
        fields["ceiling"] = field(
            "ceiling", score.ceiling, ("满分", "Ceiling"), "规则手册所定的满分。", path=path
        )
    return say("total", f"据此，本年度自评总分为{{total}}分{ceiling}。", **fields)
