"""Mail by SMTP. The address of the server is one setting: smtp://user:password@host:587 (STARTTLS
where offered), smtps://host:465 (TLS from the first byte).
"""

import dataclasses
import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import unquote, urlsplit

from market.adapters.addresses import posted_to

TIMEOUT = 20  # seconds
PORTS = {"smtp": 25, "smtps": 465}


class MailRefused(Exception):
    """The server did not take a mail; the text says why. It may take it later."""


@dataclasses.dataclass(frozen=True)
class Mailer:
    """One mail server and the address that mails come from."""

    url: str = dataclasses.field(repr=False)  # it may hold a password
    sender: str

    def send(self, *, to: str, subject: str, body: str) -> None:
        """Send one mail in plain text. Raises MailRefused when the server does not take it, and for
        what is not one address: the library would raise whatever it stumbles over, or write to two.
        """
        address = posted_to(to)
        if address is None:
            raise MailRefused("this is no e-mail address")
        try:
            message = EmailMessage(policy=SMTP)
            message["From"] = self.sender
            message["To"] = address
            message["Subject"] = " ".join(subject.split())
            message["Auto-Submitted"] = "auto-generated"
            message.set_content(body)
            with self._connected() as server:
                server.send_message(message)
        except (
            smtplib.SMTPException,
            OSError,
            ValueError,
        ) as error:  # ValueError: a sign that no header and no body can carry
            raise MailRefused(f"{type(error).__name__}: {error}") from error

    def _connected(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        host = parts.hostname or "localhost"
        port = parts.port or PORTS[parts.scheme]
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port, timeout=TIMEOUT, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(host, port, timeout=TIMEOUT)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        return server


def of(url: str | None, sender: str | None) -> Mailer | None:
    """The mailer of an installation; None where no server is set."""
    if not url:
        return None
    if urlsplit(url).scheme not in PORTS:
        raise ValueError("SMTP_URL begins with smtp:// or smtps://")
    return Mailer(url, sender or "noreply@localhost")
