"""What is an address of a receiver, which addresses are open, and how long one is waited for."""

import contextlib
import socket
import threading

import pytest

from market.adapters import hooks
from market.kernel.errors import Invalid
from market.programs import rules

INSIDE = ("127.0.0.1",)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/in",
        "ftp://example.org",
        "https://",
        "https://user:word@example.org/",
        "https://example.org/#part",
        "https://example.org:99999/",
        "https://example.org/ x",
        "https://例子.cn/",
        "https://example.org/" + "x" * 300,
        "file:///etc/passwd",
    ],
)
def test_what_is_no_address_of_a_receiver(url):
    with pytest.raises(Invalid) as no:
        rules.check_url(url, INSIDE)
    assert no.value.field == "url"


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("::ffff:127.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
    ],
)
def test_which_addresses_are_of_the_open_internet(address, is_open):
    assert hooks.is_open(address) is is_open


def test_who_answers_byte_by_byte_is_cut_off(monkeypatch):
    monkeypatch.setattr(hooks, "WHOLE", 0.3)
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            line, _ = server.accept()
            with line, contextlib.suppress(OSError):
                line.recv(4096)
                line.sendall(b"HTTP/1.1 200 ")
                for _ in range(20):
                    over.wait(0.1)
                    line.sendall(b"x")
                line.sendall(b"\r\nContent-Length: 0\r\n\r\n")

        threading.Thread(target=answer, daemon=True).start()
        with pytest.raises(hooks.NotReceived):
            hooks.post(f"http://127.0.0.1:{server.getsockname()[1]}/", b"{}", {}, INSIDE)
        over.set()
