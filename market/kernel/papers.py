"""The number of an official document (发文字号): the issuing body's word, the year, the serial number.

党政机关公文格式 (GB/T 9704-2012, 7.2.5): the year in four digits within 六角括号 〔〕, the serial number
without leading zeros, then 号. Typed are brackets of every kind; kept is this form. Pure.
"""

import re
import unicodedata

from market.kernel import visible

OPENING = "[(【〔〖{《〈［（"
CLOSING = "])】〕〗}》〉］）"
NUMBER = re.compile(
    rf"([^\s{re.escape(OPENING + CLOSING)}]+)[{re.escape(OPENING)}](\d{{4}})[{re.escape(CLOSING)}]第?0*([1-9]\d{{0,5}})号?",
    re.ASCII,
)


def number(typed: str) -> str | None:
    """The number in its one form, 国办发明电〔2025〕7号; None for what is no number of a document."""
    text = visible.compared(unicodedata.normalize("NFKC", typed))
    found = NUMBER.fullmatch("".join(sign for sign in text if not sign.isspace()))
    return f"{found[1]}〔{found[2]}〕{found[3]}号" if found else None


LOOSE = re.compile(r"([^\W\d_]+)[\W_]*(\d{4})[\W_]*第?0*([1-9]\d{0,5})号?[\W_]*")


def meant(typed: str) -> str | None:
    """The number that somebody looks for, however he parts it: 瑞中选 2026-12, 瑞中选202612号。 The same
    one form; None for what is no number of a document.
    """
    text = visible.compared(unicodedata.normalize("NFKC", typed))
    found = LOOSE.fullmatch("".join(sign for sign in text if not sign.isspace()))
    if found is None or text.isascii():
        return None
    return f"{found[1]}〔{found[2]}〕{found[3]}号"
