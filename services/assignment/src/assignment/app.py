"""Puts assignment together; the only place here that builds things."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

from fastapi import FastAPI

from assignment import commands, decisions, state, subscribers
from assignment.endpoints.bulk import bulk_routes
from assignment.endpoints.calendars import Calendars, calendar_routes
from assignment.endpoints.cases import case_routes
from assignment.endpoints.dispatching import DispatchDesk, dispatch_routes
from assignment.endpoints.guarding import (
    only_waived_co_units,
    only_within_the_upper_limit,
    refuse_unknown_class,
)
from assignment.endpoints.inboxes import inbox_routes
from assignment.endpoints.messages import message_routes
from assignment.endpoints.notices import notice_routes
from assignment.endpoints.openings import opening_routes
from assignment.endpoints.resuming import resuming_routes
from assignment.endpoints.upper_reports import upper_report_routes
from assignment.projections.cases import CASES
from assignment.projections.outbox import Outbox
from assignment.settings import Settings
from assignment.subscribers import MESSAGES, Sender, Silence, Supervisor, Teller, connect_lines
from contracts.assignment import AssignmentServiceEvent
from contracts.catalogue import read_event
from contracts.command import Command
from contracts.identity import Actor
from contracts.working_days import read_calendar
from eventlog import Decider, Handling
from eventlog.recorded import Json
from eventlog.side_by_side import cancelled
from hosting.background import again_and_again
from hosting.bridging import Bridge
from hosting.clock import Clock, system_clock
from hosting.commanding import command_routes
from hosting.directories import Directories, read_directories
from hosting.process import Host, opened
from hosting.reacting import Reactions


def decode(type_name: str, data: Json) -> AssignmentServiceEvent:
    return cast(AssignmentServiceEvent, read_event(type_name, data))


DECIDER = Decider("assignment", state.INITIAL, state.evolve, decisions.decide, decode)

OPEN_COMMANDS = (
    commands.SignAssignment,
    commands.RequestReturn,
    commands.DeclineReturn,
    commands.RecordContact,
    commands.GiveCoOpinion,
    commands.WaiveCoOpinion,
    commands.IssueReply,
    commands.CloseAssignment,
    commands.AllowLateReturn,
    commands.EscalateReturn,
    commands.NameHandler,
    commands.SuggestCoUnit,
    commands.DeclineCoUnit,
    commands.SendBackCoOpinion,
    commands.AcceptCoOpinion,
    commands.RequestExtension,
    commands.GrantExtension,
    commands.DeclineExtension,
    commands.SuspendHandling,
    commands.DraftReply,
    commands.SignReply,
    commands.PassDraft,
    commands.SendBackDraft,
    commands.ChangeResultClass,
    commands.DeliverReply,
    commands.PublishReply,
    commands.ListSuggestions,
    commands.RecordResult,
    commands.MakeCommitment,
    commands.AdvanceCommitment,
    commands.FulfilCommitment,
    commands.SlipCommitment,
    commands.GiveUpCommitment,
    commands.CarryCommitmentOver,
    commands.ChaseUnit,
)


@asynccontextmanager
async def running(settings: Settings, clock: Clock = system_clock) -> AsyncIterator[FastAPI]:
    """Assignment with everything that runs beside it, until the block ends."""
    directories = read_directories(settings.tian_districts)
    async with opened("assignment", settings, clock) as host:
        handling = Handling(host.log, DECIDER, clock)
        views = host.views(CASES)
        calendars = Calendars(read_calendar(settings.calendar.read_text("utf-8")), host.log)
        outbox, sender = _post_office(host, settings, directories, calendars)
        desk = DispatchDesk(handling, views, directories, clock, calendars)
        codes = [each.code for each in directories]
        supervisor = Supervisor(handling, views.stored, calendars.of, codes, clock)

        async def guard(district: str, actor: Actor, command: Command) -> None:
            await refuse_unknown_class(desk, district, command)
            await only_waived_co_units(desk, district, command)
            await only_within_the_upper_limit(desk, district, command)

        moves = subscribers.moves_as_of(views, calendars.shipped)
        reactions = Reactions(
            handling, subscribers.reactions(directories, moves, calendars.shipped)
        )
        host.follow(CASES, Bridge(reactions, directories, subscribers.crossings(directories)))
        host.start()
        runs = (supervisor.run, sender.run)
        watching = [asyncio.create_task(again_and_again(one)) for one in runs]
        try:
            yield host.web_app(
                "提案 · 交办 (assignment)",
                directories,
                [
                    command_routes(OPEN_COMMANDS, handling.handle, clock, guard),
                    dispatch_routes(desk),
                    resuming_routes(desk),
                    bulk_routes(desk),
                    opening_routes(desk),
                    calendar_routes(calendars, views, host.log, handling.handle, clock),
                    notice_routes(views, directories),
                    upper_report_routes(views),
                    message_routes(outbox, clock),
                    inbox_routes(outbox, clock),
                    case_routes(views, host.log, clock),
                ],
            )
        finally:
            await cancelled(watching)


def _post_office(
    host: Host, settings: Settings, directories: Directories, calendars: Calendars
) -> tuple[Outbox, Sender]:
    """The outbox, with what writes into it and what sends from it.

    Raises BadChannels, or OSError for a secret that cannot be read.
    """
    lines = connect_lines(settings.channels, directories)
    said = {code: each.said for code, each in lines.items()}
    host.follow_with(MESSAGES, Teller(said, directories, host.clock))
    outbox, silence = Outbox(host.pool), Silence(host.log, calendars.of)
    return outbox, Sender(outbox, silence, lines, [each.code for each in directories], host.clock)
