"""What can be asked of assignment: dispatch, handle, answer, supervise, keep commitments."""

from assignment.commands.basis import (
    FOLLOWERS,
    HANDLERS,
    KEEPERS,
    SUPERVISORS,
    CaseCommand,
    Letter,
    Number,
    Round,
    UnitCommand,
)
from assignment.commands.calendar import (
    AdoptHolidayNotice,
)
from assignment.commands.chasing import (
    ChaseUnit,
    RaiseAlert,
)
from assignment.commands.course import (
    CloseAssignment,
    DeclineReturn,
    DispatchCase,
    EndCase,
    GiveCoOpinion,
    GrantReturn,
    IssueReply,
    OpenHandlingRound,
    Part,
    RecordContact,
    RecordHandlingHistory,
    ReopenCase,
    RequestReturn,
    SignAssignment,
    WaiveCoOpinion,
)
from assignment.commands.deadlines import (
    DeclineExtension,
    GrantExtension,
    MoveDueDate,
    MoveEarlyLimits,
    RequestExtension,
    ResumeHandling,
    SuspendHandling,
)
from assignment.commands.letters import (
    ChangeResultClass,
    DeliverReply,
    DraftReply,
    PassDraft,
    PublishReply,
    SendBackDraft,
    SignReply,
)
from assignment.commands.levels import (
    AnswerReported,
    ContactReported,
    OpinionReported,
    TakeBackOpinion,
    TakeReport,
)
from assignment.commands.participation import (
    AcceptCoOpinion,
    AddCoUnit,
    AllowLateReturn,
    DeclineCoUnit,
    EscalateReturn,
    JoinProposers,
    NameHandler,
    SendBackCoOpinion,
    SuggestCoUnit,
)
from assignment.commands.results import (
    LISTERS,
    AdvanceCommitment,
    CarryCommitmentOver,
    CommitmentCommand,
    FulfilCommitment,
    GiveUpCommitment,
    ListSuggestions,
    MakeCommitment,
    RecordResult,
    SlipCommitment,
)

AssignmentCommand = (
    DispatchCase
    | SignAssignment
    | RequestReturn
    | GrantReturn
    | DeclineReturn
    | RecordContact
    | GiveCoOpinion
    | WaiveCoOpinion
    | IssueReply
    | OpenHandlingRound
    | CloseAssignment
    | EndCase
    | ReopenCase
    | RecordHandlingHistory
    | AllowLateReturn
    | EscalateReturn
    | NameHandler
    | SuggestCoUnit
    | AddCoUnit
    | DeclineCoUnit
    | SendBackCoOpinion
    | AcceptCoOpinion
    | JoinProposers
    | RequestExtension
    | GrantExtension
    | DeclineExtension
    | SuspendHandling
    | ResumeHandling
    | MoveDueDate
    | MoveEarlyLimits
    | DraftReply
    | SignReply
    | PassDraft
    | SendBackDraft
    | ChangeResultClass
    | DeliverReply
    | PublishReply
    | ListSuggestions
    | RecordResult
    | MakeCommitment
    | AdvanceCommitment
    | FulfilCommitment
    | SlipCommitment
    | GiveUpCommitment
    | CarryCommitmentOver
    | RaiseAlert
    | ChaseUnit
    | AdoptHolidayNotice
    | TakeReport
    | TakeBackOpinion
)

__all__ = [
    "FOLLOWERS",
    "HANDLERS",
    "KEEPERS",
    "LISTERS",
    "SUPERVISORS",
    "AcceptCoOpinion",
    "AddCoUnit",
    "AdoptHolidayNotice",
    "AdvanceCommitment",
    "AllowLateReturn",
    "AnswerReported",
    "AssignmentCommand",
    "CarryCommitmentOver",
    "CaseCommand",
    "ChangeResultClass",
    "ChaseUnit",
    "CloseAssignment",
    "CommitmentCommand",
    "ContactReported",
    "DeclineCoUnit",
    "DeclineExtension",
    "DeclineReturn",
    "DeliverReply",
    "DispatchCase",
    "DraftReply",
    "EndCase",
    "EscalateReturn",
    "FulfilCommitment",
    "GiveCoOpinion",
    "GiveUpCommitment",
    "GrantExtension",
    "GrantReturn",
    "IssueReply",
    "JoinProposers",
    "Letter",
    "ListSuggestions",
    "MakeCommitment",
    "MoveDueDate",
    "MoveEarlyLimits",
    "NameHandler",
    "Number",
    "OpenHandlingRound",
    "OpinionReported",
    "Part",
    "PassDraft",
    "PublishReply",
    "RaiseAlert",
    "RecordContact",
    "RecordHandlingHistory",
    "RecordResult",
    "ReopenCase",
    "RequestExtension",
    "RequestReturn",
    "ResumeHandling",
    "Round",
    "SendBackCoOpinion",
    "SendBackDraft",
    "SignAssignment",
    "SignReply",
    "SlipCommitment",
    "SuggestCoUnit",
    "SuspendHandling",
    "TakeBackOpinion",
    "TakeReport",
    "UnitCommand",
    "WaiveCoOpinion",
]
