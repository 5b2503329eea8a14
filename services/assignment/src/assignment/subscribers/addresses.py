"""The addresses of a message: which of them have it, which refused it, and how they are kept."""

import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from assignment.projections.deliveries import Delivery
from assignment.subscribers.channels import AddressAnswer
from contracts.sending import AddressOutcome

MARK_LENGTH = 16
BETWEEN_LANGUAGES = " / "


@dataclass(frozen=True)
class Addresses:
    """The addresses that a message is for, and what was said of them so far.

    They are known by their marks, so an address that the channels file has anew is tried, and one
    that it no longer has is not waited for.
    """

    message_id: UUID
    listed: tuple[str, ...]
    said: Mapping[str, Delivery]

    @property
    def left(self) -> tuple[str, ...]:
        """Those to which it still goes: that do not have it, and did not refuse it for good."""
        settled = {AddressOutcome.ACCEPTED, AddressOutcome.REFUSED}
        left = (each for each in self.listed if self._outcome_of(each) not in settled)
        return tuple({each.lower(): each for each in left}.values())

    @property
    def are_settled(self) -> bool:
        return bool(self.listed) and not self.left

    @property
    def known(self) -> tuple[Delivery, ...]:
        """What was said of those that the file still has, in its order."""
        marks = dict.fromkeys(mark_of(self.message_id, each) for each in self.listed)
        return tuple(self.said[mark] for mark in marks if mark in self.said)

    def that_are(self, outcome: AddressOutcome) -> tuple[Delivery, ...]:
        return tuple(each for each in self.known if each.outcome == outcome)

    def after(self, answers: Iterable[AddressAnswer], at: datetime) -> "Addresses":
        """What is known once these were answered, without the addresses themselves."""
        said = {
            mark: Delivery(
                mark=mark,
                shown=masked(each.address),
                outcome=each.outcome,
                answer=without_addresses(each.said, self.listed),
                answered_at=at,
            )
            for each in answers
            for mark in [mark_of(self.message_id, each.address)]
        }
        return replace(self, said={**self.said, **said})

    @property
    def problem(self) -> str:
        """What is said of those that do not have it, in both languages."""
        missing = (
            *self.that_are(AddressOutcome.REFUSED),
            *self.that_are(AddressOutcome.DEFERRED),
        )
        have, of = len(self.that_are(AddressOutcome.ACCEPTED)), len(self.listed)
        said = [(each.shown, each.answer.replace(BETWEEN_LANGUAGES, "/")) for each in missing]
        chinese = "；".join(f"{shown}：{answer}" for shown, answer in said)
        english = "; ".join(f"{shown}: {answer}" for shown, answer in said)
        return BETWEEN_LANGUAGES.join(
            (
                f"{of} 个地址中 {have} 个已接收；{chinese}",
                f"{have} of {of} addresses have it; {english}",
            )
        )

    def _outcome_of(self, address: str) -> str | None:
        found = self.said.get(mark_of(self.message_id, address))
        return None if found is None else found.outcome


def addresses_of(message_id: UUID, listed: Sequence[str], said: Iterable[Delivery]) -> Addresses:
    return Addresses(message_id, tuple(listed), {each.mark: each for each in said})


def mark_of(message_id: UUID, address: str) -> str:
    """What tells the addresses of one message apart: it holds none, and is another in each message."""
    digest = hmac.new(message_id.bytes, address.lower().encode(), sha256).hexdigest()
    return digest[:MARK_LENGTH]


def masked(addresses: str) -> str:
    """Addresses as they are kept: 138****5678, z***@example.cn; who needs them has the file."""
    return "、".join(_masked(each) for each in addresses.split("、") if each)


def _masked(address: str) -> str:
    name, at, host = address.partition("@")
    if at:
        return f"{name[:1]}***@{host}"
    return f"{address[:3]}****{address[-4:]}" if len(address) > len("13800000") else "****"


def without_addresses(said: str, addresses: Iterable[str]) -> str:
    """What the other side said, with the addresses that it repeats masked."""
    for address in sorted(addresses, key=len, reverse=True):
        said = masked(address).join(re.split(re.escape(address), said, flags=re.IGNORECASE))
    return said
