"""Sending to an address that somebody named: never into our own network, never on to another address.

A name is resolved once, every address of it must be one of the open internet, and the connection goes
to that very address, so that a second answer of the name's server changes nothing. Hosts that the
operator has named (`WEBHOOK_INSIDE`) may be anywhere.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import urlsplit

TIMEOUT = 10  # seconds for one wait
WHOLE = 20  # seconds for a whole delivery, however many waits it has
READ = 1024  # bytes of an answer that are looked at
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv4 as a network of IPv6 alone reaches it (RFC 6052): the last four bytes are the address."""
PORTS = {"http": 80, "https": 443}


class NotReceived(Exception):
    """The receiver did not take it; the text says why, in signs that can be kept and shown. It may
    later.
    """

    def __init__(self, why: str) -> None:
        super().__init__("".join(sign if sign.isprintable() else "?" for sign in why))


def post(url: str, body: bytes, headers: Mapping[str, str], inside: Collection[str] = ()) -> None:
    """Post to an address. Raises NotReceived for whatever is not an answer of 2xx: a redirect too."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or PORTS[parts.scheme]
    address = _address(host, port, is_trusted=host in inside)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    named = host if port == PORTS[parts.scheme] else f"{host}:{port}"
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    try:
        with contextlib.ExitStack() as held:
            line = socket.create_connection((address, port), TIMEOUT)
            connection.sock = line
            if parts.scheme == "https":
                tls = ssl.create_default_context()
                line = tls.wrap_socket(line, server_hostname=host, do_handshake_on_connect=False)
                connection.sock = line
            is_cut = held.enter_context(_cut_in_time(line))
            if isinstance(line, ssl.SSLSocket):
                line.do_handshake()
            connection.request("POST", path, body, {"Host": named, **headers})
            answer = connection.getresponse()
            answer.read(READ)
    except (OSError, http.client.HTTPException, ValueError) as lost:
        raise NotReceived(f"{type(lost).__name__}: {lost}") from lost
    finally:
        connection.close()
    if is_cut.is_set():  # the end of what had come so far reads like an answer
        raise NotReceived(f"no whole answer in {WHOLE} s")
    if not 200 <= answer.status < 300:
        raise NotReceived(f"{answer.status} {answer.reason}")


@contextlib.contextmanager
def _cut_in_time(line: socket.socket) -> Iterator[threading.Event]:
    """Cut a connection off after WHOLE seconds: who sends a byte now and then is within each single
    wait for ever. What it gives is set once it was cut.
    """
    is_cut = threading.Event()
    timer = threading.Timer(WHOLE, _cut, [line, is_cut])
    timer.daemon = True
    timer.start()
    try:
        yield is_cut
    finally:
        timer.cancel()


def _cut(line: socket.socket, is_cut: threading.Event) -> None:
    is_cut.set()
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _address(host: str, port: int, *, is_trusted: bool) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as lost:
        raise NotReceived(f"{host}: {lost}") from lost
    addresses = [str(each[4][0]) for each in found]
    if not addresses:
        raise NotReceived(f"{host} has no address")
    if not is_trusted and not all(is_open(each) for each in addresses):
        raise NotReceived(f"{host} is an address of a private network")
    return addresses[0]


def is_open(address: str) -> bool:
    """Whether an address is one of the open internet: not private, not our own machine, not another
    that is written inside it.
    """
    known = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(known, ipaddress.IPv6Address):
        if known.is_site_local:  # fec0::/10, which Python calls global (RFC 3879)
            return False
        within = known.ipv4_mapped or known.sixtofour or (known.teredo and known.teredo[1])
        if known in TRANSLATED:
            within = ipaddress.IPv4Address(known.packed[-4:])
        if within:
            return is_open(str(within))
    return known.is_global and not known.is_multicast and not known.is_reserved
