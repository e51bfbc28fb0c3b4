"""A real SMTP server on the loopback that keeps what it is given."""

import dataclasses
import email
import email.policy
import socket
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclasses.dataclass
class Received:
    """One message with the addresses of its envelope."""

    sender: str
    recipients: list[str]
    message: EmailMessage


class Keeper:
    """Accepts every message, or answers `refuse_with` when a test has set it (for example "451 try
    later").
    """

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.refuse_with: str | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refuse_with:
            return self.refuse_with
        parsed = email.message_from_bytes(
            envelope.original_content or b"", policy=email.policy.default
        )
        assert isinstance(parsed, EmailMessage)
        self.received.append(Received(envelope.mail_from or "", list(envelope.rcpt_tos), parsed))
        return "250 kept"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class MailServer:
    """Where to send (`host`, `port`), what came (`received`), and the way to make it refuse."""

    def __init__(self) -> None:
        self.keeper = Keeper()
        # Port 0 is not offered by the controller: it connects to the port that it was told.
        self._controller = Controller(self.keeper, hostname="127.0.0.1", port=_free_port())
        self._controller.start()
        self.host = self._controller.hostname
        self.port = self._controller.port

    @property
    def received(self) -> list[Received]:
        return self.keeper.received

    def refuse(self, answer: str | None) -> None:
        self.keeper.refuse_with = answer

    def stop(self) -> None:
        self._controller.stop()


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """An SMTP server for one test."""
    server = MailServer()
    yield server
    server.stop()
