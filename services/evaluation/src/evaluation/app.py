"""Puts evaluation together; the only place here that builds things."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import cast

import asyncpg
from fastapi import FastAPI

from contracts.catalogue import read_event
from contracts.command import Command
from contracts.evaluation import EvaluationEvent
from contracts.identity import Actor
from contracts.working_days import read_calendar
from evaluation import commands, decisions, state, subscribers
from evaluation.endpoints.appraisals import Appraisals, appraisal_routes
from evaluation.endpoints.checking import checking_routes
from evaluation.endpoints.city import city_routes
from evaluation.endpoints.figures import check_who_rates, figure_routes
from evaluation.endpoints.guarding import only_where_it_is_rated
from evaluation.endpoints.holding import Courses, holding_routes
from evaluation.endpoints.receipts import receipt_routes
from evaluation.endpoints.rechecking import Rechecking, rechecking_routes
from evaluation.endpoints.refreshing import Refreshing
from evaluation.endpoints.reports import report_routes
from evaluation.endpoints.rulebooks import Rulebooks, read_rulebooks
from evaluation.endpoints.summaries import summary_routes
from evaluation.endpoints.years import Years
from evaluation.projections.courses import IN_MEMORY
from evaluation.projections.overviews import Overviews
from evaluation.projections.scores import SCORES
from evaluation.settings import Settings
from eventlog import Decider, Handling
from eventlog.auditing import Audit, Auditor, Trust
from eventlog.proving.keys import with_second_origin
from eventlog.proving.notes import VerifierKey
from eventlog.recorded import Json
from eventlog.side_by_side import cancelled
from eventlog.subtrees import Subtrees
from hosting.background import again_and_again
from hosting.bridging import Bridge
from hosting.clock import Clock, system_clock
from hosting.commanding import command_routes
from hosting.directories import read_directories
from hosting.process import opened
from hosting.reacting import Reactions


def decode(type_name: str, data: Json) -> EvaluationEvent:
    return cast(EvaluationEvent, read_event(type_name, data))


DECIDER = Decider("evaluation", state.INITIAL, state.evolve, decisions.decide, decode)

OPEN_COMMANDS = (
    commands.RateReply,
    commands.AdoptRulebook,
    commands.ClaimFigure,
    commands.SelfScore,
    commands.SubmitAppraisal,
    commands.VerifyItem,
    commands.AdjustItem,
    commands.AppealAppraisal,
    commands.DecideAppeal,
)


@asynccontextmanager
async def running(settings: Settings, clock: Clock = system_clock) -> AsyncIterator[FastAPI]:
    """Evaluation with everything that runs beside it, until the block ends."""
    directories = read_directories(settings.tian_districts)
    shipped = read_rulebooks(settings.rulebooks)
    calendar = read_calendar(settings.calendar.read_text("utf-8"))
    async with opened("evaluation", settings, clock) as host:
        handling = Handling(host.log, DECIDER, clock)
        views = host.views(SCORES)
        years = Years(views, host.log, directories)
        subtrees = Subtrees(host.pool)
        refreshing = Refreshing(years, Overviews(host.pool))

        async def guard(district: str, actor: Actor, command: Command) -> None:
            await check_who_rates(views.stored(district), actor, command)
            await only_where_it_is_rated(host.log, directories, district, command)

        async def audit_of(district: str, keys: Sequence[VerifierKey]) -> Audit:
            trust = Trust(with_second_origin(keys), is_stored_held_against=bool(keys))
            async with host.pool.acquire() as borrowed:
                connection = cast(asyncpg.Connection, borrowed)
                return await Auditor(connection, district, trust, lambda *_: None).audit()

        reactions = Reactions(handling, subscribers.REACTIONS)
        host.follow(SCORES, Bridge(reactions, directories, subscribers.crossings(directories)))
        host.start()
        beside = asyncio.create_task(again_and_again(refreshing.run))
        try:
            yield host.web_app(
                "提案 · 评价 (evaluation)",
                directories,
                [
                    command_routes(OPEN_COMMANDS, handling.handle, clock, guard),
                    figure_routes(years, Rulebooks(host.log, shipped)),
                    receipt_routes(years, subtrees),
                    rechecking_routes(Rechecking(host.log, host.log_key, audit_of)),
                    appraisal_routes(Appraisals(years, subtrees, handling.handle, clock, calendar)),
                    summary_routes(years),
                    report_routes(years, clock),
                    checking_routes(years.figures_now),
                    city_routes(refreshing, directories),
                    holding_routes(Courses(views, host.views(IN_MEMORY), clock), host.log),
                ],
            )
        finally:
            await cancelled([beside])
