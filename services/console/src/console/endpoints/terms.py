"""The Chinese terms and the digits that stand for codes and amounts."""

from decimal import Decimal

from console.endpoints.answers import CaseState, ProposalState
from contracts.appraisal import AppealOutcome, AppraisalStage
from contracts.sending import (
    AddressOutcome,
    ChannelKind,
    Matter,
    RecipientKind,
    SendingState,
    SendingStep,
)
from contracts.vocabulary import (
    ActorRole,
    AlertLevel,
    ChasingManner,
    CollectiveKind,
    CommitmentStanding,
    ContactManner,
    ContactStage,
    Conversion,
    Duty,
    EscalationStep,
    ItemState,
    Level,
    Occasion,
    Openness,
    ProposalCategory,
    ProposalForm,
    RefusalReason,
    Role,
    Satisfaction,
    Term,
)

KINDS: dict[str, type[Term]] = {
    "actor": ActorRole,
    "address": AddressOutcome,
    "appraisal": AppraisalStage,
    "alert": AlertLevel,
    "case": CaseState,
    "category": ProposalCategory,
    "channel": ChannelKind,
    "chasing": ChasingManner,
    "duty": Duty,
    "form": ProposalForm,
    "item": ItemState,
    "collective": CollectiveKind,
    "conversion": Conversion,
    "level": Level,
    "manner": ContactManner,
    "matter": Matter,
    "occasion": Occasion,
    "openness": Openness,
    "outcome": AppealOutcome,
    "proposal": ProposalState,
    "recipient": RecipientKind,
    "refusal": RefusalReason,
    "role": Role,
    "satisfaction": Satisfaction,
    "sending": SendingState,
    "sending_step": SendingStep,
    "stage": ContactStage,
    "standing": CommitmentStanding,
    "step": EscalationStep,
}


def term_of(code: str, kind: str) -> str:
    """The Chinese term of a code; a code that is not known here is shown as it is."""
    terms = KINDS[kind]
    return terms(code).chinese if code in set(terms) else code


def role_of(code: str) -> str:
    return term_of(code, "role")


def state_of(code: str) -> str:
    return term_of(code, "case")


def figure_in_digits(amount: Decimal | None) -> str:
    """An amount to two places without needless zeros; «—» where there is none."""
    if amount is None:
        return "—"
    plain = f"{amount:.2f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
