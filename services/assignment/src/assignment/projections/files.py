"""What is known of a case as a whole, and how each event changes it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from assignment.projections.rows import FILES, NOTICES, FileRow, NoticeRow
from contracts.assignment import (
    CaseEnded,
    CaseEvent,
    CaseReopened,
    HolidayNoticeAdopted,
    ProposersJoined,
    SuggestionsListed,
)
from contracts.event import Event
from contracts.handing_down import ProposalHandedDown
from contracts.intake import ProposalEvent, ProposalFiled, ProposalReceived
from contracts.marking import ProposalMarkedKey
from contracts.numbering import CaseNumberCorrected
from eventlog.readmodels import Origin, Rows, Rule, Touch


def its_file(event: ProposalEvent | CaseEvent) -> Sequence[Touch]:
    return ((FILES, (event.proposal_id,)),)


def _join_proposers(event: ProposersJoined, origin: Origin, rows: Rows) -> None:
    if file := rows.change(FILES, event.proposal_id):
        file.proposers = list(dict.fromkeys([*file.proposers, *event.proposers]))


def _list_suggestions(event: SuggestionsListed, origin: Origin, rows: Rows) -> None:
    if file := rows.change(FILES, event.proposal_id):
        file.suggestions = [each.model_dump() for each in event.suggestions]


def _keep_notice(event: HolidayNoticeAdopted, origin: Origin, rows: Rows) -> None:
    told = event.model_dump(mode="json")
    rows.put(NOTICES, NoticeRow(**told))


def _open_file(event: ProposalReceived, origin: Origin, rows: Rows) -> None:
    file = FileRow(
        proposal_id=event.proposal_id,
        year=event.year,
        number=None,
        title=event.title,
        fabricated=event.fabricated,
        proposers=list(event.proposers),
        form=event.form.value,
    )
    rows.put(FILES, file)


def _number_file(event: ProposalFiled, origin: Origin, rows: Rows) -> None:
    if file := rows.change(FILES, event.proposal_id):
        file.number, file.title = event.number, event.title


def _correct_number(event: CaseNumberCorrected, origin: Origin, rows: Rows) -> None:
    """What the upper level handed down has one number on both levels."""
    if file := rows.change(FILES, event.proposal_id):
        file.number = event.number
        file.handed_down = [above | {"number": event.number} for above in file.handed_down]


def _mark_key(event: ProposalMarkedKey, origin: Origin, rows: Rows) -> None:
    if file := rows.change(FILES, event.proposal_id):
        file.is_key = True


def _hand_down(event: ProposalHandedDown, origin: Origin, rows: Rows) -> None:
    if file := rows.change(FILES, event.proposal_id):
        file.handed_down = [event.handed_down.model_dump(mode="json")]


def _end_file(event: CaseEnded, origin: Origin, rows: Rows) -> None:
    if file := rows.change(FILES, event.proposal_id):
        file.ended_reason = event.reason


def _reopen_file(event: CaseReopened, origin: Origin, rows: Rows) -> None:
    if file := rows.change(FILES, event.proposal_id):
        file.ended_reason = None


FILE_RULES: Mapping[type[Event], Rule] = MappingProxyType(
    {
        ProposalReceived: Rule(_open_file),
        ProposalFiled: Rule(_number_file, its_file),
        CaseNumberCorrected: Rule(_correct_number, its_file),
        ProposalMarkedKey: Rule(_mark_key, its_file),
        ProposalHandedDown: Rule(_hand_down, its_file),
        CaseEnded: Rule(_end_file, its_file),
        CaseReopened: Rule(_reopen_file, its_file),
        ProposersJoined: Rule(_join_proposers, its_file),
        SuggestionsListed: Rule(_list_suggestions, its_file),
        HolidayNoticeAdopted: Rule(_keep_notice),
    }
)
