"""Ports of this machine: which are free, and whether a wanted one is."""

import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from random import SystemRandom

from tian.failures import PortOutOfRange, PortTaken

CONSOLE_PORT = 8080
HIGHEST_PORT = 65535
BELOW_OUTGOING = range(20_000, 32_768)


def free_ports(count: int) -> list[int]:
    """As many ports that nobody listens on; held together so that none comes twice.

    Not of those that the system gives to outgoing connections: one of them could take the port
    before the program that it is meant for listens.
    """
    found: list[int] = []
    with ExitStack() as stack:
        while len(found) < count:
            port = SystemRandom().choice(BELOW_OUTGOING)
            held = stack.enter_context(socket.socket())
            with suppress(OSError):
                held.bind(("127.0.0.1", port))
                found.append(port)
    return found


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@contextmanager
def console_port(wanted: int | None) -> Iterator[int]:
    """The wanted port or a refusal; when none is wanted, 8080 or any other that is free; for 0, any.

    The port stays claimed: the console only listens seconds later, and another system that
    starts meanwhile must not choose the same.
    """
    port = CONSOLE_PORT if wanted is None else wanted
    if not 0 <= port <= HIGHEST_PORT:
        raise PortOutOfRange(port=port)
    with socket.socket(socket.AF_UNIX) as claim:
        if port and is_free(port) and _claims(claim, port):
            yield port
        elif wanted:
            raise PortTaken(port=wanted)
        else:
            yield _any_port(claim)


def _any_port(claim: socket.socket) -> int:
    """A free port that no other system has claimed."""
    while not _claims(claim, port := free_ports(1)[0]):
        pass
    return port


def _claims(claim: socket.socket, port: int) -> bool:
    """Claim a port under an abstract name, which Linux gives back when the process ends."""
    if sys.platform != "linux":
        return True
    try:
        claim.bind(f"\0tian-console-{port}")
    except OSError:
        return False
    return True
