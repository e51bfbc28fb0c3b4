"""The initials of a Chinese text's reading in pinyin, as people type them to find a name. Pure.

Source: GB/T 2312-1980 orders its 3,755 common characters (rows 16 to 55) by their pinyin, so that the
place of a character says its initial. The rarer ones (rows 56 to 87) are ordered by radical: of them
nothing is known here.
"""

import itertools

FIRST = {
    0xB0A1: "a",
    0xB0C5: "b",
    0xB2C1: "c",
    0xB4EE: "d",
    0xB6EA: "e",
    0xB7A2: "f",
    0xB8C1: "g",
    0xB9FE: "h",
    0xBBF7: "j",
    0xBFA6: "k",
    0xC0AC: "l",
    0xC2E8: "m",
    0xC4C3: "n",
    0xC5B6: "o",
    0xC5BE: "p",
    0xC6DA: "q",
    0xC8BB: "r",
    0xC8F6: "s",
    0xCBFA: "t",
    0xCDDA: "w",
    0xCEF4: "x",
    0xD1B9: "y",
    0xD4D1: "z",
}
"""Where in GB 2312 the characters of an initial begin."""
LAST = 0xD7F9
"""The last character that is ordered by pinyin."""
ALSO = {
    "行": "h",
    "重": "c",
    "长": "z",
    "调": "t",
    "传": "z",
    "参": "s",
    "校": "j",
    "降": "x",
    "会": "k",
    "解": "x",
    "藏": "z",
    "石": "d",
    "厦": "x",
}
"""The second initial of characters that are read in two ways in names of services and bodies."""
MOST_READINGS = 16


def initials(text: str) -> tuple[str, ...]:
    """Every way to abbreviate a text: 环境影响评价 -> ("hjyxpj",), 银行 -> ("yx", "yh").

    Letters and digits stand as they are, in small letters; everything else is left out. At most
    MOST_READINGS ways.
    """
    read = [each for sign in text if (each := _initials_of(sign))]
    ways = itertools.islice(itertools.product(*read), MOST_READINGS)
    return tuple("".join(way) for way in ways)


def _initials_of(sign: str) -> str:
    """The letters by which one character may be abbreviated, "" where none is known."""
    if sign.isascii():
        return sign.lower() if sign.isalnum() else ""
    try:
        place = int.from_bytes(sign.encode("gb2312"))
    except UnicodeEncodeError:
        return ""
    if not min(FIRST) <= place <= LAST:
        return ""
    letter = FIRST[max(first for first in FIRST if first <= place)]
    return letter + ALSO.get(sign, "")
