"""The sentences that say why a case stands in a figure, in Chinese and in English."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from contracts.classes import class_said
from contracts.rating_levels import USUAL_IN_ENGLISH
from contracts.rulebook import Rulebook
from contracts.vocabulary import Role, Satisfaction
from evaluation.state import AssignmentFact, PromiseFact

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
    if days <= 0:
        return in_time(fact)
    step, due = _step(fact), _due(fact)
    days_late = "1 day late" if days == 1 else f"{days} days late"
    return Said(
        f"{step.chinese} {fact.completed_on}，{due.chinese}，晚 {days} 天",
        f"{step.english} {fact.completed_on}, {due.english}, {days_late}",
    )


def in_time(fact: AssignmentFact) -> Said:
    """Say how many days before its limit an assignment was completed."""
    if fact.completed_on is None:
        return unfinished(fact)
    days, step, due = (fact.due_on - fact.completed_on).days, _step(fact), _due(fact)
    early = "1 day early" if days == 1 else f"{days} days early"
    return Said(
        f"{step.chinese} {fact.completed_on}，{due.chinese}，"
        + (f"提前 {days} 天" if days else "期限当天"),
        f"{step.english} {fact.completed_on}, {due.english}, "
        + (early if days else "on the last day"),
    )


def _step(fact: AssignmentFact) -> Said:
    if fact.role.answers_the_proposer:
        return Said("答复", "answered")
    return Said("会办意见", "co-opinion given")


def _due(fact: AssignmentFact) -> Said:
    """The deadline that holds, and the one it was dispatched with where it has moved."""
    due = Said(f"期限 {fact.due_on}", f"due {fact.due_on}")
    if fact.first_due_on in {None, fact.due_on}:
        return due
    return Said(
        f"{due.chinese}（原为 {fact.first_due_on}）",
        f"{due.english} (at first {fact.first_due_on})",
    )


def unfinished(fact: AssignmentFact) -> Said:
    """Say that it is open and until when; or when it was completed, if it was."""
    if fact.completed_on is not None:
        return completed(fact)
    due = _due(fact)
    if fact.role.answers_the_proposer:
        return Said(f"尚未答复，{due.chinese}", f"not answered yet, {due.english}")
    return Said(f"尚未交会办意见，{due.chinese}", f"co-opinion not given yet, {due.english}")


def completed(fact: AssignmentFact) -> Said:
    """Say in which role the unit had the case, and when it completed it, if it did."""
    role, role_en = fact.role.chinese, ROLES_IN_ENGLISH[fact.role]
    if fact.completed_on is None:
        return Said(f"{role}，尚未办结", f"{role_en}, not completed yet")
    return Said(f"{role}，{fact.completed_on} 办结", f"{role_en}, completed {fact.completed_on}")


def signed(fact: AssignmentFact) -> Said:
    if fact.signed_on is not None:
        return Said(
            f"交办 {fact.dispatched_on}，签收 {fact.signed_on}",
            f"dispatched {fact.dispatched_on}, signed for {fact.signed_on}",
        )
    if fact.recorded_live:
        return Said(
            f"交办 {fact.dispatched_on}，尚未签收",
            f"dispatched {fact.dispatched_on}, not signed for yet",
        )
    return Said("没有签收记录", "no record of signing")


def level(code: Satisfaction, rulebook: Rulebook | None) -> Said:
    """What a level of rating is called in a place; by its usual name where no rulebook has it."""
    here = rulebook.level(code) if rulebook else None
    if here is None:
        return Said(code.chinese, USUAL_IN_ENGLISH[code])
    return Said(here.label, here.label_en)


def rated(rulebook: Rulebook | None) -> Callable[[AssignmentFact], Said]:
    """Say how an answer was rated, in the words of the place."""

    def say(fact: AssignmentFact) -> Said:
        if fact.satisfaction is None:
            return Said("尚未评价", "not rated yet")
        called = level(fact.satisfaction, rulebook)
        return Said(f"评价为“{called.chinese}”", f"rated {called.english.lower()}")

    return say


def classed(fact: AssignmentFact) -> Said:
    if fact.replied_on is None:
        return unfinished(fact)
    if not fact.result_class:
        return Said("没有办理结果类别的记录", "no record of a result class")
    called = class_said(fact.result_class)
    gap = " " if called[0].isascii() else ""
    return Said(f"办理结果为{gap}{called}", f"result class {fact.result_class}")


def opened(fact: AssignmentFact) -> Said:
    if fact.openness is None:
        return Said("没有公开属性的记录", "no record of its openness")
    english = {"public": "public", "on_request": "on request", "withheld": "withheld"}
    return Said(fact.openness.chinese, english[fact.openness.value])


def contacted(fact: AssignmentFact) -> Said:
    if not fact.contacts:
        if fact.recorded_live:
            return Said("没有与提案人联系", "no contact with the proposer")
        return Said("没有与提案人联系的记录", "no record of contacts with the proposer")
    told = [f"{each.stage.chinese}{each.manner.chinese}" for each in fact.contacts]
    told_en = [
        f"{each.stage.value} handling: {each.manner.value.replace('_', ' ')}"
        for each in fact.contacts
    ]
    return Said("、".join(told), ", ".join(told_en))


def rated_on_forms(rulebook: Rulebook | None) -> Callable[[AssignmentFact], Said]:
    """Say how often each level stands on the forms of an answer, in the words of the place."""

    def say(fact: AssignmentFact) -> Said:
        if fact.forms is None:
            return Said("没有逐份登记意见表", "its forms were not noted one by one")
        counts = [
            (level(code, rulebook), count)
            for code in Satisfaction
            if (count := fact.forms.count(code))
        ]
        return Said(
            "意见表：" + "、".join(f"{called.chinese} {count} 份" for called, count in counts),
            "forms: " + ", ".join(f"{count} {called.english.lower()}" for called, count in counts),
        )

    return say


def without_promises(fact: AssignmentFact) -> Said:
    return Said("没有登记承诺事项", "its promises were not noted")


def promised(promise: PromiseFact) -> Callable[[AssignmentFact], Said]:
    """Say what an answer promised, and whether it was kept."""
    kept = _kept(promise)
    later, later_en = "", ""
    if promise.moved_to is not None:
        later, later_en = f"（推迟到 {promise.moved_to}）", f" (put off to {promise.moved_to})"
    said = Said(
        f"承诺“{promise.text}”，期限 {promise.due_on}{later}，{kept.chinese}",
        f"promised “{promise.text}”, due {promise.due_on}{later_en}, {kept.english}",
    )
    return lambda fact: said


def _kept(promise: PromiseFact) -> Said:
    if promise.kept_on is not None:
        return Said(f"{promise.kept_on} 兑现", f"kept {promise.kept_on}")
    if promise.given_up:
        return Said("不能兑现", "given up")
    if promise.carried_into is not None:
        year = promise.carried_into
        return Said(f"结转 {year} 年", f"carried over into {year}")
    return Said("尚未兑现", "not kept yet")


def handled_again(rulebook: Rulebook | None) -> Callable[[AssignmentFact], Said]:
    """Say in which round an answer is, and how it was rated."""

    def say(fact: AssignmentFact) -> Said:
        was = rated(rulebook)(fact)
        return Said(
            f"第 {fact.handling_round} 轮办理，{was.chinese}",
            f"in handling round {fact.handling_round}, {was.english}",
        )

    return say
