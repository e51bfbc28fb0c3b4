"""Public numbers of records (docs/rules.md#decision-3): given once, never reused."""

import enum
import re


class Prefix(enum.StrEnum):
    """What a number is about. A notice, its draw, result, award and contract share one sequence."""

    NOTICE = "GG"
    DRAW = "XQ"
    RESULT = "ZX"
    AWARD = "TZ"
    CONTRACT = "HT"
    COMPLAINT = "TS"
    ENROLMENT = "RZ"
    OWNER = "YZ"
    CASE = "AJ"
    TIP = "XS"
    IDENTITY = "HY"


NUMBER = re.compile(
    r"(?P<prefix>[A-Z]{2})-(?P<division>\d{6})-(?P<year>\d{4})-(?P<sequence>\d{5,})(?:-(?P<listing>[2-9]|[1-9]\d+))?"
)


def number(prefix: Prefix, division: str, year: int, sequence: int) -> str:
    """E.g. GG-360481-2026-00012."""
    return f"{prefix}-{division}-{year}-{sequence:05d}"


def sibling(of: str, prefix: Prefix) -> str:
    """The number with the same sequence and another prefix: the draw, award, ... of a notice."""
    if NUMBER.fullmatch(of) is None:
        raise ValueError(f"not a record number: {of}")
    return f"{prefix}{of[2:]}"


def relisted(of: str) -> str:
    """The number of the next listing: GG-...-00012 becomes GG-...-00012-2, then -3."""
    parts = NUMBER.fullmatch(of)
    if parts is None:
        raise ValueError(f"not a record number: {of}")
    listing = int(parts["listing"] or 1) + 1
    return f"{parts['prefix']}-{parts['division']}-{parts['year']}-{parts['sequence']}-{listing}"


def agency_ref(sequence: int) -> str:
    """The platform number that stands for an agency in the log and the draw: A000017."""
    return f"A{sequence:06d}"
