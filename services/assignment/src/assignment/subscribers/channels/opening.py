"""Channels made ready to send, with their secrets read from where the file says they are."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import SecretStr

from assignment.subscribers.channels.mail import Mail
from assignment.subscribers.channels.protocol import OpenChannel
from assignment.subscribers.channels.robots import DingtalkRobot, WecomRobot
from assignment.subscribers.channels.texts import Texts
from assignment.subscribers.channels.webhook import Hook
from contracts.channels import Channels

IN_A_FILE = "file:"


def open_channels(channels: Channels) -> Mapping[str, OpenChannel]:
    """The channels of a district by name. Raises OSError for a secret's file that cannot be read."""
    opened: dict[str, OpenChannel] = {}
    for name, smtp in channels.smtp.items():
        opened[name] = Mail(smtp, read_secret(smtp.password))
    for name, sms in channels.sms.items():
        opened[name] = Texts(sms, read_secret(sms.secret))
    for name, webhook in channels.webhook.items():
        opened[name] = Hook(webhook, read_secret(webhook.secret))
    for name, wecom in channels.wecom.items():
        opened[name] = WecomRobot(read_secret(wecom.url))
    for name, dingtalk in channels.dingtalk.items():
        opened[name] = DingtalkRobot(read_secret(dingtalk.url), read_secret(dingtalk.secret))
    return opened


def read_secret(written: SecretStr) -> str:
    """A secret as it is written, or what the file holds that `file:/path` names."""
    secret = written.get_secret_value()
    if not secret.startswith(IN_A_FILE):
        return secret
    return Path(secret.removeprefix(IN_A_FILE)).read_text(encoding="utf-8").strip()
