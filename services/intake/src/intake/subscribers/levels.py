"""What a city's cases come to in the districts below it: handed down, followed, taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile
from types import MappingProxyType
from typing import Any

from contracts.assignment import (
    AssignmentDispatched,
    CaseEnded,
    CaseReopened,
    DueDateMoved,
    ExtensionGranted,
    HandlingResumed,
    ReturnGranted,
)
from contracts.catalogue import read_event
from contracts.directory import District
from contracts.event import Event
from contracts.handing_down import HandedDown
from contracts.intake import CaseNumberAssigned
from contracts.ledger import proposal_id_of
from contracts.numbering import CaseNumberCorrected
from contracts.vocabulary import CHINA, Origin, Role
from hosting.bridging import Across, Crossing, lower_district
from hosting.directories import Directories
from hosting.reacting import Occasion
from intake.commands import ReceiveFromAbove, RevokeHandDown
from intake.state import INITIAL, Proposal, State, evolve, known_proposal

LIMIT_MOVES = (DueDateMoved, ExtensionGranted, HandlingResumed)


def crossings(directories: Directories) -> Mapping[type[Event], Crossing]:
    """What a city's dispatches come to in the districts that agreed to take cases from it."""
    levels = _Levels(directories)
    return MappingProxyType(
        {
            AssignmentDispatched: levels.when_a_district_is_given_a_part,
            DueDateMoved: levels.when_its_limit_moves,
            ExtensionGranted: levels.when_its_limit_moves,
            HandlingResumed: levels.when_its_limit_moves,
            ReturnGranted: levels.when_a_district_is_released,
            CaseEnded: levels.when_a_case_ends_above,
            CaseReopened: levels.when_a_case_goes_on_above,
            CaseNumberCorrected: levels.when_its_number_is_corrected_above,
        }
    )


@dataclass(frozen=True)
class _Levels:
    """Who is below whom."""

    directories: Directories

    async def when_a_district_is_given_a_part(
        self, event: AssignmentDispatched, occasion: Occasion
    ) -> list[Across]:
        return await self._handed_down(event, occasion)

    async def when_its_limit_moves(
        self, event: DueDateMoved | ExtensionGranted | HandlingResumed, occasion: Occasion
    ) -> list[Across]:
        upper = self.directories.find(occasion.district)
        if lower_district(self.directories, upper, event.unit) is None:
            return []
        given = (await _given_in(occasion, event.proposal_id)).get(event.unit)
        return [] if given is None else await self._handed_down(given, occasion)

    async def when_a_district_is_released(
        self, event: ReturnGranted, occasion: Occasion
    ) -> list[Across]:
        given = (await _given_in(occasion, event.proposal_id)).get(event.unit)
        reason = f"{self.directories.find(occasion.district).name}已同意退回，改由其他单位办理"
        return await self._revoked(given, reason, occasion) if given else []

    async def when_a_case_ends_above(self, event: CaseEnded, occasion: Occasion) -> list[Across]:
        given = await _given_in(occasion, event.proposal_id)
        return [
            across
            for part in given.values()
            for across in await self._revoked(part, event.reason, occasion)
        ]

    async def when_a_case_goes_on_above(
        self, event: CaseReopened, occasion: Occasion
    ) -> list[Across]:
        given = await _given_in(occasion, event.proposal_id)
        return [
            across for part in given.values() for across in await self._handed_down(part, occasion)
        ]

    async def when_its_number_is_corrected_above(
        self, event: CaseNumberCorrected, occasion: Occasion
    ) -> list[Across]:
        given = await _given_in(occasion, event.proposal_id)
        return [
            across for part in given.values() for across in await self._handed_down(part, occasion)
        ]

    async def _handed_down(self, given: AssignmentDispatched, occasion: Occasion) -> list[Across]:
        upper = self.directories.find(occasion.district)
        lower = lower_district(self.directories, upper, given.unit)
        proposal = await _proposal_in(occasion, given.proposal_id) if lower else None
        if lower is None or proposal is None:
            return []
        parts = await _given_in(occasion, given.proposal_id)
        facts = _facts(upper, given, parts).model_copy(update={"number": proposal.number})
        below = await _id_below(occasion, given)
        return [Across(lower.code, _received(proposal, given, facts, below, occasion))]

    async def _revoked(
        self, given: AssignmentDispatched, reason: str, occasion: Occasion
    ) -> list[Across]:
        upper = self.directories.find(occasion.district)
        lower = lower_district(self.directories, upper, given.unit)
        if lower is None:
            return []
        at = occasion.recorded.happened_at
        command = RevokeHandDown(
            at=at,
            proposal_id=await _id_below(occasion, given),
            reason=f"上级收回：{reason}",
            revoked_on=at.astimezone(CHINA).date(),
        )
        return [Across(lower.code, command)]


async def _proposal_in(occasion: Occasion, proposal_id: str) -> Proposal | None:
    """The proposal as the log of the upper level had it when this happened."""
    state: State = INITIAL
    for recorded in await occasion.log.read_stream(occasion.district, f"proposal-{proposal_id}"):
        if recorded.position <= occasion.recorded.position:
            event: Any = read_event(recorded.type, recorded.data)
            state = evolve(state, event)
    known = known_proposal(state)
    return known.proposal if known else None


async def _id_below(occasion: Occasion, given: AssignmentDispatched) -> str:
    """What the case is called below: by the number that it was dispatched under, whoever has it now.

    A number that had been another's by mistake names the second case that is called so.
    """
    stream = f"number-{given.year}-{given.number}"
    history = await occasion.log.read_stream(occasion.district, stream)
    had = [each.data["proposal_id"] for each in history if each.type == CaseNumberAssigned.type]
    nth = 1 + len(set(takewhile(lambda proposal_id: proposal_id != given.proposal_id, had)))
    return proposal_id_of(given.year, given.number, nth)


async def _given_in(occasion: Occasion, proposal_id: str) -> dict[str, AssignmentDispatched]:
    """Who has the case, each by the latest dispatch and limit up to now; and who is given it in the same breath."""
    now = occasion.recorded.position
    given: dict[str, AssignmentDispatched] = {}
    for recorded in await occasion.log.read_stream(occasion.district, f"case-{proposal_id}"):
        event = read_event(recorded.type, recorded.data)
        if isinstance(event, ReturnGranted) and recorded.position < now:
            given.pop(event.unit, None)
        elif isinstance(event, AssignmentDispatched) and recorded.position <= now:
            given[event.unit] = event
        elif isinstance(event, LIMIT_MOVES) and recorded.position <= now and event.unit in given:
            moved = {"due_on": event.due_on}
            given[event.unit] = given[event.unit].model_copy(update=moved)
        elif isinstance(event, AssignmentDispatched):
            given.setdefault(event.unit, event)
    return given


def _facts(
    upper: District, given: AssignmentDispatched, parts: Mapping[str, AssignmentDispatched]
) -> HandedDown:
    leads = [part.unit for part in parts.values() if part.role is Role.LEAD]
    others = [part.unit for part in parts.values() if part.role is Role.CO]
    return HandedDown(
        level=Origin.CITY,
        upper_name=upper.name,
        upper=upper.code,
        upper_proposal_id=given.proposal_id,
        number=given.number,
        unit=given.unit,
        role=given.role,
        lead_unit=None if given.role is Role.LEAD else given.lead_unit or next(iter(leads), None),
        co_units=tuple(unit for unit in others if unit != given.unit),
        dispatched_on=given.dispatched_on,
        due_on=given.due_on,
    )


def _received(
    proposal: Proposal,
    given: AssignmentDispatched,
    facts: HandedDown,
    below: str,
    occasion: Occasion,
) -> ReceiveFromAbove:
    told = proposal.received
    return ReceiveFromAbove(
        at=occasion.recorded.happened_at,
        proposal_id=below,
        year=given.year,
        title=told.title,
        form=told.form,
        proposers=given.proposers or told.proposers,
        body=told.body,
        key=proposal.key,
        fabricated=told.fabricated,
        collective=told.collective,
        occasion=told.occasion,
        category=proposal.category,
        handed_down=facts,
    )
