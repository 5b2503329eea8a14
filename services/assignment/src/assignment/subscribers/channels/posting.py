"""Posting over HTTP, and what the status of an answer means for trying again."""

from collections.abc import Mapping

import httpx
from opentelemetry.instrumentation.utils import suppress_instrumentation

from assignment.subscribers.channels.protocol import (
    TIMEOUT_SECONDS,
    NotAtAll,
    NotNow,
    shortened,
)

ASKED_TO_WAIT = frozenset({408, 425, 429})
NOT_LET_IN = frozenset({401, 403})  # while a key is being changed, what is due waits
SERVER_ERROR = 500


async def post(url: str, content: bytes, headers: Mapping[str, str]) -> httpx.Response:
    """Post and return an answer that is good.

    Raises NotNow for an answer that may be better later, or none, and NotAtAll for a refusal.
    Redirections are not followed: a message goes where the file says, and nowhere else.
    """
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS, trust_env=False) as client:
            with suppress_instrumentation():  # a trace would hold the address, and with it the key
                answer = await client.post(url, content=content, headers=dict(headers))
    except httpx.HTTPError as error:
        raise NotNow(f"没有连上 / not reached: {type(error).__name__}") from error
    except (httpx.InvalidURL, ValueError) as error:
        raise NotAtAll("地址不能用 / not an address") from error
    if answer.is_success:
        return answer
    said = shortened(f"HTTP {answer.status_code} {answer.text}")
    if answer.status_code in ASKED_TO_WAIT | NOT_LET_IN or answer.status_code >= SERVER_ERROR:
        raise NotNow(said)
    raise NotAtAll(said)
