"""Which proposals there are and how far review has got with each, and how each event changes that."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from contracts.assignment import ReplyPublished
from contracts.catalogue import BY_TYPE
from contracts.event import Event
from contracts.handing_down import HandDownRevoked, ProposalHandedDown
from contracts.intake import (
    FirstReviewPassed,
    MergeUndone,
    ProposalConverted,
    ProposalFiled,
    ProposalMerged,
    ProposalReceived,
    ProposalRefused,
    ProposalResubmitted,
    ProposalReturned,
    ProposalTookIn,
    ProposalTransferred,
    ProposalWithdrawn,
)
from contracts.likeness import pairs_of
from contracts.marking import (
    ProposalCategorised,
    ProposalMarkedExcellent,
    ProposalMarkedKey,
    ProposalUnmarkedExcellent,
    ProposalUnmarkedKey,
)
from contracts.numbering import CaseNumberCorrected
from contracts.proposing import (
    AttachmentAdded,
    AttachmentRemoved,
    CosignersDropped,
    CosigningDeclined,
    CosigningOpened,
    DraftDiscarded,
    DraftSaved,
    ProposalCosigned,
    ProposalEvent,
    PublicationConsentStated,
)
from contracts.vocabulary import ActorRole
from eventlog.readmodels import Apply, Origin, ReadModel, Rows, Rule, Touch
from intake.projections import setting
from intake.projections.rows import PROPOSALS, YEARS, ProposalRow, YearRow


def _its_year_and_row(event: ProposalReceived) -> Sequence[Touch]:
    return ((YEARS, (event.year,)), (PROPOSALS, (event.proposal_id,)))


def _its_row(event: ProposalEvent | ReplyPublished) -> Sequence[Touch]:
    return ((PROPOSALS, (event.proposal_id,)),)


def _proposal(event: ProposalEvent, origin: Origin, rows: Rows) -> ProposalRow | None:
    """The proposal, which this event is the latest to change."""
    proposal = rows.change(PROPOSALS, event.proposal_id)
    if proposal is not None:
        proposal.position = origin.position
    return proposal


def _write(
    event: ProposalReceived | DraftSaved, state: str, origin: Origin, rows: Rows
) -> ProposalRow:
    """Whom it is by: the subject who wrote it; nobody's, where an office did."""
    proposal = _proposal(event, origin, rows)
    if proposal is None:
        by_proposer = origin.actor_role == ActorRole.PROPOSER.value
        proposal = ProposalRow(
            proposal_id=event.proposal_id,
            year=event.year,
            number=None,
            title=event.title,
            form=event.form.value,
            proposers=[],
            submitted_by=origin.actor if by_proposer else None,
            state=state,
            position=origin.position,
        )
        rows.put(PROPOSALS, proposal)
    proposal.year, proposal.title, proposal.body = event.year, event.title, event.body
    proposal.form, proposal.state = event.form.value, state
    proposal.proposers, proposal.pairs = list(event.proposers), pairs_of(event.title)
    proposal.collective = event.collective.value if event.collective else None
    proposal.occasion = event.occasion.value if event.occasion else None
    proposal.wished_units, proposal.fabricated = list(event.wished_units), event.fabricated
    proposal.category = event.category.value if event.category else ""
    return proposal


def _publish(event: ReplyPublished, origin: Origin, rows: Rows) -> None:
    if proposal := rows.change(PROPOSALS, event.proposal_id):
        proposal.is_published = True


def _save_draft(event: DraftSaved, origin: Origin, rows: Rows) -> None:
    known = rows.find(PROPOSALS, event.proposal_id)
    _write(event, known.state if known else "draft", origin, rows)


def _receive(event: ProposalReceived, origin: Origin, rows: Rows) -> None:
    _write(event, "received", origin, rows).reviewed_twice = event.reviewed_twice
    if year := rows.change(YEARS, event.year):
        year.proposals += 1
    else:
        rows.put(YEARS, YearRow(event.year, 1))


Change = tuple[type[Event], Any]


def _changes(event_class: type[Event], values: Any) -> Change:
    """The rule of an event that only sets some columns of its proposal."""

    def change(event: Any, origin: Origin, rows: Rows) -> None:
        proposal = _proposal(event, origin, rows)
        if proposal is not None:
            for name, value in values(event, proposal).items():
                setattr(proposal, name, value)

    apply: Apply = change
    return event_class, Rule(apply, _its_row)


def _hand_down(event: ProposalHandedDown, origin: Origin, rows: Rows) -> None:
    """What was taken back goes on; otherwise it says nothing about the review."""
    known = rows.find(PROPOSALS, event.proposal_id)
    if known and known.state == "withdrawn" and (row := _proposal(event, origin, rows)):
        row.state, row.note = "filed", None


RULES: Mapping[type[Event], Rule] = MappingProxyType(
    {
        DraftSaved: Rule(_save_draft, _its_row),
        ProposalReceived: Rule(_receive, _its_year_and_row),
        ReplyPublished: Rule(_publish, _its_row),
        ProposalHandedDown: Rule(_hand_down, _its_row),
        **dict(
            [
                _changes(DraftDiscarded, lambda event, row: {"state": "discarded"}),
                _changes(CosigningOpened, setting.opened),
                _changes(ProposalCosigned, setting.signed),
                _changes(
                    CosigningDeclined,
                    lambda event, row: {"declined": [*row.declined, event.name]},
                ),
                _changes(
                    CosignersDropped,
                    lambda event, row: {
                        "invited": [each for each in row.invited if each not in event.names]
                    },
                ),
                _changes(AttachmentAdded, setting.attached),
                _changes(AttachmentRemoved, setting.detached),
                _changes(PublicationConsentStated, setting.consent),
                _changes(
                    FirstReviewPassed,
                    lambda event, row: {"state": "first_reviewed", "note": event.note or None},
                ),
                _changes(
                    ProposalReturned,
                    lambda event, row: {"state": "sent_back", "note": event.reason},
                ),
                _changes(ProposalResubmitted, setting.completed),
                _changes(ProposalFiled, setting.filed),
                _changes(CaseNumberCorrected, lambda event, row: {"number": event.number}),
                _changes(
                    ProposalRefused, lambda event, row: {"state": "refused", "note": event.notice}
                ),
                _changes(
                    ProposalMerged,
                    lambda event, row: {"state": "merged", "note": event.into_proposal_id},
                ),
                _changes(
                    ProposalTookIn,
                    lambda event, row: {"taken_in": [*row.taken_in, event.merged_proposal_id]},
                ),
                _changes(MergeUndone, setting.unmerged),
                _changes(
                    ProposalConverted,
                    lambda event, row: {"state": "converted", "note": event.notice},
                ),
                _changes(
                    ProposalTransferred,
                    lambda event, row: {"state": "transferred", "note": event.receiver},
                ),
                _changes(
                    ProposalWithdrawn,
                    lambda event, row: {"state": "withdrawn", "note": event.reason},
                ),
                _changes(
                    HandDownRevoked,
                    lambda event, row: {"state": "withdrawn", "note": event.reason},
                ),
                _changes(
                    ProposalCategorised, lambda event, row: {"category": event.category.value}
                ),
                _changes(ProposalMarkedKey, lambda event, row: {"is_key": True}),
                _changes(ProposalUnmarkedKey, lambda event, row: {"is_key": False}),
                _changes(ProposalMarkedExcellent, lambda event, row: {"is_excellent": True}),
                _changes(ProposalUnmarkedExcellent, lambda event, row: {"is_excellent": False}),
            ]
        ),
    }
)

INTAKE_PROPOSALS = ReadModel(
    name="proposals", follower="intake", tables=(PROPOSALS, YEARS), rules=RULES, catalogue=BY_TYPE
)
