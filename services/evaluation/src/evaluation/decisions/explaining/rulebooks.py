"""A rulebook in words, line by line: limits, classes, levels, formulas, guards, steps, points."""

from collections.abc import Iterator

from contracts.classes import class_said
from contracts.explained import ClassTitle, ExplainedRulebook, LevelTitle, RuleLine
from contracts.rating_levels import USUAL_IN_ENGLISH, SatisfactionLevel
from contracts.rulebook import Rulebook
from contracts.scoring import Bonus, Item
from evaluation.decisions.explaining.deadlines import limits_in_words, steps_in_words
from evaluation.decisions.explaining.lines import line
from evaluation.decisions.holding.answers import RESULTS_EN
from evaluation.decisions.numbers import printed
from evaluation.decisions.rates.formula import Measured
from evaluation.decisions.rates.naming import ENGLISH_LABELS
from evaluation.decisions.rates.registry import FORMULAS, chosen_formulas
from evaluation.decisions.scoring.ruling import said_of
from evaluation.decisions.wording import Said

STAGES_EN = {"before": "before", "during": "during", "after": "after"}


def explained(rulebook: Rulebook, position: int | None = None) -> ExplainedRulebook:
    """Every rule of a rulebook that has been checked by `read_with_formulas`."""
    lines = (
        *limits_in_words(rulebook),
        *_classes(rulebook),
        *(_level(each) for each in rulebook.satisfaction_levels),
        *_formulas(rulebook),
        *_guards(rulebook),
        *steps_in_words(rulebook),
        *_points(rulebook),
        *_assessment(rulebook),
    )
    return ExplainedRulebook(
        id=rulebook.id,
        version=rulebook.version,
        title=rulebook.title,
        title_en=rulebook.title_en,
        sample=rulebook.sample,
        position=position,
        lines=lines,
        classes=tuple(
            ClassTitle(code=each.code, label=each.label, label_en=each.label_en)
            for each in rulebook.result_classes
        ),
        levels=tuple(
            LevelTitle(
                code=each.code,
                label=each.label,
                label_en=each.label_en,
                satisfied=each.counts_as_satisfied,
                dissatisfied=each.is_dissatisfied,
            )
            for each in rulebook.satisfaction_levels
        ),
    )


def _classes(rulebook: Rulebook) -> Iterator[RuleLine]:
    for each in rulebook.result_classes:
        bucket, bucket_en = each.bucket.chinese, RESULTS_EN[each.bucket.value]
        yield line(
            f"classes.{each.code}",
            Said(class_said(each.code), f"Class {each.code}"),
            Said(
                f"{each.label}（统一口径：{bucket}）", f"{each.label_en} (counts as: {bucket_en})"
            ),
            each,
        )


def _level(level: SatisfactionLevel) -> RuleLine:
    counts = [
        *([Said("算满意", "counts as satisfied")] if level.counts_as_satisfied else []),
        *(
            [Said("算满意或基本满意", "counts as satisfied at least basically")]
            if level.is_broadly_satisfied and not level.counts_as_satisfied
            else []
        ),
        *([Said("算不满意", "counts as dissatisfied")] if level.is_dissatisfied else []),
        *([Said("退回重新办理", "sends the case back")] if level.goes_back else []),
    ] or [Said("不算满意，也不退回", "neither satisfied nor sent back")]
    return line(
        f"levels.{level.code}",
        Said(level.code.chinese, USUAL_IN_ENGLISH[level.code]),
        Said(
            f"“{level.label}”：" + "；".join(each.chinese for each in counts),
            f"“{level.label_en}”: " + "; ".join(each.english for each in counts),
        ),
        level,
    )


def _formulas(rulebook: Rulebook) -> Iterator[RuleLine]:
    measured = Measured((), rulebook)
    levels, broad = measured.levels, measured.broad_levels
    for rate, formula_id in chosen_formulas(rulebook).items():
        formula, chosen = FORMULAS[formula_id], rulebook.formulas.chosen[rate]
        said = Said(
            formula.text.format(said=levels.said, broad=broad.said),
            formula.text_en.format(said_en=levels.said_en, broad_en=broad.said_en),
        )
        label = Said(rate.chinese, ENGLISH_LABELS[rate])
        yield line(f"formulas.{rate.value}", label, said, chosen)


def _guards(rulebook: Rulebook) -> Iterator[RuleLine]:
    rules = rulebook.handling
    if rules is None:
        return
    needed = Said("答复之前必须", "needed before the answer")
    evidence, committed = (
        "、".join(map(class_said, codes)) for codes in (rules.evidence_for, rules.commitments_for)
    )
    switched = {
        "contacts": Said(
            "、".join(f"{each.chinese}联系" for each in rules.contacts),
            "contact " + ", ".join(STAGES_EN[each.value] for each in rules.contacts),
        )
        if rules.contacts
        else None,
        "leader_signs": Said("单位领导签发", "signed by the unit's leader")
        if rules.leader_signs
        else None,
        "reviewed": Said("督查室审核", "reviewed by the office") if rules.reviewed else None,
        "full_letter": Said("函件要素齐全", "a complete letter") if rules.full_letter else None,
        "evidence_for": Said(f"{evidence}有佐证", f"evidence for {', '.join(rules.evidence_for)}")
        if evidence
        else None,
        "commitments_for": Said(
            f"{committed}有承诺", f"a commitment for {', '.join(rules.commitments_for)}"
        )
        if committed
        else None,
    }
    for key, said in switched.items():
        if said is not None:
            yield line(f"handling.{key}", needed, said, rules)


def _points(rulebook: Rulebook) -> Iterator[RuleLine]:
    score = rulebook.score
    base = score.base
    start = Said(f"{printed(base.points)} 分", f"{printed(base.points)} points")
    yield line("score.base", Said(base.label, base.label_en), start, base)
    for item in score.items:
        yield line(f"score.{item.id}", _item(item), said_of(item), item)
    most = Said(f"最多 {printed(score.ceiling)} 分", f"at most {printed(score.ceiling)}")
    yield line("score.ceiling", Said("总分封顶", "Ceiling"), most)
    for grade in score.grades:
        least = Said(f"{printed(grade.at_least)} 分起", f"from {printed(grade.at_least)}")
        yield line(f"score.grade.{grade.label}", Said(grade.label, grade.label_en), least, grade)


def _item(item: Item) -> Said:
    sign, sign_en = ("加分", "bonus") if isinstance(item, Bonus) else ("扣分", "deduction")
    return Said(f"{item.label}（{sign}）", f"{item.label_en} ({sign_en})")


def _assessment(rulebook: Rulebook) -> Iterator[RuleLine]:
    for step in rulebook.calendar:
        opens = f"{step.opens} – " if step.opens else ""
        days = Said(f"{opens}{step.closes}", f"{opens}{step.closes}")
        yield line(f"calendar.{step.id}", Said(step.label, step.label_en), days, step)
