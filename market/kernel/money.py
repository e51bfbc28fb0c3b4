"""Money is a whole number of fen. Text forms for people are here, in yuan."""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


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
