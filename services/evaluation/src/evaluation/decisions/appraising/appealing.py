"""Publishing the score of a year, and appealing against it in time."""

from contracts.appraisal import AppealOutcome
from contracts.evaluation import (
    AppealDecided,
    AppraisalAppealed,
    AppraisalPublished,
    EvaluationEvent,
)
from contracts.vocabulary import CHINA
from evaluation.commands import AppealAppraisal, DecideAppeal, PublishAppraisal
from evaluation.decisions.appraising.refusals import AppealTooLate, ItemsUnsettled, ReasonMissing
from evaluation.state.appraisal import Appraisal


def publish(command: PublishAppraisal, appraisal: Appraisal) -> list[EvaluationEvent]:
    if unsettled := [each for each in appraisal.sheet.items if each.id in appraisal.unsettled]:
        raise ItemsUnsettled(
            items="、".join(each.label for each in unsettled),
            items_en=", ".join(each.label_en for each in unsettled),
        )
    return [
        AppraisalPublished(
            year=command.year,
            score=appraisal.settled_total,
            claimed_total=appraisal.claimed_total,
            computed_total=appraisal.sheet.total,
            position=appraisal.position or 0,
            receipt=appraisal.receipt,
            appeal_until=command.appeal_until,
            appeal_rule=command.appeal_rule,
            appeal_provisional=command.appeal_provisional,
        )
    ]


def appeal(command: AppealAppraisal, appraisal: Appraisal) -> list[EvaluationEvent]:
    if not command.reason:
        raise ReasonMissing
    today, last_day = command.at.astimezone(CHINA).date(), appraisal.appeal_until
    if last_day is not None and today > last_day:
        raise AppealTooLate(year=command.year, last_day=last_day, today=today)
    score = appraisal.score if appraisal.score is not None else appraisal.settled_total
    return [AppraisalAppealed(year=command.year, score=score, reason=command.reason)]


def decide_appeal(command: DecideAppeal, appraisal: Appraisal) -> list[EvaluationEvent]:
    if not command.reason:
        raise ReasonMissing
    outcome = AppealOutcome(command.outcome)
    return [AppealDecided(year=command.year, outcome=outcome, reason=command.reason)]
