"""Group robots of 企业微信 and 钉钉: a text to a webhook, answered with an errcode."""

import base64
import hashlib
import hmac
import json
from datetime import datetime
from urllib.parse import quote_plus

from assignment.subscribers.channels.posting import post
from assignment.subscribers.channels.protocol import NotAtAll, NotNow, Parcel, shortened

WECOM_LONGEST_BYTES = 2_048
DINGTALK_LONGEST_BYTES = 20_000
# 企业微信 45009: more than 20 messages a minute, -1: busy. 钉钉 130101 and 410100: the same.
TOO_MANY = frozenset({-1, 45_009, 130_101, 410_100})


class WecomRobot:
    """A group robot (developer.work.weixin.qq.com/document/path/91770): text of at most 2,048 bytes."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def send(self, parcel: Parcel, now: datetime) -> str:
        return await _say(self._url, parcel, WECOM_LONGEST_BYTES)


class DingtalkRobot:
    """A custom robot (open.dingtalk.com, 自定义机器人接入), signed where 加签 is switched on."""

    def __init__(self, url: str, secret: str) -> None:
        self._url = url
        self._secret = secret

    async def send(self, parcel: Parcel, now: datetime) -> str:
        url = self._url
        if self._secret:
            milliseconds = int(now.timestamp() * 1000)
            between = "&" if "?" in url else "?"
            sign = quote_plus(dingtalk_sign(self._secret, milliseconds))
            url = f"{url}{between}timestamp={milliseconds}&sign={sign}"
        return await _say(url, parcel, DINGTALK_LONGEST_BYTES)


def dingtalk_sign(secret: str, milliseconds: int) -> str:
    """Base64 of HMAC-SHA256, under the secret, over "{milliseconds}\\n{secret}"; not yet URL-encoded."""
    signed = hmac.new(secret.encode(), f"{milliseconds}\n{secret}".encode(), hashlib.sha256)
    return base64.b64encode(signed.digest()).decode()


async def _say(url: str, parcel: Parcel, longest: int) -> str:
    text = shorter_than(f"{parcel.subject}\n\n{parcel.body}", longest)
    content = json.dumps({"msgtype": "text", "text": {"content": text}}, ensure_ascii=False)
    answer = await post(url, content.encode(), {"Content-Type": "application/json"})
    said = shortened(answer.text)
    try:
        code = answer.json()["errcode"]
    except (ValueError, KeyError, TypeError) as error:
        raise NotNow(said) from error
    if code in TOO_MANY:
        raise NotNow(said)
    if code != 0:
        raise NotAtAll(said)
    return said


def shorter_than(text: str, longest: int) -> str:
    """The text, cut where its UTF-8 would be longer than so many bytes."""
    encoded = text.encode()
    if len(encoded) <= longest:
        return text
    ellipsis = "……"
    kept = encoded[: longest - len(ellipsis.encode())]
    return kept.decode(errors="ignore") + ellipsis
