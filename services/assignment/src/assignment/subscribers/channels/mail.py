"""Electronic mail over SMTP."""

from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

import aiosmtplib

from assignment.subscribers.channels.protocol import (
    TIMEOUT_SECONDS,
    AddressAnswer,
    InPart,
    NotAtAll,
    NotNow,
    Parcel,
    shortened,
)
from contracts.channel_kinds import Smtp
from contracts.sending import AddressOutcome

REFUSED_FOR_GOOD = 500
NOT_LET_IN = frozenset({530, 535})


class Mail:
    """A mail server. The Message-ID is that of the message, so a second delivery shows as the same."""

    def __init__(self, settings: Smtp, password: str) -> None:
        self._settings = settings
        self._password = password

    async def send(self, parcel: Parcel, now: datetime) -> str:
        settings = self._settings
        try:
            refused, answer = await aiosmtplib.send(
                self._letter(parcel, now),
                recipients=list(parcel.to),
                hostname=settings.host,
                port=settings.port,
                use_tls=settings.security == "tls",
                start_tls=settings.security == "starttls",
                username=settings.user or None,
                password=self._password or None,
                timeout=TIMEOUT_SECONDS,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            codes = {each.recipient: (each.code, each.message) for each in error.recipients}
            raise InPart(_answers(parcel, codes, "")) from error
        except aiosmtplib.SMTPResponseException as error:
            raise _failure(error.code, f"{error.code} {error.message}") from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise NotNow(f"没有连上 / not reached: {type(error).__name__}") from error
        if refused:
            raise InPart(_answers(parcel, refused, answer))
        return shortened(answer)

    def _letter(self, parcel: Parcel, now: datetime) -> EmailMessage:
        sender = self._settings.sender
        _, address = parseaddr(sender)
        letter = EmailMessage()
        letter["From"] = sender
        letter["To"] = ", ".join(parcel.listed)
        letter["Subject"] = parcel.subject
        letter["Date"] = format_datetime(now)
        letter["Message-ID"] = f"<{parcel.message_id}@{address.rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(parcel.body)
        return letter


def _answers(
    parcel: Parcel, refused: Mapping[str, tuple[int, str]], answer: str
) -> list[AddressAnswer]:
    """An answer to each RCPT (RFC 5321 3.3): one that was refused says nothing about the others."""
    answers = []
    for address in parcel.to:
        if address not in refused:
            answers.append(AddressAnswer(address, AddressOutcome.ACCEPTED, shortened(answer)))
            continue
        code, said = refused[address]
        outcome = AddressOutcome.REFUSED if _is_for_good(code) else AddressOutcome.DEFERRED
        answers.append(AddressAnswer(address, outcome, shortened(f"{code} {said}")))
    return answers


def _failure(code: int, said: str) -> NotNow | NotAtAll:
    return NotAtAll(shortened(said)) if _is_for_good(code) else NotNow(shortened(said))


def _is_for_good(code: int) -> bool:
    """A permanent refusal (5yz, RFC 5321 4.2.1) is not tried again; a transient one is.

    A password that is not taken (RFC 4954 6) says nothing about the message: while it is being
    changed, what is due waits.
    """
    return code >= REFUSED_FOR_GOOD and code not in NOT_LET_IN
