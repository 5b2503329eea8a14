"""The kinds of channel that a message goes over, as they stand in a channels file."""

import re
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, SecretStr, StringConstraints

from contracts.quiet import Quiet
from contracts.reading import Part, Words, wrong
from contracts.sending import ChannelKind

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
SMS_PLACEHOLDERS = frozenset({"to", "text", "id", "secret"})

Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\S*$")]
Port = Annotated[int, Field(strict=True, ge=1, le=65_535)]
Sender = Annotated[
    str,
    StringConstraints(pattern=r"^([^<>@\r\n]+ <[^@\s<>]+@[^@\s<>]+>|[^@\s<>]+@[^@\s<>]+)$"),
]


def _fills_known_blanks(template: str) -> str:
    if unknown := sorted(set(PLACEHOLDER.findall(template)) - SMS_PLACEHOLDERS):
        known = "、".join(f"{{{name}}}" for name in sorted(SMS_PLACEHOLDERS))
        listed = ", ".join(unknown)
        raise wrong(f"没有 {listed} 这个占位符，只有{known}", f"no blank is called {listed}")
    return template


Template = Annotated[str, AfterValidator(_fills_known_blanks)]


class Channel(Part):
    """What every channel has: its kind, and when it is silent."""

    kind: ClassVar[ChannelKind]

    quiet: Quiet = Quiet()


class Smtp(Channel):
    """A mail server. `sender` is what stands in From; `security` is tls, starttls or none."""

    kind: ClassVar[ChannelKind] = ChannelKind.SMTP

    host: Words
    port: Port
    security: Literal["tls", "starttls", "none"] = "tls"
    user: str = ""
    password: SecretStr = SecretStr("")
    sender: Sender


class Sms(Channel):
    """A text message gateway that is asked over HTTP; every gateway wants another body.

    {to}, {text}, {id} and {secret} are filled in, escaped as the content type wants it.
    `accepted` is a text that the answer holds when the gateway took the message: gateways say 200
    to what they refuse, too.
    """

    kind: ClassVar[ChannelKind] = ChannelKind.SMS

    url: Address
    content_type: Literal["application/json", "application/x-www-form-urlencoded"] = (
        "application/json"
    )
    headers: dict[str, Template] = Field(default_factory=dict)
    body: Template
    secret: SecretStr = SecretStr("")
    accepted: Words


class Webhook(Channel):
    """An address of another system, such as the OA of a unit; what it gets is signed (HMAC-SHA256)."""

    kind: ClassVar[ChannelKind] = ChannelKind.WEBHOOK

    url: Address
    secret: SecretStr


class Wecom(Channel):
    """A group robot of 企业微信; the key stands in its address."""

    kind: ClassVar[ChannelKind] = ChannelKind.WECOM

    url: SecretStr


class Dingtalk(Channel):
    """A custom robot of 钉钉, with the secret of 加签 where that is switched on."""

    kind: ClassVar[ChannelKind] = ChannelKind.DINGTALK

    url: SecretStr
    secret: SecretStr = SecretStr("")
