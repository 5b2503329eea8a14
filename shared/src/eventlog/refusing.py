"""What can go wrong with an append that is nobody's bug: somebody else was faster."""

import asyncpg

from contracts.refusal import Refused

# After one of these nobody knows whether the database did what it was asked for.
DOUBTFUL = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.PostgresSystemError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
    TimeoutError,
)
PAUSES_SECONDS = (0.05, 0.2, 0.5, 1.0, 2.0)


class Conflict(Refused):
    """这件事刚刚有人办过，内容已变（{stream}）。请刷新后再办。"""

    english = "Somebody else has just changed this ({stream}). Reload it and try again."


class Overtaken(Refused):
    """您打开之后，此件已有 {count} 项变化，最近一项由{name}于 {moment} 办理（日志第 {position} 条），您的提交没有办理。请核对变化，仍需办理的再次提交。"""

    english = (
        "Since you opened this, {count} thing(s) have changed here, the last by {name} at {moment}"
        " (log position {position}); what you sent was not done. Look at what changed, and send it"
        " again if it still holds."
    )


class KeyUsedForSomethingElse(Refused):
    """这个 Idempotency-Key 已用于另一个请求。新的请求请换一个新的键。"""

    english = "This Idempotency-Key was used for another request. Use a new key for a new one."


class LogUnavailable(Exception):
    """数据库暂时连不上，请稍后重试；同一请求重复提交不会记两次。"""

    english = "The database cannot be reached just now. Try again; nothing is recorded twice."


class LogBusy(LogUnavailable):
    """系统正忙，等待写入的内容太多，请稍后重试；同一请求重复提交不会记两次。"""

    english = "Too much is waiting to be written just now. Try again; nothing is recorded twice."


class TooManyReplays(LogUnavailable):
    """要查看的状态须由日志重新算出，眼下排队的太多，请稍后重试。"""

    english = (
        "What you ask for is computed from the log anew, and too many wait for that just now."
        " Try again later."
    )
