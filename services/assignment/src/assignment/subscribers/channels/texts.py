"""Text messages by a gateway that is asked over HTTP, in the body that the channels file describes."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import quote_plus

from assignment.subscribers.channels.posting import post
from assignment.subscribers.channels.protocol import NotAtAll, Parcel, shortened
from contracts.channel_kinds import PLACEHOLDER, Sms

JSON = "application/json"


class Texts:
    """A gateway. It gets the subject of a message, which stands alone, and all numbers at once."""

    def __init__(self, settings: Sms, secret: str) -> None:
        self._settings = settings
        self._secret = secret

    async def send(self, parcel: Parcel, now: datetime) -> str:
        settings = self._settings
        known = {
            "to": ",".join(parcel.to),
            "text": parcel.subject,
            "id": str(parcel.message_id),
            "secret": self._secret,
        }
        escape = _in_json if settings.content_type == JSON else quote_plus
        headers = {
            "Content-Type": settings.content_type,
            "Idempotency-Key": str(parcel.message_id),
            **{name: filled(value, known, str) for name, value in settings.headers.items()},
        }
        answer = await post(settings.url, filled(settings.body, known, escape).encode(), headers)
        said = shortened(f"HTTP {answer.status_code} {answer.text}")
        if settings.accepted not in answer.text:
            raise NotAtAll(said)
        return said


def filled(template: str, known: Mapping[str, str], escape: Callable[[str], str]) -> str:
    """A template with its placeholders filled in; what is filled in is not looked at again."""
    return PLACEHOLDER.sub(lambda found: escape(known[found[1]]), template)


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]
