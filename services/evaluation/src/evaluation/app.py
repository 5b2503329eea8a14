"""Puts evaluation together; the only place here that builds things."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

from fastapi import FastAPI

from contracts.catalogue import read_event
from contracts.command import Command
from contracts.evaluation import EvaluationEvent
from contracts.identity import Actor
from evaluation import commands, decisions, state, subscribers
from evaluation.endpoints.figures import check_who_rates, figure_routes
from evaluation.endpoints.rulebooks import Rulebooks, read_rulebooks
from evaluation.projections.reading import Facts
from evaluation.projections.writing import project
from evaluation.settings import Settings
from eventlog import Decider, Handling
from eventlog.recorded import Json
from hosting.commanding import command_routes
from hosting.directories import read_directories
from hosting.process import opened
from hosting.reacting import Reactions
from hosting.signing import Clock, system_clock


def decode(type_name: str, data: Json) -> EvaluationEvent:
    return cast(EvaluationEvent, read_event(type_name, data))


DECIDER = Decider("evaluation", state.INITIAL, state.evolve, decisions.decide, decode)

OPEN_COMMANDS = (commands.RateReply, commands.AdoptRulebook, commands.ClaimFigure)


@asynccontextmanager
async def running(settings: Settings, clock: Clock = system_clock) -> AsyncIterator[FastAPI]:
    """Evaluation with everything that runs beside it, until the block ends."""
    directories = read_directories(settings.tian_districts)
    shipped = read_rulebooks(settings.rulebooks)
    async with opened("evaluation", settings, clock) as host:
        handling = Handling(host.log, DECIDER, clock)
        facts = Facts(host.pool)

        async def guard(district: str, actor: Actor, command: Command) -> None:
            await check_who_rates(facts, district, actor, command)

        host.follow(project, Reactions(handling, subscribers.reactions(facts)))
        host.start()
        yield host.web_app(
            "提案 · 评价 (evaluation)",
            directories,
            [
                command_routes(OPEN_COMMANDS, handling.handle, clock, guard),
                figure_routes(facts, host.log, directories, Rulebooks(host.log, shipped)),
            ],
        )
