"""Two systems that start at the same moment do not choose the same port."""

from pathlib import Path

import pytest

from tian import ports
from tian.failures import PortOutOfRange, PortTaken
from tian.ports import console_port, free_ports


def test_free_ports_are_all_different() -> None:
    assert len(set(free_ports(20))) == 20


def test_no_outgoing_connection_takes_a_free_port_before_it_is_listened_on() -> None:
    told = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text(encoding="ascii")
    lowest, highest = map(int, told.split())
    assert [port for port in free_ports(50) if lowest <= port <= highest] == []


def test_a_port_that_is_chosen_is_not_chosen_again_before_it_is_listened_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ports, "CONSOLE_PORT", free_ports(1)[0])
    with console_port(None) as first, console_port(None) as second:
        assert first != second


def test_a_wanted_port_that_another_system_chose_is_refused() -> None:
    (port,) = free_ports(1)
    with console_port(port), pytest.raises(PortTaken, match=str(port)), console_port(port):
        pass


def test_a_port_that_somebody_listens_on_is_not_chosen(a_taken_port: int) -> None:
    with pytest.raises(PortTaken), console_port(a_taken_port):
        pass


def test_port_zero_means_a_port_that_really_exists_and_is_claimed() -> None:
    with console_port(0) as port:
        assert port > 0
        assert ports.is_free(port)
        with pytest.raises(PortTaken), console_port(port):
            pass


def test_a_port_chosen_freely_is_not_one_that_another_system_claimed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    claimed, other = free_ports(2)
    offered = iter([[claimed], [other]])
    monkeypatch.setattr(ports, "free_ports", lambda _count: next(offered))
    with console_port(claimed), console_port(0) as port:
        assert port == other


@pytest.mark.parametrize("port", [-1, 65536, 99999])
def test_a_port_that_cannot_exist_is_refused_with_the_range(port: int) -> None:
    with pytest.raises(PortOutOfRange, match="65535"), console_port(port):
        pass
