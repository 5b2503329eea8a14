"""What the stages of a case are called, and with whom it lies in each."""

from contracts.holding import Stage
from evaluation.decisions.wording import Said

LABELS_EN = {
    Stage.UNDISPATCHED: "Waiting for dispatch",
    Stage.UNSIGNED: "Waiting for the unit to sign",
    Stage.HANDLING: "Handled by the unit",
    Stage.WAITING_FOR_OPINIONS: "Waiting for co-opinions",
    Stage.UNDIVIDED: "Signing and handling (day of signing not known)",
    Stage.SUSPENDED: "Suspended",
    Stage.RETURN_PENDING: "Return waiting to be decided",
    Stage.RATING_PENDING: "Waiting for the proposer's rating",
}
SUPERVISION, UNIT = Said("督查室", "Supervision office"), Said("承办单位", "Unit")
HOLDERS = {
    Stage.UNDISPATCHED: SUPERVISION,
    Stage.UNSIGNED: UNIT,
    Stage.HANDLING: UNIT,
    Stage.WAITING_FOR_OPINIONS: Said("会办单位", "Co-units"),
    Stage.UNDIVIDED: UNIT,
    Stage.SUSPENDED: Said("不计（中止）", "Nobody (suspended)"),
    Stage.RETURN_PENDING: SUPERVISION,
    Stage.RATING_PENDING: Said("提案人", "Proposer"),
}
