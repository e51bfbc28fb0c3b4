"""Money is a whole number of fen. Text forms for people are here, in yuan."""

import re
import unicodedata

DIGITS = "零壹贰叁肆伍陆柒捌玖"
# Typed amounts: digits in one run or in groups of three, decimals, a unit.
TYPED = re.compile(r"(\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.(\d+))? ?([万亿]?)")
MISGROUPED = re.compile(r"(\d[\d, ]*)[, ](\d{1,6}) ?([万亿]?)")
WORDS_BEFORE = re.compile(r"^(?:人民币|RMB|CNY)?[:\s]*[¥\u00a5]? ?", re.IGNORECASE)
WORDS_BEHIND = re.compile(r" ?[元圆圓](?:[整正]|人民币)?$")
DECIMALS = {"": 2, "万": 6, "亿": 10}  # how many places of the unit reach down to one fen
UNITS = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


class Amount(int):
    """Fen as a fact of a refusal: the page says them in its reader's language."""


class Unreadable(ValueError):
    """Typed text that is no amount; `readings` are the two amounts in fen it could mean, or ()."""

    def __init__(self, readings: tuple[int, ...] = ()) -> None:
        super().__init__("unreadable")
        self.readings = readings


class BelowFen(ValueError):
    """An amount with parts of a fen."""


def typed(text: str) -> int:
    """Fen of what a person typed in yuan: 12800, 12,800.50, ¥12800元整, 1.5万, 1.2亿.

    A comma or blank stands only before groups of three digits, full width included: elsewhere it
    may be a decimal sign, and Unreadable carries both readings. Raises BelowFen.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    plain = WORDS_BEHIND.sub("", WORDS_BEFORE.sub("", plain))
    found = TYPED.fullmatch(plain)
    if not found:
        raise Unreadable(_readings(plain))

    whole, decimals, unit = found.groups()
    decimals = decimals or ""
    places = DECIMALS[unit]
    if len(decimals) > places:
        raise BelowFen
    return int(re.sub("[, ]", "", whole) + decimals.ljust(places, "0"))


def _readings(plain: str) -> tuple[int, ...]:
    """The last separator as a decimal sign, and all of them as nothing: two amounts, or ()."""
    found = MISGROUPED.fullmatch(plain)
    if not found:
        return ()
    before, behind, unit = found.groups()
    digits = re.sub("[, ]", "", before)
    places = DECIMALS[unit]
    if len(behind) > places:
        return ()
    return (
        int(digits + behind.ljust(places, "0")),
        int(digits + behind + "0" * places),
    )


def yuan(fen: int) -> str:
    """1234500 fen as 12,345.00 (sign in front, no currency word)."""
    sign = "-" if fen < 0 else ""
    fen = abs(fen)
    return f"{sign}{fen // 100:,}.{fen % 100:02d}"


def upper(fen: int) -> str:
    """The amount in capital numerals for documents (人民币大写, 票据法实施 conventions):
    壹万贰仟叁佰肆拾伍元整.
    """
    whole = fen // 100
    jiao = fen // 10 % 10
    cents = fen % 10
    words = _whole(whole) + "元" if whole else ("" if jiao or cents else "零元")
    if not jiao and not cents:
        return words + "整"
    words += DIGITS[jiao] + "角" if jiao else ("零" if whole else "")
    return words + (DIGITS[cents] + "分" if cents else "整")


def _whole(number: int) -> str:
    groups = []
    while number:
        number, rest = divmod(number, 10_000)
        groups.append(rest)
    words = ""
    gap = False
    for place in range(len(groups) - 1, -1, -1):
        rest = groups[place]
        if not rest:
            gap = bool(words)
            continue
        if words and (gap or rest < 1000):
            words += "零"
        words += _below_ten_thousand(rest) + GROUPS[place]
        gap = False
    return words


def _below_ten_thousand(number: int) -> str:
    words = ""
    gap = False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if gap and words else "") + DIGITS[digit] + UNITS[place]
        gap = not digit
    return words
