"""What the services tell of one case, put together for its page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from console.endpoints.answers import DistrictEntry, EventList, LoggedEvent, ProposalDetail
from console.endpoints.case_answers import CaseDetail, Openings
from contracts.evaluation import ReplyRated
from contracts.holding import CaseHolding
from contracts.identity import Actor
from contracts.importing import LedgerRowRecorded
from contracts.vocabulary import CHINA, ActorRole
from hosting.clock import system_clock


@dataclass(frozen=True)
class Told:
    """What the services tell of a case, with its events in the order of the log."""

    district: DistrictEntry
    units: tuple[str, ...]
    proposal: ProposalDetail
    case: CaseDetail
    holding: CaseHolding
    openings: Openings
    timeline: list[LoggedEvent]

    @property
    def today(self) -> date:
        """The day that lateness is counted to: that of the moment which is shown."""
        today = system_clock().astimezone(CHINA).date()
        return self.proposal.shown.day(today) if self.proposal.shown else today

    @property
    def seen(self) -> dict[str, int | str]:
        """How far in the log the page is computed, as each service that takes its forms knows it."""
        rated = [each.position for each in self.timeline if each.service == "evaluation"]
        otherwise: int | str = max(rated) if rated else ""
        case, holding = self.case.shown, self.holding.shown
        return {
            "assignment": case.position if case else "",
            "evaluation": holding.position if holding else otherwise,
        }

    def is_published_only(self, actor: Actor) -> bool:
        """Whether the actor reads what was published and no more: of one's own one reads the intake too."""
        of_intake = any(event.service == "intake" for event in self.timeline)
        return actor.role is ActorRole.PROPOSER and not of_intake

    @property
    def remark(self) -> str:
        """What the ledger remarks on the proposal."""
        rows = [each.data["row"] for each in self.timeline if each.type == LedgerRowRecorded.type]
        return next((row["remark"] for row in reversed(rows) if row.get("remark")), "")

    @property
    def ratings(self) -> dict[str, dict[int, str]]:
        """For each unit the rating of each round; within a round the last one stands."""
        ratings: dict[str, dict[int, str]] = {}
        for event in self.timeline:
            if event.type == ReplyRated.type:
                of_unit = ratings.setdefault(event.data["unit"], {})
                of_unit[event.data.get("handling_round", 1)] = event.data["satisfaction"]
        return ratings


def in_order_of_the_log(histories: Iterable[EventList]) -> list[LoggedEvent]:
    """All events once, by their position."""
    by_position = {event.position: event for history in histories for event in history.events}
    return [by_position[position] for position in sorted(by_position)]
