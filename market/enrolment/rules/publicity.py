"""What may become of an objection. Pure."""

import enum


class Outcome(enum.StrEnum):
    """What became of an objection during publicity."""

    KEPT = "kept"
    REVOCATION = "revocation"
