"""Events recorded by assignment (交办、办理、答复、督办), and only by assignment."""

from contracts.assignment.basis import (
    AssignmentEvent,
    CaseEvent,
)
from contracts.assignment.calendar import (
    CALENDAR_STREAM,
    Break,
    HolidayNoticeAdopted,
)
from contracts.assignment.chasing import (
    AlertEvent,
    RedCardIssued,
    ReminderDue,
    UnitChased,
    WarningIssued,
    YellowCardIssued,
)
from contracts.assignment.course import (
    AssignmentClosed,
    AssignmentDispatched,
    AssignmentSigned,
    CaseEnded,
    CaseReopened,
    ContactRecorded,
    CoOpinionGiven,
    CoOpinionWaived,
    HandlingRoundOpened,
    ReplyIssued,
    ReturnDeclined,
    ReturnGranted,
    ReturnRequested,
)
from contracts.assignment.deadlines import (
    DueDateMoved,
    EarlyLimitsMoved,
    ExtensionDeclined,
    ExtensionGranted,
    ExtensionRequested,
    HandlingResumed,
    HandlingSuspended,
)
from contracts.assignment.letters import (
    DraftPassed,
    DraftSentBack,
    PointAnswered,
    ReplyDelivered,
    ReplyDrafted,
    ReplyParticularsAdded,
    ReplyPublished,
    ReplySigned,
    ResultClassChanged,
)
from contracts.assignment.levels import (
    LowerCaseOpened,
)
from contracts.assignment.participation import (
    CoOpinionAccepted,
    CoOpinionSentBack,
    CoUnitDeclined,
    CoUnitSuggested,
    HandlerNamed,
    LateReturnAllowed,
    ProposersJoined,
    ReturnEscalated,
    RoleChanged,
)
from contracts.assignment.requirements import (
    Requirements,
)
from contracts.assignment.results import (
    CommitmentAdvanced,
    CommitmentCarriedOver,
    CommitmentEvent,
    CommitmentFulfilled,
    CommitmentGivenUp,
    CommitmentMade,
    CommitmentSlipped,
    ResultRecorded,
    Suggestion,
    SuggestionsListed,
)

AssignmentServiceEvent = (
    AssignmentDispatched
    | AssignmentSigned
    | ReturnRequested
    | ReturnGranted
    | ReturnDeclined
    | ContactRecorded
    | CoOpinionGiven
    | CoOpinionWaived
    | ReplyIssued
    | HandlingRoundOpened
    | AssignmentClosed
    | CaseEnded
    | CaseReopened
    | LateReturnAllowed
    | ReturnEscalated
    | HandlerNamed
    | CoUnitSuggested
    | CoUnitDeclined
    | RoleChanged
    | CoOpinionSentBack
    | CoOpinionAccepted
    | ProposersJoined
    | ExtensionRequested
    | ExtensionGranted
    | ExtensionDeclined
    | HandlingSuspended
    | HandlingResumed
    | DueDateMoved
    | EarlyLimitsMoved
    | ReplyDrafted
    | ReplySigned
    | DraftPassed
    | DraftSentBack
    | ResultClassChanged
    | ReplyDelivered
    | ReplyParticularsAdded
    | ReplyPublished
    | SuggestionsListed
    | ResultRecorded
    | CommitmentMade
    | CommitmentAdvanced
    | CommitmentFulfilled
    | CommitmentSlipped
    | CommitmentGivenUp
    | CommitmentCarriedOver
    | ReminderDue
    | WarningIssued
    | YellowCardIssued
    | RedCardIssued
    | UnitChased
    | HolidayNoticeAdopted
    | LowerCaseOpened
)

__all__ = [
    "CALENDAR_STREAM",
    "AlertEvent",
    "AssignmentClosed",
    "AssignmentDispatched",
    "AssignmentEvent",
    "AssignmentServiceEvent",
    "AssignmentSigned",
    "Break",
    "CaseEnded",
    "CaseEvent",
    "CaseReopened",
    "CoOpinionAccepted",
    "CoOpinionGiven",
    "CoOpinionSentBack",
    "CoOpinionWaived",
    "CoUnitDeclined",
    "CoUnitSuggested",
    "CommitmentAdvanced",
    "CommitmentCarriedOver",
    "CommitmentEvent",
    "CommitmentFulfilled",
    "CommitmentGivenUp",
    "CommitmentMade",
    "CommitmentSlipped",
    "ContactRecorded",
    "DraftPassed",
    "DraftSentBack",
    "DueDateMoved",
    "EarlyLimitsMoved",
    "ExtensionDeclined",
    "ExtensionGranted",
    "ExtensionRequested",
    "HandlerNamed",
    "HandlingResumed",
    "HandlingRoundOpened",
    "HandlingSuspended",
    "HolidayNoticeAdopted",
    "LateReturnAllowed",
    "LowerCaseOpened",
    "PointAnswered",
    "ProposersJoined",
    "RedCardIssued",
    "ReminderDue",
    "ReplyDelivered",
    "ReplyDrafted",
    "ReplyIssued",
    "ReplyParticularsAdded",
    "ReplyPublished",
    "ReplySigned",
    "Requirements",
    "ResultClassChanged",
    "ResultRecorded",
    "ReturnDeclined",
    "ReturnEscalated",
    "ReturnGranted",
    "ReturnRequested",
    "RoleChanged",
    "Suggestion",
    "SuggestionsListed",
    "UnitChased",
    "WarningIssued",
    "YellowCardIssued",
]
