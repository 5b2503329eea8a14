"""Puts intake together; the only place here that builds things."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, cast

from fastapi import FastAPI

from contracts.catalogue import read_event
from contracts.command import Command
from contracts.identity import Actor
from contracts.intake import IntakeEvent
from contracts.working_days import read_calendar
from eventlog import Decider, Handled, Handling, Intent
from eventlog.recorded import Json
from hosting.bridging import Bridge
from hosting.clock import Clock, system_clock
from hosting.commanding import command_routes
from hosting.directories import read_directories
from hosting.process import opened
from hosting.reacting import Reactions
from intake import commands, decisions, state, subscribers
from intake.decisions.numbering import follows
from intake.endpoints.guarding import (
    as_reviewed_here,
    only_into_open_proposals,
    only_own_proposals,
    wishing_known_units,
)
from intake.endpoints.importing import Desk
from intake.endpoints.ledgers import ledger_routes
from intake.endpoints.numbering import handled
from intake.endpoints.papers import paper_routes
from intake.endpoints.proposals import proposal_routes
from intake.projections.papers import Papers
from intake.projections.proposals import INTAKE_PROPOSALS
from intake.projections.reading import years_of_districts
from intake.settings import Settings


def decode(type_name: str, data: Json) -> IntakeEvent:
    return cast(IntakeEvent, read_event(type_name, data))


DECIDER = Decider("intake", state.INITIAL, state.evolve, decisions.decide, decode, follows)

OPEN_COMMANDS = (
    commands.SaveDraft,
    commands.DiscardDraft,
    commands.OpenCosigning,
    commands.CosignProposal,
    commands.DeclineCosigning,
    commands.SubmitProposal,
    commands.RemoveAttachment,
    commands.StatePublicationConsent,
    commands.ReceiveProposal,
    commands.PassFirstReview,
    commands.ReturnProposal,
    commands.ResubmitProposal,
    commands.FileProposal,
    commands.CorrectCaseNumber,
    commands.RefuseProposal,
    commands.MergeProposal,
    commands.ConvertProposal,
    commands.TransferProposal,
    commands.WithdrawProposal,
    commands.CategoriseProposal,
    commands.MarkProposalKey,
    commands.UnmarkProposalKey,
    commands.MarkProposalExcellent,
    commands.UnmarkProposalExcellent,
    commands.AdoptClue,
    commands.RevokeHandDown,
)


@asynccontextmanager
async def running(settings: Settings, clock: Clock = system_clock) -> AsyncIterator[FastAPI]:
    """Intake with everything that runs beside it, until the block ends."""
    directories = read_directories(settings.tian_districts)
    calendar = read_calendar(settings.calendar.read_text("utf-8"))
    async with opened("intake", settings, clock) as host:
        handling = Handling(host.log, DECIDER, clock)
        views = host.views(INTAKE_PROPOSALS)

        async def guard(district: str, actor: Actor, command: Command) -> None:
            source = views.stored(district)
            await only_own_proposals(host.log, district, source, actor, command)
            await only_into_open_proposals(source, command)

        async def give(district: str, intent: Intent[Any]) -> Handled:
            known = wishing_known_units(directories, district, intent)
            return await handled(handling, district, as_reviewed_here(directories, district, known))

        reactions = Reactions(handling, subscribers.REACTIONS)
        bridge = Bridge(reactions, directories, subscribers.crossings(directories))
        host.follow(INTAKE_PROPOSALS, bridge)
        host.start()
        yield host.web_app(
            "提案 · 收案 (intake)",
            directories,
            [
                command_routes(OPEN_COMMANDS, give, clock, guard),
                proposal_routes(
                    views, host.log, directories, partial(years_of_districts, host.pool)
                ),
                paper_routes(Papers(host.pool), views, handling, clock, guard),
                ledger_routes(Desk(handling, directories, clock, calendar)),
            ],
        )
