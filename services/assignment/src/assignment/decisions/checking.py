"""What an answer still lacks before it may go out, point by point, as the rules themselves say it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from assignment.commands import IssueReply
from assignment.decisions.contents import (
    commitments_are_there,
    contacts_were_made,
    elements_of,
    evidence_is_there,
)
from assignment.decisions.drafting import LETTER, draft_of_this_round, is_reviewed, is_signed
from assignment.decisions.replying import opinions_are_in, talked_before
from assignment.decisions.standing import not_leaving
from assignment.decisions.timing import clock_runs
from assignment.state import Assignment, Dispatched, InHandling
from contracts.assignment import Requirements
from contracts.refusal import Refused


@dataclass(frozen=True)
class CheckedPoint:
    """One point of the check of an answer; `refusal` tells what is missing, None that nothing is."""

    chinese: str
    english: str
    is_met: bool
    refusal: Refused | None = None


def letter_to_issue(part: Assignment, proposal_id: str, at: datetime, day: date) -> IssueReply:
    """The answer as it would go out on this day: the latest draft of this round, or a blank one."""
    draft = part.draft if part.draft and part.draft.handling_round == part.handling_round else None
    told = {name: getattr(draft.letter, name) for name in LETTER} if draft else {}
    return IssueReply(at=at, proposal_id=proposal_id, unit=part.unit, issued_on=day, **told)


def is_still_to_answer(part: Assignment) -> bool:
    return part.role.answers_the_proposer and isinstance(part.stage, InHandling)


def points_of(letter: IssueReply, part: Assignment, case: Dispatched) -> list[CheckedPoint]:
    """Each point that is asked of the answer in this place, in the order of the work."""
    asked = part.given.requirements
    points = [
        _asked("与提案人联系", "Contact with the proposer", partial(talked_before, letter, part)),
        _asked("会办意见收齐", "Co-opinions complete", partial(opinions_are_in, case)),
    ]
    if asked.contacts:
        stages = "、".join(stage.chinese for stage in asked.contacts)
        english = "Contacts " + ", ".join(stage.value for stage in asked.contacts) + " handling"
        points.append(_asked(f"{stages}联系", english, partial(contacts_were_made, letter, part)))
    points += [
        CheckedPoint(each.chinese, each.english.capitalize(), each.is_there)
        for each in elements_of(letter, part, case)
    ]
    if letter.result_class in asked.evidence_for:
        check = partial(evidence_is_there, letter, part)
        points.append(_asked("办理结果佐证", "Evidence of the result", check))
    if letter.result_class in asked.commitments_for:
        check = partial(commitments_are_there, letter, part, case)
        points.append(_asked("带日期的承诺事项", "A commitment with its date", check))
    return [*points, *_formalities(part, asked), *_hindrances(part)]


def _formalities(part: Assignment, asked: Requirements) -> list[CheckedPoint]:
    points = []
    if asked.leader_signs:
        check = partial(_of_the_draft, is_signed, part)
        points.append(_asked("单位领导签发", "Signed by a leader", check))
    if asked.reviewed:
        check = partial(_of_the_draft, is_reviewed, part)
        points.append(_asked("督查室审核通过", "Passed by the supervision office", check))
    return points


def _hindrances(part: Assignment) -> list[CheckedPoint]:
    """What stands in the way only now and then is told only then."""
    points = (
        _asked("退回申请已答复", "Release decided", partial(not_leaving, part)),
        _asked("没有中止", "Not suspended", partial(clock_runs, part)),
    )
    return [point for point in points if not point.is_met]


def _of_the_draft(check: Callable[..., None], part: Assignment) -> None:
    check(draft_of_this_round(part), part)


def _asked(chinese: str, english: str, check: Callable[[], None]) -> CheckedPoint:
    try:
        check()
    except Refused as refusal:
        return CheckedPoint(chinese, english, is_met=False, refusal=refusal)
    return CheckedPoint(chinese, english, is_met=True)
