"""The channels that messages go over, behind one protocol."""

from assignment.subscribers.channels.opening import open_channels
from assignment.subscribers.channels.protocol import NotAtAll, NotNow, OpenChannel, Parcel

__all__ = ["NotAtAll", "NotNow", "OpenChannel", "Parcel", "open_channels"]
