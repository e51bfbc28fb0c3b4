"""Public numbers of records (docs/rules.md#decision-3): given once, never reused."""

import enum
import re
import unicodedata

from market.kernel.visible import UNSEEN


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
    CREDIT = "JF"
    RATING = "PJ"
    CARD = "KP"
    SAMPLE = "CY"
    CLUE = "YJ"
    EXPERT = "PS"
    BOOKS = "ZF"
    ANSWER = "ZS"
    PAIN = "DD"


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


PARTED = r"[\W_]*"
TYPED = re.compile(
    rf"(?<![A-Z0-9])([A-Z]{{2}}){PARTED}(\d{{6}}){PARTED}(\d{{4}})({PARTED})(\d{{1,9}})"
    r"(?:[\W_]+(\d{1,4}))?(?!\d)",
    re.ASCII,
)
TYPED_REF = re.compile(r"A(\d{6})")
FEWEST = 5  # digits of a sequence


def typed(text: str) -> list[str]:
    """The record numbers that people may mean by what they typed: full width, small letters, other
    dashes, blanks or nothing between the parts, words around it. The likeliest first; none where
    there is no such number. Whether there is such a record is another question.
    """
    found: list[str] = []
    for match in TYPED.finditer(as_typed(text)):
        prefix, division, year, parted, digits, listing = match.groups()
        if prefix not in {*Prefix} or (len(digits) < FEWEST and not parted):
            continue
        stem = f"{prefix}-{division}-{year}"
        whole = f"{stem}-{digits.lstrip('0').zfill(FEWEST)}"
        if listing and int(listing) > 1:
            found.append(f"{whole}-{int(listing)}")
        if digits.startswith("0") and len(digits) > FEWEST:  # the listing typed without its dash
            found.append(f"{stem}-{digits[:FEWEST]}-{int(digits[FEWEST:])}")
        found.append(whole)
    return [number for number in dict.fromkeys(found) if NUMBER.fullmatch(number)]


def typed_ref(text: str) -> str | None:
    """The platform number of an agency that was typed, alone; None where it is none."""
    found = TYPED_REF.fullmatch(re.sub(r"[\W_]", "", as_typed(text), flags=re.ASCII))
    return f"A{found[1]}" if found else None


def spelled(text: str) -> str:
    """What stands in a field for a number, in the platform's own spelling: the number or agency that is
    meant, or, where there is none, what was typed in plain capitals without blanks.
    """
    meant = typed(text)
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", re.sub(r"\s", "", as_typed(text)))
    return meant[0] if meant else typed_ref(text) or plain


def as_typed(text: str) -> str:
    """A text in plain width and capitals, without what cannot be seen."""
    return UNSEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
