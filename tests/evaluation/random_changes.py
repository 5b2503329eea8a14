"""What changes after the fact in a random case: deadlines, classes, marks, promises, and where it goes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any

from contracts.assignment import (
    CaseReopened,
    CommitmentAdvanced,
    CommitmentCarriedOver,
    CommitmentFulfilled,
    CommitmentGivenUp,
    CommitmentMade,
    CommitmentSlipped,
    CoOpinionSentBack,
    DraftSentBack,
    DueDateMoved,
    EarlyLimitsMoved,
    ExtensionGranted,
    HandlingResumed,
    ReplyPublished,
    ResultClassChanged,
    ResultRecorded,
    Suggestion,
    SuggestionsListed,
    UnitChased,
)
from contracts.event import Event
from contracts.intake import (
    MergeUndone,
    ProposalConverted,
    ProposalMerged,
    ProposalResubmitted,
    ProposalReturned,
    ProposalTransferred,
)
from contracts.marking import ProposalCategorised, ProposalMarkedKey, ProposalUnmarkedKey
from contracts.numbering import CaseNumberCorrected
from contracts.vocabulary import ChasingManner, Conversion, ItemState, Level, ProposalCategory

Unit = tuple[str, str]


def any_category(random: Random, unsaid: float) -> ProposalCategory | None:
    """A category that somebody says, or none, in this share of the cases."""
    return None if random.random() < unsaid else random.choice(list(ProposalCategory))


def categorised(random: Random, proposal_id: str) -> Iterator[Event]:
    """Nothing, or that the office put it in a category, once or more often."""
    while random.random() < 0.2:
        category = random.choice(list(ProposalCategory))
        yield ProposalCategorised(proposal_id=proposal_id, category=category)


def number_corrected(proposal_id: str, number: str, nth: int) -> Iterator[Event]:
    """Every seventh case was filed under a number that turns out to be wrong."""
    if nth % 7 == 0:
        right, why = f"{number}0", "末位漏写"
        yield CaseNumberCorrected(
            proposal_id=proposal_id, year=int(number[:4]), was=number, number=right, reason=why
        )


def passed_on(random: Random, share: float, proposal_id: str) -> list[Event]:
    """Nothing, or that it was converted or handed over instead of being filed."""
    if random.random() >= share:
        return []
    if random.random() < 0.5:
        return [
            ProposalConverted(
                proposal_id=proposal_id,
                into=random.choice(list(Conversion)),
                passed_to="有关部门",
                notice="转有关部门参考",
            )
        ]
    return [
        ProposalTransferred(
            proposal_id=proposal_id,
            level=random.choice(list(Level)),
            receiver="市政协",
            transfer_reason="属市级事权",
        )
    ]


def completed(random: Random, proposal_id: str) -> Iterator[Event]:
    """Nothing, or that it went back to its proposers, once or more often, and came again."""
    while random.random() < 0.15:
        yield ProposalReturned(proposal_id=proposal_id, reason="请补充数据")
        yield ProposalResubmitted(
            proposal_id=proposal_id,
            title="补充后的建议",
            body="",
            category=any_category(random, 0.5),
        )


def merge_undone(merged: ProposalMerged) -> list[Event]:
    """What it was merged into had ended: it is a proposal of its own again, and goes on."""
    return [
        MergeUndone(proposal_id=merged.proposal_id, into_proposal_id=merged.into_proposal_id),
        CaseReopened(proposal_id=merged.proposal_id, reason="并案撤销"),
    ]


def key_marks(random: Random, share: float, proposal_id: str) -> list[Event]:
    """Marked as key; sometimes taken back, and sometimes marked again."""
    marks: list[Event] = [ProposalMarkedKey(proposal_id=proposal_id)]
    if random.random() < share:
        marks.append(ProposalUnmarkedKey(proposal_id=proposal_id, unmark_reason="调整"))
        if random.random() < 0.3:
            marks.append(ProposalMarkedKey(proposal_id=proposal_id))
    return marks


def moved_deadlines(random: Random, share: float, unit: Unit, due_on: date) -> Iterator[Event]:
    """The deadline or the day to sign by is moved, outwards or inwards, maybe more than once."""
    part: dict[str, Any] = {"proposal_id": unit[0], "unit": unit[1]}
    while random.random() < share * 0.7:
        day = due_on + timedelta(random.randint(-15, 30))
        way = random.choice(("extension", "suspension", "calendar", "early limits"))
        if way == "extension":
            yield ExtensionGranted(**part, due_on=day, granted_on=due_on)
        elif way == "suspension":
            yield HandlingResumed(**part, due_on=day, resumed_on=due_on)
        elif way == "early limits":
            yield EarlyLimitsMoved(
                **part, sign_by=due_on - timedelta(random.randint(5, 60)), calendar_version=2
            )
        else:
            yield DueDateMoved(
                **part, due_on=day, was_due_on=due_on, provisional=False, calendar_version=2
            )


def chases(random: Random, share: float, unit: Unit, day: date) -> Iterator[Event]:
    while random.random() < share / 2:
        manner = random.choice(list(ChasingManner))
        yield UnitChased(proposal_id=unit[0], unit=unit[1], manner=manner, chased_on=day)


def suggestions(random: Random, proposal_id: str) -> list[Event]:
    """Nothing, or the points that it asks for, the latest list of them counting."""
    points = [Suggestion(number=nth, text=f"第 {nth} 条") for nth in range(1, random.randint(1, 5))]
    lists = [points, points[:1]] if random.random() < 0.5 else [points]
    return [
        SuggestionsListed(proposal_id=proposal_id, suggestions=tuple(each))
        for each in lists
        if each
    ]


def results(random: Random, unit: Unit, day: date) -> Iterator[Event]:
    for number in [random.randint(1, 3) for _ in range(random.randint(0, 6))]:
        yield ResultRecorded(
            proposal_id=unit[0],
            unit=unit[1],
            number=number,
            answer="已办",
            state=random.choice(list(ItemState)),
            recorded_on=day,
        )


def draft_sent_back(unit: Unit) -> Event:
    return DraftSentBack(proposal_id=unit[0], unit=unit[1], version=1, findings=("没有逐条答复",))


def opinion_sent_back(unit: Unit, day: date) -> Event:
    return CoOpinionSentBack(
        proposal_id=unit[0], unit=unit[1], by_unit="区教育局", reason="不具体", sent_back_on=day
    )


def class_changed(unit: Unit, code: str, day: date) -> Event:
    return ResultClassChanged(
        proposal_id=unit[0], unit=unit[1], was="A", result_class=code, reason="复核", changed_on=day
    )


def published(unit: Unit, handling_round: int, day: date) -> Event:
    return ReplyPublished(
        proposal_id=unit[0], unit=unit[1], handling_round=handling_round, published_on=day
    )


@dataclass
class Promises:
    """The commitments of one case: their numbers are the case's own, whoever made them."""

    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    open_ones: list[CommitmentMade] = field(default_factory=list)

    def made(self, random: Random, proposal_id: str, unit: str, day: date) -> Event:
        promise = CommitmentMade(
            proposal_id=proposal_id,
            unit=unit,
            commitment=next(self.numbers),
            text="建成投用",
            due_on=day + timedelta(random.randint(0, 90)),
            made_on=day,
        )
        self.open_ones.append(promise)
        return promise

    def followed(self, random: Random, unit: str) -> Iterator[Event]:
        """What becomes of the unit's promises; some are left as they are."""
        for promise in [each for each in self.open_ones if each.unit == unit]:
            its: dict[str, Any] = {
                "proposal_id": promise.proposal_id,
                "unit": unit,
                "commitment": promise.commitment,
            }
            if random.random() < 0.3:
                yield CommitmentAdvanced(**its, progress="已开工", reported_on=promise.made_on)
            if random.random() < 0.3:
                later = promise.due_on + timedelta(30)
                yield CommitmentSlipped(
                    **its, reason="雨季", due_on=later, slipped_on=promise.made_on
                )
            end = random.choice(("kept", "kept", "given up", "carried over", "open"))
            if end == "kept":
                day = promise.due_on + timedelta(random.randint(-20, 20))
                yield CommitmentFulfilled(**its, evidence="照片", fulfilled_on=day)
            elif end == "given up":
                yield CommitmentGivenUp(**its, reason="无法取得用地", given_up_on=promise.due_on)
            elif end == "carried over":
                yield CommitmentCarriedOver(**its, into_year=promise.due_on.year + 1)
