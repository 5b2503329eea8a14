"""What the lines of reports tell: of a proposal, of a unit's part, of a return, of a promise."""

from typing import NamedTuple

from contracts.reports import Cell
from evaluation.decisions.reporting.defining import Described, Reported, column, day
from evaluation.decisions.wording import Said
from evaluation.state import AssignmentFact, PromiseFact, ProposalFact, ReturnFact


class Promised(NamedTuple):
    """A promise with the part in which it was made."""

    fact: AssignmentFact
    promise: PromiseFact


def same(name: str) -> Said:
    """A name, which is the same in both languages."""
    return Said(name, name)


def outcome(case: ProposalFact) -> Said:
    """What the review made of a proposal; one that was withdrawn or merged later is that."""
    if case.withdrawn:
        return Said("撤案", "Withdrawn")
    if case.merged:
        return Said("并入他案", "Merged into another")
    if case.converted_into is not None:
        return Said(f"转为{case.converted_into.chinese}", _passed_on(case.converted_into.value))
    if case.transferred_to is not None:
        return Said(f"转送{case.transferred_to.chinese}", f"To the {case.transferred_to} level")
    if case.refused:
        return Said("不予立案", "Not filed")
    return Said("立案", "Filed") if case.number else Said("尚未审查", "Not reviewed yet")


def _passed_on(code: str) -> str:
    return f"Passed on: {code.replace('_', ' ')}"


_CASE = (column("number", "案号", "Case"), column("title", "案由", "Title"))
_UNIT = column("unit", "承办单位", "Unit")


def _of_case(case: ProposalFact, reported: Reported) -> tuple[Cell, ...]:
    because = case.refused_because.chinese if case.refused_because else None
    return (
        case.number or None,
        case.title,
        "、".join(case.proposers),
        case.form.chinese,
        outcome(case).chinese,
        because,
    )


OF_CASES: Described[ProposalFact] = Described(
    columns=(
        *_CASE,
        column("proposers", "提案人", "Proposers"),
        column("form", "提出形式", "Form"),
        column("outcome", "审查结果", "Outcome"),
        column("because", "不予立案的理由", "Why it is not filed"),
    ),
    cells=_of_case,
    proposal_id=lambda case: case.proposal_id,
    positions=lambda case: tuple(case.positions.values()),
)


def _of_part(fact: AssignmentFact, reported: Reported) -> tuple[Cell, ...]:
    return (
        fact.number,
        fact.title,
        fact.unit,
        fact.role.chinese,
        day(fact.dispatched_on),
        day(fact.due_on),
        day(fact.completed_on),
        fact.result_class or None,
        fact.satisfaction.chinese if fact.satisfaction else None,
    )


def _of_parts_positions(fact: AssignmentFact) -> tuple[int, ...]:
    return (
        *fact.positions.values(),
        *fact.extended,
        *fact.chased,
    )


OF_PARTS: Described[AssignmentFact] = Described(
    columns=(
        *_CASE,
        _UNIT,
        column("role", "角色", "Role"),
        column("dispatched_on", "交办日期", "Dispatched", is_date=True),
        column("due_on", "期限", "Due", is_date=True),
        column("completed_on", "办结日期", "Completed", is_date=True),
        column("result_class", "结果类别", "Result class"),
        column("satisfaction", "评价", "Rating"),
    ),
    cells=_of_part,
    proposal_id=lambda fact: fact.proposal_id,
    positions=_of_parts_positions,
)


OF_RETURNS: Described[ReturnFact] = Described(
    columns=(
        *_CASE,
        _UNIT,
        column("requested_on", "最近申请日期", "Asked last on", is_date=True),
        column("reason", "理由", "Reason"),
        column("suggested_unit", "建议单位", "Suggested unit"),
    ),
    cells=lambda asked, _: (
        asked.number,
        asked.title,
        asked.unit,
        day(asked.requested_on),
        asked.reason,
        asked.suggested_unit,
    ),
    proposal_id=lambda asked: asked.proposal_id,
    positions=lambda asked: asked.positions,
)

OF_PROMISES: Described[Promised] = Described(
    columns=(
        *_CASE,
        _UNIT,
        column("text", "承诺事项", "Promise"),
        column("due_on", "承诺期限", "Promised for", is_date=True),
        column("moved_to", "推迟到", "Put off to", is_date=True),
        column("kept_on", "兑现日期", "Kept on", is_date=True),
    ),
    cells=lambda promised, _: (
        promised.fact.number,
        promised.fact.title,
        promised.fact.unit,
        promised.promise.text,
        day(promised.promise.due_on),
        day(promised.promise.moved_to),
        day(promised.promise.kept_on),
    ),
    proposal_id=lambda promised: promised.fact.proposal_id,
    positions=lambda promised: promised.promise.positions,
)
