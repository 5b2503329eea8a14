"""The channels that messages go over, behind one protocol."""

from assignment.subscribers.channels.opening import open_channels
from assignment.subscribers.channels.protocol import (
    AddressAnswer,
    InPart,
    NotAtAll,
    NotNow,
    OpenChannel,
    Parcel,
)

__all__ = [
    "AddressAnswer",
    "InPart",
    "NotAtAll",
    "NotNow",
    "OpenChannel",
    "Parcel",
    "open_channels",
]
