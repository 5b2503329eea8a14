"""How each event changes the facts that a year's figures rest on."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from contracts.assignment import (
    CaseEnded,
    CaseEvent,
    CaseReopened,
)
from contracts.catalogue import BY_TYPE
from contracts.evaluation import FigureClaimed
from contracts.event import Event
from contracts.importing import ClueAdopted
from contracts.intake import (
    MergeUndone,
    ProposalConverted,
    ProposalEvent,
    ProposalFiled,
    ProposalMerged,
    ProposalReceived,
    ProposalRefused,
    ProposalResubmitted,
    ProposalReturned,
    ProposalTransferred,
    ProposalWithdrawn,
)
from contracts.marking import ProposalCategorised, ProposalMarkedKey, ProposalUnmarkedKey
from contracts.numbering import CaseNumberCorrected
from contracts.vocabulary import ActorRole
from evaluation.projections.facts import (
    ASSIGNMENTS,
    CASES,
    CLAIMS,
    CLUES,
    PROMISES,
    RETURNS,
    CaseRow,
    ClaimRow,
    ClueRow,
)
from evaluation.projections.handling import HANDLING_RULES
from evaluation.projections.promises import PROMISE_RULES
from eventlog.readmodels import Origin, ReadModel, Rows, Rule, Touch

Categorising = ProposalReceived | ProposalResubmitted | ProposalFiled | ProposalCategorised


def _its_case(event: ProposalEvent | CaseEvent) -> Sequence[Touch]:
    return ((CASES, (event.proposal_id,)),)


def _both_cases(event: ProposalMerged) -> Sequence[Touch]:
    return ((CASES, (event.proposal_id,)), (CASES, (event.into_proposal_id,)))


def _open_case(event: ProposalReceived, origin: Origin, rows: Rows) -> None:
    """Who may rate: the subject who handed the proposal in, or its names where an office did."""
    by_proposer = origin.actor_role == ActorRole.PROPOSER.value
    rows.put(
        CASES,
        CaseRow(
            proposal_id=event.proposal_id,
            year=event.year,
            number=None,
            title=event.title,
            raters_by_subject=[origin.actor] if by_proposer else [],
            raters_by_name=[] if by_proposer else list(event.proposers),
            form=event.form.value,
            proposers=list(event.proposers),
            collective=event.collective.value if event.collective else None,
            received_live=not origin.is_imported,
            received_position=origin.position,
        ),
    )
    _categorise(event, origin, rows)


def _categorise(event: Categorising, origin: Origin, rows: Rows) -> None:
    """The latest word counts; who says nothing leaves it as it is."""
    case = rows.change(CASES, event.proposal_id) if event.category else None
    if case and event.category:
        case.category = event.category.value
        case.category_position = origin.position


def _merge(event: ProposalMerged, origin: Origin, rows: Rows) -> None:
    """Who might rate answers to a proposal may rate those to the one it was merged into."""
    merged = rows.change(CASES, event.proposal_id)
    if merged is not None:
        merged.merged = True
        merged.reviewed_position = origin.position
    target = rows.change(CASES, event.into_proposal_id)
    if merged is not None and target is not None:
        target.raters_by_subject = target.raters_by_subject + merged.raters_by_subject
        target.raters_by_name = target.raters_by_name + merged.raters_by_name


def _number_case(event: ProposalFiled, origin: Origin, rows: Rows) -> None:
    if case := rows.change(CASES, event.proposal_id):
        case.number = event.number
        case.title = event.title
        case.reviewed_position = origin.position
    _categorise(event, origin, rows)


def _correct_number(event: CaseNumberCorrected, origin: Origin, rows: Rows) -> None:
    """Nothing else is counted otherwise: the case is the same."""
    if case := rows.change(CASES, event.proposal_id):
        case.number = event.number


def _refuse(event: ProposalRefused, origin: Origin, rows: Rows) -> None:
    if case := rows.change(CASES, event.proposal_id):
        case.refused = True
        case.refused_because = event.reason.value
        case.reviewed_position = origin.position


def _return(event: ProposalReturned, origin: Origin, rows: Rows) -> None:
    """It went back to its proposers to be completed."""
    if case := rows.change(CASES, event.proposal_id):
        case.returned += 1


def _resubmit(event: ProposalResubmitted, origin: Origin, rows: Rows) -> None:
    if case := rows.change(CASES, event.proposal_id):
        case.title = event.title
    _categorise(event, origin, rows)


def _convert(event: ProposalConverted, origin: Origin, rows: Rows) -> None:
    if case := rows.change(CASES, event.proposal_id):
        case.converted_into = event.into.value
        case.reviewed_position = origin.position


def _transfer(event: ProposalTransferred, origin: Origin, rows: Rows) -> None:
    if case := rows.change(CASES, event.proposal_id):
        case.transferred_to = event.level.value
        case.reviewed_position = origin.position


def _withdraw(event: ProposalWithdrawn, origin: Origin, rows: Rows) -> None:
    if case := rows.change(CASES, event.proposal_id):
        case.withdrawn = True


def _mark_key(event: ProposalMarkedKey | ProposalUnmarkedKey, origin: Origin, rows: Rows) -> None:
    """The latest mark counts: a key proposal may be none any more."""
    if case := rows.change(CASES, event.proposal_id):
        case.is_key = isinstance(event, ProposalMarkedKey)
        case.key_position = origin.position


def _end_case(event: CaseEnded, origin: Origin, rows: Rows) -> None:
    """The case ended without an answer and is not counted."""
    if case := rows.change(CASES, event.proposal_id):
        case.ended = True


def _go_on(event: CaseReopened, origin: Origin, rows: Rows) -> None:
    if case := rows.change(CASES, event.proposal_id):
        case.ended = False


def _undo_merge(event: MergeUndone, origin: Origin, rows: Rows) -> None:
    if case := rows.change(CASES, event.proposal_id):
        case.merged = False


def _adopt_clue(event: ClueAdopted, origin: Origin, rows: Rows) -> None:
    rows.put(CLUES, ClueRow(event.year, event.number, event.title, origin.position))


def _claim(event: FigureClaimed, origin: Origin, rows: Rows) -> None:
    claim = ClaimRow(event.year, event.figure, event.source, event.claimed, origin.position)
    rows.put(CLAIMS, claim)


RULES: Mapping[type[Event], Rule] = MappingProxyType(
    {
        ProposalReceived: Rule(_open_case),
        ProposalMerged: Rule(_merge, _both_cases),
        ProposalFiled: Rule(_number_case, _its_case),
        CaseNumberCorrected: Rule(_correct_number, _its_case),
        ProposalRefused: Rule(_refuse, _its_case),
        ProposalReturned: Rule(_return, _its_case),
        ProposalResubmitted: Rule(_resubmit, _its_case),
        ProposalConverted: Rule(_convert, _its_case),
        ProposalTransferred: Rule(_transfer, _its_case),
        ProposalWithdrawn: Rule(_withdraw, _its_case),
        ProposalCategorised: Rule(_categorise, _its_case),
        ProposalMarkedKey: Rule(_mark_key, _its_case),
        ProposalUnmarkedKey: Rule(_mark_key, _its_case),
        CaseEnded: Rule(_end_case, _its_case),
        CaseReopened: Rule(_go_on, _its_case),
        MergeUndone: Rule(_undo_merge, _its_case),
        ClueAdopted: Rule(_adopt_clue),
        FigureClaimed: Rule(_claim),
        **HANDLING_RULES,
        **PROMISE_RULES,
    }
)

SCORES = ReadModel(
    name="scores",
    follower="evaluation",
    tables=(CASES, ASSIGNMENTS, PROMISES, RETURNS, CLUES, CLAIMS),
    rules=RULES,
    catalogue=BY_TYPE,
)
