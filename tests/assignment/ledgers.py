"""What a ledger tells of a case."""

from typing import Any

from assignment.commands import RecordHandlingHistory
from contracts.ledger import LedgerRow
from contracts.vocabulary import ProposalForm, Role
from tests.assignment.cases import AT, CASE, CO_DUE_ON, DISPATCHED_ON, DUE_ON, EDUCATION, FINANCE


def history(**changes: Any) -> RecordHandlingHistory:
    told: dict[str, Any] = {
        "number": CASE,
        "title": "关于优化学区划分的建议",
        "form": ProposalForm.INDIVIDUAL,
        "proposers": ("陈一",),
        "role": Role.LEAD,
        "own_units": (EDUCATION,),
        "dispatched_on": DISPATCHED_ON,
    }
    return RecordHandlingHistory(
        at=AT,
        proposal_id=CASE,
        year=2024,
        number=CASE,
        row=LedgerRow(**told | changes),
        due_on=DUE_ON,
        due_rule="sample",
        co_due_on=CO_DUE_ON,
        co_due_rule="sample",
        own_co_units=(FINANCE,),
    )
