"""What each case teaches about the next: what it is about, and which units have it in the end."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from assignment.projections.rows import PRECEDENTS, PrecedentRow
from contracts.assignment import AssignmentDispatched, CaseEvent, ReturnGranted, RoleChanged
from contracts.event import Event
from contracts.intake import ProposalEvent, ProposalFiled, ProposalReceived, ProposalResubmitted
from contracts.likeness import telling_pairs
from contracts.numbering import CaseNumberCorrected
from eventlog.readmodels import Origin, Rows, Rule, Touch


def _its_precedent(event: ProposalEvent | CaseEvent) -> Sequence[Touch]:
    return ((PRECEDENTS, (event.proposal_id,)),)


def _open(event: ProposalReceived, origin: Origin, rows: Rows) -> None:
    row = PrecedentRow(
        proposal_id=event.proposal_id,
        year=event.year,
        number=None,
        title=event.title,
        pairs=telling_pairs(event.title, event.body),
        wished_units=list(event.wished_units),
    )
    rows.put(PRECEDENTS, row)


def _complete(event: ProposalResubmitted, origin: Origin, rows: Rows) -> None:
    if row := rows.change(PRECEDENTS, event.proposal_id):
        row.title, row.pairs = event.title, telling_pairs(event.title, event.body)


def _number(event: ProposalFiled | CaseNumberCorrected, origin: Origin, rows: Rows) -> None:
    if row := rows.change(PRECEDENTS, event.proposal_id):
        row.number = event.number


def _give(event: AssignmentDispatched, origin: Origin, rows: Rows) -> None:
    if row := rows.change(PRECEDENTS, event.proposal_id):
        others = [each for each in row.units if each["unit"] != event.unit]
        row.units = [*others, {"unit": event.unit, "role": event.role.value}]
        row.lead_unit = event.lead_unit or row.lead_unit


def _release(event: ReturnGranted, origin: Origin, rows: Rows) -> None:
    """Whoever was released had it wrongly; what is learnt is who took over."""
    if row := rows.change(PRECEDENTS, event.proposal_id):
        row.units = [each for each in row.units if each["unit"] != event.unit]


def _change_role(event: RoleChanged, origin: Origin, rows: Rows) -> None:
    if row := rows.change(PRECEDENTS, event.proposal_id):
        row.units = [
            each | {"role": event.role.value} if each["unit"] == event.unit else each
            for each in row.units
        ]


PRECEDENT_RULES: Mapping[type[Event], Rule] = MappingProxyType(
    {
        ProposalReceived: Rule(_open),
        ProposalResubmitted: Rule(_complete, _its_precedent),
        ProposalFiled: Rule(_number, _its_precedent),
        CaseNumberCorrected: Rule(_number, _its_precedent),
        AssignmentDispatched: Rule(_give, _its_precedent),
        ReturnGranted: Rule(_release, _its_precedent),
        RoleChanged: Rule(_change_role, _its_precedent),
    }
)
