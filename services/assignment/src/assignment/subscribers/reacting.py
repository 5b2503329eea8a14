"""What assignment does when it hears of something: others' events in, own commands out."""

from collections.abc import Mapping
from dataclasses import asdict
from types import MappingProxyType

from assignment.commands import (
    CloseAssignment,
    EndCase,
    JoinProposers,
    OpenHandlingRound,
    RecordHandlingHistory,
    ReopenCase,
)
from assignment.subscribers.moving import (
    Moves,
    when_a_case_goes_on,
    when_a_case_is_dispatched,
    when_a_notice_is_adopted,
)
from contracts.assignment import AssignmentDispatched, CaseReopened, HolidayNoticeAdopted
from contracts.command import Command
from contracts.deadlines import counts_working_days, deadlines_of
from contracts.directory import District
from contracts.evaluation import RehandlingOrdered, ReplyRated
from contracts.event import Event
from contracts.handing_down import HandDownRevoked, ProposalHandedDown
from contracts.importing import LedgerRowRecorded
from contracts.intake import MergeUndone, ProposalMerged, ProposalWithdrawn
from contracts.rulebook import Rulebook
from contracts.working_days import WorkingCalendar
from hosting.calendars import calendar_in_force
from hosting.directories import Directories
from hosting.reacting import Occasion, Reaction
from hosting.rulebooks import rulebook_in_force


def reactions(
    directories: Directories, moves: Moves, shipped: WorkingCalendar
) -> Mapping[type[Event], Reaction]:
    async def when_a_ledger_row_is_recorded(
        event: LedgerRowRecorded, occasion: Occasion
    ) -> list[Command]:
        rulebook = await rulebook_in_force(occasion.log, occasion.district, event.year)
        directory, calendar = directories.find(occasion.district), None
        if counts_working_days(event.row, rulebook):
            calendar = await _calendar_at(occasion, shipped)
        return [_history_of(event, rulebook, calendar, directory, occasion)]

    return MappingProxyType(
        {
            LedgerRowRecorded: when_a_ledger_row_is_recorded,
            RehandlingOrdered: when_rehandling_is_ordered,
            ReplyRated: when_a_reply_is_rated,
            ProposalWithdrawn: when_a_proposal_is_withdrawn,
            ProposalMerged: when_a_proposal_is_merged,
            HolidayNoticeAdopted: when_a_notice_is_adopted(moves),
            AssignmentDispatched: when_a_case_is_dispatched(moves),
            CaseReopened: when_a_case_goes_on(moves),
            ProposalHandedDown: when_the_upper_level_hands_it_down,
            HandDownRevoked: when_the_upper_level_takes_it_back,
            MergeUndone: when_a_merge_is_undone,
        }
    )


async def when_rehandling_is_ordered(event: RehandlingOrdered, occasion: Occasion) -> list[Command]:
    return [
        OpenHandlingRound(
            at=occasion.recorded.happened_at,
            proposal_id=event.proposal_id,
            unit=event.unit,
            handling_round=event.handling_round,
            opened_on=event.ordered_on,
        )
    ]


async def when_a_reply_is_rated(event: ReplyRated, occasion: Occasion) -> list[Command]:
    if event.goes_back:
        return []
    return [
        CloseAssignment(
            at=occasion.recorded.happened_at,
            proposal_id=event.proposal_id,
            unit=event.unit,
            closed_on=event.rated_on,
        )
    ]


async def when_a_proposal_is_withdrawn(
    event: ProposalWithdrawn, occasion: Occasion
) -> list[Command]:
    return [
        EndCase(
            at=occasion.recorded.happened_at,
            proposal_id=event.proposal_id,
            reason=f"撤案：{event.reason}",
        )
    ]


async def when_the_upper_level_takes_it_back(
    event: HandDownRevoked, occasion: Occasion
) -> list[Command]:
    """Work that is done stays done; that it was taken back afterwards is noted with the proposal."""
    return [
        EndCase(
            at=occasion.recorded.happened_at,
            proposal_id=event.proposal_id,
            reason=event.reason,
            spares_finished=True,
        )
    ]


async def when_the_upper_level_hands_it_down(
    event: ProposalHandedDown, occasion: Occasion
) -> list[Command]:
    """A case that was taken back goes on; one that never ended is left as it is."""
    return [
        ReopenCase(
            at=occasion.recorded.happened_at,
            proposal_id=event.proposal_id,
            reason=f"{event.upper_name}再次交办",
            due_on=event.due_on,
        )
    ]


async def when_a_proposal_is_merged(event: ProposalMerged, occasion: Occasion) -> list[Command]:
    return [
        EndCase(
            at=occasion.recorded.happened_at,
            proposal_id=event.proposal_id,
            reason=f"并案：{event.into_proposal_id}",
        ),
        JoinProposers(
            at=occasion.recorded.happened_at,
            proposal_id=event.into_proposal_id,
            from_proposal_id=event.proposal_id,
            proposers=event.proposers,
        ),
    ]


async def when_a_merge_is_undone(event: MergeUndone, occasion: Occasion) -> list[Command]:
    return [
        ReopenCase(
            at=occasion.recorded.happened_at,
            proposal_id=event.proposal_id,
            reason=f"并入的提案“{event.into_proposal_id}”已终止，并案撤销",
        )
    ]


async def _calendar_at(occasion: Occasion, shipped: WorkingCalendar) -> WorkingCalendar:
    """The calendar that was in force: whenever a reaction is repeated, it decides alike."""
    until = occasion.recorded.position
    return await calendar_in_force(occasion.log, occasion.district, shipped, until=until)


def _history_of(
    event: LedgerRowRecorded,
    rulebook: Rulebook,
    calendar: WorkingCalendar | None,
    directory: District,
    occasion: Occasion,
) -> RecordHandlingHistory:
    row = event.row
    own_co_units = [
        name for name in row.co_units if (unit := directory.unit(name)) is not None and unit.own
    ]
    return RecordHandlingHistory(
        at=occasion.recorded.happened_at,
        proposal_id=event.proposal_id,
        year=event.year,
        number=row.number,
        row=row,
        **asdict(deadlines_of(row, rulebook, calendar)),
        calendar_version=calendar.version if calendar else None,
        own_co_units=tuple(own_co_units),
    )
