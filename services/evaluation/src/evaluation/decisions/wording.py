"""The sentences that say why a case stands in a figure, in Chinese and in English."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from contracts.vocabulary import Role
from evaluation.state import AssignmentFact

ROLES_IN_ENGLISH = {
    Role.SOLE: "sole unit",
    Role.LEAD: "lead unit",
    Role.SPLIT: "split unit",
    Role.CO: "co-unit",
}


class Said(NamedTuple):
    """One thing said in both languages."""

    chinese: str
    english: str


def of_each(
    assignments: Sequence[AssignmentFact],
    say: Callable[[AssignmentFact], Said],
    *,
    naming_units: bool,
) -> Said:
    """Say something of each assignment, in one sentence."""
    said = [(each.unit, say(each)) for each in assignments]
    if not naming_units:
        return Said(
            "；".join(each.chinese for _, each in said), "; ".join(each.english for _, each in said)
        )
    return Said(
        "；".join(f"{unit}：{each.chinese}" for unit, each in said),
        "; ".join(f"{unit}: {each.english}" for unit, each in said),
    )


def overdue(fact: AssignmentFact) -> Said:
    if fact.completed_on is None:
        return unfinished(fact)
    days = (fact.completed_on - fact.due_on).days
    step = Said("答复", "answered")
    if not fact.role.answers_the_proposer:
        step = Said("会办意见", "co-opinion given")
    days_late = "1 day late" if days == 1 else f"{days} days late"
    return Said(
        f"{step.chinese} {fact.completed_on}，期限 {fact.due_on}，晚 {days} 天",
        f"{step.english} {fact.completed_on}, due {fact.due_on}, {days_late}",
    )


def unfinished(fact: AssignmentFact) -> Said:
    if fact.role.answers_the_proposer:
        return Said(f"尚未答复，期限 {fact.due_on}", f"not answered yet, due {fact.due_on}")
    return Said(
        f"尚未交会办意见，期限 {fact.due_on}", f"co-opinion not given yet, due {fact.due_on}"
    )


def completed(fact: AssignmentFact) -> Said:
    """Say in which role the unit had the case, and when it completed it, if it did."""
    role, role_en = fact.role.chinese, ROLES_IN_ENGLISH[fact.role]
    if fact.completed_on is None:
        return Said(f"{role}，尚未办结", f"{role_en}, not completed yet")
    return Said(f"{role}，{fact.completed_on} 办结", f"{role_en}, completed {fact.completed_on}")


def rated(fact: AssignmentFact) -> Said:
    if fact.satisfaction is None:
        return Said("尚未评价", "not rated yet")
    english = fact.satisfaction.value.replace("_", " ")
    return Said(f"评价为“{fact.satisfaction.chinese}”", f"rated {english}")


def handled_again(fact: AssignmentFact) -> Said:
    return Said(
        f"第 {fact.handling_round} 轮办理，{rated(fact).chinese}",
        f"in handling round {fact.handling_round}, {rated(fact).english}",
    )
