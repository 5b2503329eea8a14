"""A signed POST to another system."""

import hashlib
import hmac
import json
from datetime import datetime

from assignment.subscribers.channels.posting import post
from assignment.subscribers.channels.protocol import Parcel, shortened
from contracts.channel_kinds import Webhook


class Hook:
    """An address that gets each message as JSON.

    `Tian-Signature` is `t=` POSIX seconds, `v1=` hex HMAC-SHA256 under the secret over
    "{t}.{body}"; a receiver refuses old times. `Idempotency-Key` is the id of the message.
    """

    def __init__(self, settings: Webhook, secret: str) -> None:
        self._settings = settings
        self._secret = secret

    async def send(self, parcel: Parcel, now: datetime) -> str:
        body = json.dumps(
            {
                "id": str(parcel.message_id),
                "district": parcel.district,
                "matter": parcel.matter,
                "recipient": parcel.recipient,
                "subject": parcel.subject,
                "body": parcel.body,
                "proposal_id": parcel.proposal_id,
                "unit": parcel.unit,
                "written_at": parcel.written_at.isoformat(),
            },
            ensure_ascii=False,
        ).encode()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": str(parcel.message_id),
            "Tian-Signature": signature(self._secret, int(now.timestamp()), body),
        }
        answer = await post(self._settings.url, body, headers)
        return shortened(f"HTTP {answer.status_code} {answer.text}")


def signature(secret: str, seconds: int, body: bytes) -> str:
    """What the header `Tian-Signature` holds for a body sent at so many POSIX seconds."""
    signed = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256)
    return f"t={seconds},v1={signed.hexdigest()}"
