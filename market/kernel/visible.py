"""What of a text can be seen: blanks, signs that show nothing, and marks that turn what follows.

Signs that show nothing are those of Unicode's property Default_Ignorable_Code_Point
(DerivedCoreProperties.txt of Unicode 15.1; Python's unicodedata has categories only), the
controls (category Cc), noncharacters, marks that lay out other signs (interlinear annotations,
hieroglyphs), and a few that are drawn as a blank. Direction marks are the twelve of the property
Bidi_Control (UAX 9): they can show a text in another order than it is kept, searched and compared
in. Pure.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from market.kernel.errors import Invalid

Kept: TypeAlias = "str | int | float | list[Kept] | dict[str, Kept] | None"

TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufdd0-\ufdef\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\U00013430-\U0001345f"
)
CONTROLS = "\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f"
# Braille's blank, a filler of Khitan and a note without a head: signs that are drawn as a blank.
DRAWN_BLANK = "\u2800\U00016fe4\U0001d159"
IGNORED = re.compile(f"[{IGNORABLE}]")
UNSEEN = re.compile(f"[{IGNORABLE}{CONTROLS}]")
BLANKS = re.compile(rf"[\s{DRAWN_BLANK}]+")
# A variation selector behind an ideograph chooses the shape of that very sign: 葛, of a name.
SHAPED = re.compile(
    "([\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])([\ufe00-\ufe0f\U000e0100-\U000e01ef])"
)
# Dashes, blanks, controls; the others are drawn like a dash: minus, hyphen bullet, low line,
# modifier minus, the long vowel mark of kana, box drawings.
PARTING = frozenset({"Pd", "Zs", "Zl", "Zp", "Cc", "Cf"})
LIKE_A_DASH = frozenset("\u2212\u2043_\u02c9\u02d7\u30fc\u2500\u2501")
SHOWS = ("L", "N", "P", "S", "C")


def compared(text: str) -> str:
    """The text without anything that cannot be seen, for comparing and for signs of a code."""
    return UNSEEN.sub("", text)


def bare(typed: str) -> str:
    """The signs of a code or number alone, in plain width and capitals: without dashes, blanks and
    what cannot be seen. What is checked, compared and kept is this form.
    """
    plain = unicodedata.normalize("NFKC", BLANKS.sub("", compared(typed))).upper()
    return "".join(
        sign
        for sign in compared(plain)
        if unicodedata.category(sign) not in PARTING and sign not in LIKE_A_DASH
    )


def folded(text: str) -> str:
    """A name as it is compared, never as it is kept: blind to width, case, blanks and what cannot
    be seen. （集团） and (集团) are one.
    """
    plain = compared(unicodedata.normalize("NFKC", text)).casefold()
    return "".join(sign for sign in plain if not sign.isspace())


def ways(text: str) -> frozenset[str]:
    """How a part of a name may be written where names are kept as typed: as here, in plain width,
    and with brackets of the other width.
    """
    plain = unicodedata.normalize("NFKC", text)
    wide = plain.translate({ord("("): "\uff08", ord(")"): "\uff09"})
    return frozenset((text, plain, wide))


def shows(text: str) -> bool:
    """Whether there is anything to see: a mark alone is none, it stands on a sign that is not
    there.
    """
    if text.isascii():
        return bool(UNSEEN.sub("", text).strip())
    seen = BLANKS.sub("", UNSEEN.sub("", text))
    return any(unicodedata.category(sign).startswith(SHOWS) for sign in seen)


def line(text: str) -> str:
    """A text of one line: ends and signs that cannot be seen dropped, an unusual line end is a
    blank. The chosen shape of an ideograph stays, and so does what a field may refuse: direction
    marks, line ends, controls.
    """
    text = str(text)  # The sentence that a form begins with may be a lazy one.
    if not shows(text):
        return ""
    parts = SHAPED.split(text)
    kept = [part if at % 3 else _line(part) for at, part in enumerate(parts)]
    return "".join(kept).strip()


def _line(text: str) -> str:
    dropped = IGNORED.sub(lambda sign: sign[0] if TURNING.match(sign[0]) else "", text)
    return re.sub(r"[ \t]*[\v\f\x1c-\x1f\x85\u2028\u2029]+[ \t]*", " ", dropped)


def named(text: str, *, field: str) -> str:
    """A text of one line that is to be kept. Refuses `text.turned`."""
    kept = line(text)
    check(kept, field=field)
    return kept


def trimmed(text: str | None) -> str:
    """What somebody wrote, its ends trimmed; empty when it shows nothing. What stands inside stays
    as it was typed: a joiner makes one sign of several.
    """
    text = str(text or "")
    return text.strip() if shows(text) else ""


def turns(text: str) -> bool:
    """Whether a direction mark stands in it."""
    return not text.isascii() and TURNING.search(text) is not None


def check(value: Kept, *, field: str) -> None:
    """Refuse a text that is to be kept, at any depth: `text.turned` with a direction mark in it,
    `text.unseen` when it is not empty and shows nothing.
    """
    for text in _texts(value):
        if turns(text):
            raise Invalid("text.turned", field=field)
        if text and not shows(text):
            raise Invalid("text.unseen", field=field)


def _texts(value: Kept) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
