"""What a token and an address to be told are, how a delivery is signed, when it is tried again. Pure."""

import base64
import datetime as dt
import difflib
import enum
import hashlib
import hmac
import re
from collections.abc import Collection
from urllib.parse import urlsplit

from market.kernel.errors import Invalid, Refusal
from market.kernel.visible import trimmed

PREFIX = "zjcs_"
TOKEN = re.compile(r"zjcs_[0-9A-Za-z_-]{43}", re.ASCII)
SECRET_BYTES = 32
PER_MINUTE = 600  # requests of one token
KEEPERS = (
    "system_admin",
    "office_head",
    "authority_assigner",
    "regulator_officer",
    "inspector",
)
"""Duties that may have tokens."""
MOST_TOKENS = 20  # of one duty in one organisation, in use
MOST_HOOKS = 10
MOST_LABEL = 60
MOST_URL = 300
AT_ONCE = 100  # entries of the log in one delivery
WAITS = (
    *(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15)),
    *(dt.timedelta(hours=hours) for hours in (1, 3, 6, 12, 24)),
)
GIVEN_UP = 12  # tries without an answer; then it waits for a person, who loses nothing
USED_EVERY = dt.timedelta(hours=1)  # how exactly the last use of a token is kept
TURN = 20  # seconds after which an address waits for the next turn, so that others have theirs
LEASE = dt.timedelta(minutes=2)  # for which a delivery belongs to the process that took it
PARTING = re.compile(r"[\s,，、;；]+")
KIND = re.compile(r"[a-z_]{1,40}\.[a-z_]{1,40}", re.ASCII)


class Scope(enum.StrEnum):
    """What a token opens."""

    READ = "read"  # open data, more often than without a token; nothing is written
    HOTLINE = "hotline"  # also the hotline's orders, in and out (ADR 0086)


def token_of(secret: bytes) -> str:
    """A token out of 32 random bytes."""
    return PREFIX + base64.urlsafe_b64encode(secret).decode().rstrip("=")


def digest(token: str) -> str:
    """What is kept of a token: SHA-256 in hex. It has 256 bits of chance, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def check_label(label: str) -> str:
    """What a token is for, trimmed. Refuses `program.label`."""
    said = trimmed(label)
    if not 0 < len(said) <= MOST_LABEL:
        raise Invalid("program.label", field="label", most=MOST_LABEL)
    return said


def check_many(have: int, most: int) -> None:
    """Refuses `program.most`."""
    if have >= most:
        raise Refusal("program.most", most=most)


def check_url(url: str, inside: Collection[str]) -> str:
    """The address of a receiver: https, a host, nothing that names a user. Hosts of one's own network
    (`inside`, a setting) may be told by http too. Refuses `program.url`.
    """
    said = url.strip()
    try:
        parts = urlsplit(said)
        host = parts.hostname or ""
        is_ours = host in inside
        _port = parts.port
    except ValueError:
        raise Invalid("program.url", field="url") from None
    is_fine = (
        len(said) <= MOST_URL
        and said.isascii()
        and said.isprintable()
        and " " not in said
        and (parts.scheme == "https" or (parts.scheme == "http" and is_ours))
        and bool(host)
        and parts.username is None
        and not parts.fragment
    )
    if not is_fine:
        raise Invalid("program.url", field="url")
    return said


def check_kinds(text: str, known: Collection[str]) -> str:
    """The kinds of entries that are told, parted by blanks or commas; "" for all. A kind that no entry
    has would never be told, and is refused with the one that it resembles.

    Refuses `program.kinds`, `program.kind_like` (`kind`, `like`), `program.kind` where none is near.
    """
    kinds = [each for each in PARTING.split(text) if each]
    if not all(KIND.fullmatch(each) for each in kinds) or len(kinds) > AT_ONCE:
        raise Invalid("program.kinds", field="kinds")
    for each in kinds:
        if each not in known:
            near = difflib.get_close_matches(each, sorted(known), 1)
            if near:
                raise Invalid("program.kind_like", field="kinds", kind=each, like=near[0])
            raise Invalid("program.kind", field="kinds", kind=each)
    return " ".join(dict.fromkeys(kinds))


def wait(tries: int) -> dt.timedelta:
    """How long until the next try after so many without an answer."""
    return WAITS[min(tries, len(WAITS)) - 1]


def secret_of(site: str, hook_id: int, salt: str) -> str:
    """The key with which the deliveries of one address are signed, out of the site's own: it is kept
    nowhere.
    """
    said = f"zjcs/webhook {hook_id} {salt}".encode()
    return hmac.new(site.encode(), said, hashlib.sha256).hexdigest()


def signature(secret: str, stamp: int, body: bytes) -> str:
    """What the receiver computes again: HMAC-SHA256 over "<stamp>.<body>" in hex; `stamp` in seconds."""
    said = f"{stamp}.".encode() + body
    return "sha256=" + hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()
