"""Who may rate an answer, when, and what follows from it."""

from typing import ClassVar

from contracts.evaluation import EvaluationEvent, RatingOpened, RehandlingOrdered, ReplyRated
from contracts.rating_levels import DISSATISFIED, USUAL_OFFER, OfferedLevel
from contracts.refusal import Refused
from contracts.vocabulary import CHINA, Satisfaction
from evaluation.commands import OpenRating, RateReply
from evaluation.state import (
    Claims,
    Nothing,
    Rated,
    Rating,
    Rehandled,
    RulebookInForce,
    State,
    Unrated,
)
from evaluation.state.appraisal import Appraisal


class NothingToRate(Refused):
    """{unit}对提案 {proposal_id} 还没有答复；请在答复之后评价。"""

    english: ClassVar[str] = (
        "{unit} has not answered proposal {proposal_id}; rate the answer when it is there."
    )


class AwaitsNextAnswer(Refused):
    """{unit}的答复经评价须重新办理；请在第 {handling_round} 轮答复之后再评价。"""

    english: ClassVar[str] = (
        "The answer of {unit} was sent back by its rating and is being handled again;"
        " rate the answer of round {handling_round} when it is there."
    )


class LevelNotOffered(Refused):
    """本区本年度的规则手册没有“{level}”这一档；应为{offered}之一。"""

    english: ClassVar[str] = (
        "The rulebook of the year has no level {level_en}; rate the answer as one of {offered_en}."
    )


class RatedBeforeAnswer(Refused):
    """评价日期 {rated_on} 早于答复日期 {replied_on}；评价日期应不早于答复日期。"""

    english: ClassVar[str] = (
        "The rating is dated {rated_on}, before the answer of {replied_on};"
        " it cannot be earlier than the answer."
    )


class RatedInFuture(Refused):
    """评价日期 {rated_on} 还没有到（今天是 {today}）；请填写实际的评价日期。"""

    english: ClassVar[str] = (
        "The rating is dated {rated_on}, but today is {today}; give the day it was really rated."
    )


class LedgerRatedOtherwise(Refused):
    """{unit}的答复在系统中已于 {logged_on} 评为“{logged}”，台账所载为 {rated_on} “{told}”；已登记的评价不能用台账改动，请核对台账。"""

    english: ClassVar[str] = (
        "The answer of {unit} was rated {logged_en} on {logged_on}; the ledger says {told_en} on"
        " {rated_on}. A ledger does not change a rating: check the ledger."
    )


class LaterRoundThanTheLedger(Refused):
    """{unit}的答复已在系统中重新办理（第 {handling_round} 轮），台账的评价说不清是对哪一轮的；请在系统中评价。"""

    english: ClassVar[str] = (
        "{unit} has handled the case again here (round {handling_round}), and a ledger does not say"
        " which answer its rating is of; rate the answer in the system."
    )


class ProxyWithoutScan(Refused):
    """代提案人录入评价，应附提案人所填反馈表的扫描件；请填写扫描件名称。"""

    english: ClassVar[str] = (
        "A rating entered for the proposer rests on the scan of the paper form; name the scan."
    )


def open_rating(command: OpenRating, state: State) -> list[EvaluationEvent]:
    if _has_opened(state, command.handling_round):
        return []
    return [
        RatingOpened(
            proposal_id=command.proposal_id,
            unit=command.unit,
            handling_round=command.handling_round,
            replied_on=command.replied_on,
            levels=command.levels,
        )
    ]


def rate_reply(command: RateReply, state: State) -> list[EvaluationEvent]:
    rating = Rating(command.satisfaction, command.rated_on, command.by_proxy, command.scan)
    if command.imported and _is_rated_already(command, state):
        return []
    match state:
        case Rated(rating=known) | Rehandled(rating=Rating() as known) if known == rating:
            return []
        case Unrated() | Rated():
            _check(command, state)
            return _rated(command, state.handling_round, _level(command, state))
        case Rehandled():
            raise AwaitsNextAnswer(unit=command.unit, handling_round=state.handling_round)
        case Nothing() | RulebookInForce() | Claims() | Appraisal():
            raise NothingToRate(unit=command.unit, proposal_id=command.proposal_id)


def _is_rated_already(command: RateReply, state: State) -> bool:
    """Whether the log says what the ledger says. Raises a Refused where it says something else."""
    match state:
        case (
            Rated(rating=logged, handling_round=1)
            | Rehandled(rating=Rating() as logged, handling_round=2)
        ):
            if (logged.satisfaction, logged.rated_on) == (command.satisfaction, command.rated_on):
                return True
            raise LedgerRatedOtherwise(
                unit=command.unit,
                logged_on=logged.rated_on,
                logged=logged.satisfaction.chinese,
                logged_en=logged.satisfaction.value,
                rated_on=command.rated_on,
                told=command.satisfaction.chinese,
                told_en=command.satisfaction.value,
            )
        case Unrated() | Rated() | Rehandled() if state.handling_round > 1:
            raise LaterRoundThanTheLedger(unit=command.unit, handling_round=state.handling_round)
        case _:
            return False


def said_apart(satisfaction: Satisfaction, *, goes_back: bool) -> bool | None:
    """Whether a rating sends the case back, where that does not follow from its level alone."""
    return None if goes_back == (satisfaction in DISSATISFIED) else goes_back


def with_its_order(rated: ReplyRated) -> list[EvaluationEvent]:
    """A rating, and the order to handle the case again where it sends it back."""
    if not rated.goes_back:
        return [rated]
    ordered = RehandlingOrdered(
        proposal_id=rated.proposal_id,
        unit=rated.unit,
        handling_round=rated.handling_round + 1,
        ordered_on=rated.rated_on,
    )
    return [rated, ordered]


def _has_opened(state: State, handling_round: int) -> bool:
    match state:
        case Unrated() | Rated():
            return handling_round <= state.handling_round
        case Rehandled():
            return handling_round < state.handling_round
        case Nothing() | RulebookInForce() | Claims() | Appraisal():
            return False


def _check(command: RateReply, state: Unrated | Rated) -> None:
    today = command.at.astimezone(CHINA).date()
    if command.rated_on < state.replied_on:
        raise RatedBeforeAnswer(rated_on=command.rated_on, replied_on=state.replied_on)
    if command.rated_on > today:
        raise RatedInFuture(rated_on=command.rated_on, today=today)
    if command.by_proxy and not command.scan and not command.imported:
        raise ProxyWithoutScan


def _level(command: RateReply, state: Unrated | Rated) -> OfferedLevel:
    offer = state.levels or USUAL_OFFER
    found = next((each for each in offer if each.code is command.satisfaction), None)
    if found is None:
        raise LevelNotOffered(
            level=command.satisfaction.chinese,
            level_en=command.satisfaction.value,
            offered="、".join(f"{each.label}（{each.code}）" for each in offer),
            offered_en=", ".join(f"{each.label_en} ({each.code})" for each in offer),
        )
    return found


def _rated(command: RateReply, handling_round: int, level: OfferedLevel) -> list[EvaluationEvent]:
    rated = ReplyRated(
        proposal_id=command.proposal_id,
        unit=command.unit,
        handling_round=handling_round,
        satisfaction=command.satisfaction,
        rated_on=command.rated_on,
        by_proxy=command.by_proxy,
        scan=command.scan,
        again=said_apart(command.satisfaction, goes_back=level.goes_back),
    )
    return with_its_order(rated)
