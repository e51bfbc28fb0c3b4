"""Attachments of a notice, and who has looked whether its texts and files may be public. Pure."""

import enum

from market.kernel.errors import Invalid

MOST = 10
"""How many attachments one notice has at the most (docs/rules.md#settings)."""


class Why(enum.StrEnum):
    """Why a published attachment is withdrawn: the class that stays public, never the content."""

    CLASSIFIED = "classified"
    PERSONAL = "personal"
    RIGHTS = "rights"
    WRONG = "wrong"


class Side(enum.StrEnum):
    """Who has looked: the owner's body, which publishes, or the office, which puts it online."""

    OWNER = "owner"
    OFFICE = "office"


class Finding(enum.StrEnum):
    """What a review for secrecy (保密审查, 保守国家秘密法 35) has found."""

    CLEAR = "clear"
    WITHHELD = "withheld"


def check_room(count: int, digests: frozenset[str], sha256: str) -> None:
    """Refuse at `file` one attachment too many, and the same file once more."""
    if sha256 in digests:
        raise Invalid("attachment.again", field="file")
    check_count(count)


def check_count(count: int) -> None:
    """Refuse at `file` one attachment beside so many that is one too many."""
    if count >= MOST:
        raise Invalid("attachment.too_many", field="file", most=MOST)
