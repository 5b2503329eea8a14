"""Ports of this machine: which are free, and whether a wanted one is."""

import socket
from contextlib import ExitStack

from tian.failures import PortTaken

CONSOLE_PORT = 8080


def free_ports(count: int) -> list[int]:
    """As many ports that nobody listens on; held together so that none comes twice."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def console_port(wanted: int | None) -> int:
    """The wanted port or a refusal; when none is wanted, 8080 or any other that is free."""
    if wanted is not None and not is_free(wanted):
        raise PortTaken(port=wanted)
    if wanted is None and not is_free(CONSOLE_PORT):
        return free_ports(1)[0]
    return wanted or CONSOLE_PORT
