"""Which proposals came in and how far review has got with each, and how each event changes that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from contracts.catalogue import BY_TYPE
from contracts.event import Event
from contracts.intake import (
    ProposalEvent,
    ProposalFiled,
    ProposalMarkedKey,
    ProposalMerged,
    ProposalReceived,
    ProposalRefused,
    ProposalWithdrawn,
)
from contracts.vocabulary import ActorRole
from eventlog.readmodels import Origin, ReadModel, Rows, Rule, Table, Touch


@dataclass(slots=True)
class ProposalRow:
    """A proposal, and how far review has got with it."""

    proposal_id: str
    year: int
    number: str | None
    title: str
    form: str
    proposers: list[str]
    submitted_by: str | None
    state: str
    position: int
    is_key: bool = False
    fabricated: bool = False
    note: str | None = None


@dataclass(slots=True)
class YearRow:
    """A year in which the district has proposals."""

    year: int
    proposals: int


PROPOSALS = Table("intake.proposal", ProposalRow, ("proposal_id",))
YEARS = Table("intake.district_year", YearRow, ("year",))


def _its_year(event: ProposalReceived) -> Sequence[Touch]:
    return ((YEARS, (event.year,)),)


def _its_row(event: ProposalEvent) -> Sequence[Touch]:
    return ((PROPOSALS, (event.proposal_id,)),)


def _proposal(event: ProposalEvent, origin: Origin, rows: Rows) -> ProposalRow | None:
    """The proposal, which this event is the latest to change."""
    proposal = rows.change(PROPOSALS, event.proposal_id)
    if proposal is not None:
        proposal.position = origin.position
    return proposal


def _receive(event: ProposalReceived, origin: Origin, rows: Rows) -> None:
    """Whom it is by: the subject who handed it in; nobody's, where an office did."""
    by_proposer = origin.actor_role == ActorRole.PROPOSER.value
    rows.put(
        PROPOSALS,
        ProposalRow(
            proposal_id=event.proposal_id,
            year=event.year,
            number=None,
            title=event.title,
            form=event.form.value,
            proposers=list(event.proposers),
            submitted_by=origin.actor if by_proposer else None,
            state="received",
            position=origin.position,
            fabricated=event.fabricated,
        ),
    )
    if year := rows.change(YEARS, event.year):
        year.proposals += 1
    else:
        rows.put(YEARS, YearRow(event.year, 1))


def _file(event: ProposalFiled, origin: Origin, rows: Rows) -> None:
    if proposal := _proposal(event, origin, rows):
        proposal.state, proposal.number = "filed", event.number


def _refuse(event: ProposalRefused, origin: Origin, rows: Rows) -> None:
    if proposal := _proposal(event, origin, rows):
        proposal.state, proposal.note = "refused", event.notice


def _merge(event: ProposalMerged, origin: Origin, rows: Rows) -> None:
    if proposal := _proposal(event, origin, rows):
        proposal.state, proposal.note = "merged", event.into_proposal_id


def _withdraw(event: ProposalWithdrawn, origin: Origin, rows: Rows) -> None:
    if proposal := _proposal(event, origin, rows):
        proposal.state, proposal.note = "withdrawn", event.reason


def _mark_key(event: ProposalMarkedKey, origin: Origin, rows: Rows) -> None:
    if proposal := _proposal(event, origin, rows):
        proposal.is_key = True


RULES: Mapping[type[Event], Rule] = MappingProxyType(
    {
        ProposalReceived: Rule(_receive, _its_year),
        ProposalFiled: Rule(_file, _its_row),
        ProposalRefused: Rule(_refuse, _its_row),
        ProposalMerged: Rule(_merge, _its_row),
        ProposalWithdrawn: Rule(_withdraw, _its_row),
        ProposalMarkedKey: Rule(_mark_key, _its_row),
    }
)

INTAKE_PROPOSALS = ReadModel(
    name="proposals", follower="intake", tables=(PROPOSALS, YEARS), rules=RULES, catalogue=BY_TYPE
)
