"""What is known of one unit's part in a case."""

from dataclasses import dataclass
from datetime import date

from contracts.assignment import (
    AlertEvent,
    AssignmentDispatched,
    ContactRecorded,
    CoOpinionSentBack,
    CoUnitDeclined,
    CoUnitSuggested,
    DraftPassed,
    DraftSentBack,
    EarlyLimitsMoved,
    ExtensionDeclined,
    ExtensionGranted,
    ExtensionRequested,
    HandlerNamed,
    HandlingResumed,
    HandlingSuspended,
    LowerCaseOpened,
    ReplyDelivered,
    ReplyDrafted,
    ReplyIssued,
    ReplyPublished,
    ReplySigned,
    ResultClassChanged,
    ResultRecorded,
    ReturnEscalated,
    ReturnRequested,
    UnitChased,
)
from contracts.vocabulary import EscalationStep, Role


@dataclass(frozen=True)
class AwaitingSignature:
    """待签收。"""


@dataclass(frozen=True)
class InHandling:
    """办理中；第二轮起为重新办理。"""

    since: date


@dataclass(frozen=True)
class Answered:
    """已答复，待评价。"""


@dataclass(frozen=True)
class Closed:
    """已办结。"""


@dataclass(frozen=True)
class Returned:
    """已退回。"""

    granted_on: date


@dataclass(frozen=True)
class ReturnAsked:
    """已申请退回，待督查室答复；答复前仍须继续办理。"""

    request: ReturnRequested


@dataclass(frozen=True)
class ReturnKept:
    """申请退回未获同意。"""

    request: ReturnRequested
    reason: str


@dataclass(frozen=True)
class Draft:
    """答复稿的最新一版：是否签发，审核结果如何。"""

    letter: ReplyDrafted
    handling_round: int
    signature: ReplySigned | None = None
    ruling: DraftPassed | DraftSentBack | None = None


Stage = AwaitingSignature | InHandling | Answered | Closed | Returned


@dataclass(frozen=True)
class Assignment:
    """One unit's part in the case (交办件): what it was given, and what has come of it."""

    given: AssignmentDispatched
    stage: Stage = AwaitingSignature()
    signed_on: date | None = None
    wish: ReturnAsked | ReturnKept | None = None
    contacts: tuple[ContactRecorded, ...] = ()
    opinion_given_on: date | None = None
    opinion: str = ""
    waiver: str | None = None
    handling_round: int = 1
    replies: tuple[ReplyIssued, ...] = ()
    moved_to: date | None = None
    provisional: bool | None = None
    early_limits: EarlyLimitsMoved | None = None
    handler: HandlerNamed | None = None
    late_return: str | None = None
    escalations: tuple[ReturnEscalated, ...] = ()
    wanted: tuple[CoUnitSuggested, ...] = ()
    unwanted: tuple[CoUnitDeclined, ...] = ()
    sent_back: CoOpinionSentBack | None = None
    opinion_accepted_on: date | None = None
    extension: ExtensionRequested | None = None
    extension_ruling: ExtensionGranted | ExtensionDeclined | None = None
    suspended: HandlingSuspended | None = None
    resumed: HandlingResumed | None = None
    draft: Draft | None = None
    deliveries: tuple[ReplyDelivered, ...] = ()
    published: ReplyPublished | None = None
    class_change: ResultClassChanged | None = None
    results: tuple[ResultRecorded, ...] = ()
    alerts: tuple[AlertEvent, ...] = ()
    chasings: tuple[UnitChased, ...] = ()
    lower: LowerCaseOpened | None = None

    @property
    def unit(self) -> str:
        return self.given.unit

    @property
    def role(self) -> Role:
        return self.given.role

    @property
    def due_on(self) -> date:
        """The deadline as it stands, after whatever has moved it."""
        return self.moved_to or self.given.due_on

    @property
    def sign_by(self) -> date | None:
        """The limit for signing as it stands, after whatever has moved it."""
        return (self.early_limits or self.given).sign_by

    @property
    def return_until(self) -> date | None:
        """The limit for asking to be released as it stands, after whatever has moved it."""
        return (self.early_limits or self.given).return_until

    @property
    def step(self) -> EscalationStep:
        """Who decides on the return that the unit asked for."""
        return self.escalations[-1].step if self.escalations else EscalationStep.OFFICE

    @property
    def result_class(self) -> str | None:
        """The class of the latest answer, after whatever has changed it."""
        if self.class_change is not None:
            return self.class_change.result_class
        return self.replies[-1].result_class if self.replies else None

    @property
    def owes_an_opinion(self) -> bool:
        """The answering unit has to wait for this one: its opinion is neither given nor waived."""
        return (
            self.role is Role.CO
            and not isinstance(self.stage, Returned)
            and self.opinion_given_on is None
            and self.waiver is None
        )
