"""Over which channels units and people are told: one TOML file for a district, read and checked here.

A secret may stand in the file, or `file:/path` names the file that holds it. Without a channels
file everything stays in the inboxes of the console.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails

from contracts.channel_kinds import Channel, Dingtalk, Sms, Smtp, Webhook, Wecom
from contracts.directory import District
from contracts.lines import KeyPath
from contracts.reading import Identifier, Part, Words, problems, unreadable, wrong
from contracts.refusal import Refused
from contracts.sending import ChannelKind, Matter, RecipientKind

EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")
PHONE = re.compile(r"\+?[0-9]{5,20}")
ADDRESSES = {
    ChannelKind.SMTP: (EMAIL, "邮箱地址", "mail addresses"),
    ChannelKind.SMS: (PHONE, "手机号码", "telephone numbers"),
}


class BadChannels(Refused):
    """发送渠道文件有误：{problems}。"""

    english: ClassVar[str] = "The channels file is not right: {problems_en}."


class Route(Part):
    """One way to somebody: a channel, the addresses on it, and which matters go that way (or all)."""

    channel: Words
    to: tuple[Words, ...] = ()
    matters: tuple[Matter, ...] = ()

    def takes(self, matter: Matter) -> bool:
        return not self.matters or matter in self.matters


class Listed(Part):
    """The ways to one unit, to all units, to one proposer, or to the supervision office."""

    unit: Words | None = None
    all_units: Literal[True] | None = None
    proposer: Words | None = None
    office: Literal[True] | None = None
    by: Annotated[tuple[Route, ...], Field(min_length=1, max_length=20)]

    @model_validator(mode="after")
    def is_one_of_them(self) -> Self:
        if (
            len([one for one in (self.unit, self.all_units, self.proposer, self.office) if one])
            != 1
        ):
            raise wrong(
                "unit、all_units、proposer、office 应写且只写一个",
                "needs exactly one of unit, all_units, proposer and office",
            )
        return self

    def means(self, kind: RecipientKind, name: str) -> bool:
        match kind:
            case RecipientKind.UNIT:
                return self.all_units is not None or self.unit == name
            case RecipientKind.PROPOSER:
                return self.proposer == name
            case RecipientKind.OFFICE:
                return self.office is not None


class Channels(Part):
    """The channels of a district, and who is told over which of them beside the inbox.

    `form_after_days` is how long after an answer a proposer is asked for the rating form, unless
    it has come by then.
    """

    form_after_days: Annotated[int, Field(strict=True, ge=0, le=365)] = 0
    smtp: dict[Identifier, Smtp] = Field(default_factory=dict)
    sms: dict[Identifier, Sms] = Field(default_factory=dict)
    webhook: dict[Identifier, Webhook] = Field(default_factory=dict)
    wecom: dict[Identifier, Wecom] = Field(default_factory=dict)
    dingtalk: dict[Identifier, Dingtalk] = Field(default_factory=dict)
    recipients: tuple[Listed, ...] = ()

    @property
    def by_name(self) -> Mapping[str, Channel]:
        return {**self.smtp, **self.sms, **self.webhook, **self.wecom, **self.dingtalk}

    @model_validator(mode="after")
    def names_channels_once(self) -> Self:
        groups: tuple[Mapping[str, Channel], ...] = (
            self.smtp,
            self.sms,
            self.webhook,
            self.wecom,
            self.dingtalk,
        )
        names = [name for group in groups for name in group]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            listed = ", ".join(twice)
            raise wrong(f"渠道名重复：{listed}", f"two channels are called {listed}")
        if ChannelKind.INBOX.value in names:
            raise wrong("inbox 是站内收件箱，请另取渠道名", "inbox is taken by the console")
        return self

    @model_validator(mode="after")
    def leads_somewhere(self) -> Self:
        for number, listed in enumerate(self.recipients):
            for place, route in enumerate(listed.by):
                self._check_route(route, ("recipients", number, "by", place))
        return self

    def _check_route(self, route: Route, at: KeyPath) -> None:
        channel = self.by_name.get(route.channel)
        if channel is None:
            raise wrong(
                f"没有名为 {route.channel} 的渠道",
                f"no channel is called {route.channel}",
                (*at, "channel"),
            )
        if channel.kind not in ADDRESSES:
            if route.to:
                raise wrong("此渠道不写 to", "this channel takes no `to`", (*at, "to"))
            return
        shape, chinese, english = ADDRESSES[channel.kind]
        if not route.to or not all(map(shape.fullmatch, route.to)):
            raise wrong(f"to 应为{chinese}", f"to should be {english}", (*at, "to"))

    def routes(self, kind: RecipientKind, name: str, matter: Matter) -> Iterator[Route]:
        """The ways to somebody in a matter, each channel once, beside the inbox."""
        taken: set[str] = set()
        for listed in self.recipients:
            for route in listed.by if listed.means(kind, name) else ():
                if route.takes(matter) and route.channel not in taken:
                    taken.add(route.channel)
                    yield route


def read_channels(text: str, district: District) -> Channels:
    """Read a channels file. Raises BadChannels, which names every key that is not right."""
    try:
        channels = Channels.model_validate(tomllib.loads(text))
        _only_known_units(channels, district)
    except ValidationError as error:
        said, said_en = problems(error, text)
    except (ValueError, RecursionError) as error:
        said, said_en = unreadable(error)
    else:
        return channels
    raise BadChannels(problems=said, problems_en=said_en)


def _only_known_units(channels: Channels, district: District) -> None:
    """Raises ValidationError for a unit that the directory does not know by this name."""
    known = {unit.name for unit in district.units}
    strange = [
        InitErrorDetails(
            type=wrong(
                f"“{listed.unit}”不在单位名录中，应写全称",
                f"{listed.unit!r} is not in the directory; use the full name",
            ),
            loc=("recipients", number, "unit"),
            input=listed.unit,
        )
        for number, listed in enumerate(channels.recipients)
        if listed.unit is not None and listed.unit not in known
    ]
    if strange:
        raise ValidationError.from_exception_data("Channels", strange)
