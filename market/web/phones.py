"""Telephone numbers as people write them, in the one form in which they are kept and dialled."""

import re
import unicodedata

import phonenumbers

from market.kernel import visible

# Area codes of China: 010 and 02x have three digits, all others four (工信部《电信网编号计划》).
AREA = r"(?:010|02\d|0[3-9]\d{2})"
MOBILE = re.compile(r"1[3-9]\d{9}")
FIXED = re.compile(rf"({AREA})-?([2-9]\d{{6,7}})(?:-(\d{{1,6}}))?")
FREE = re.compile(r"([48]00)-?(\d{3})-?(\d{4})(?:-(\d{1,6}))?")
SHORT = r"11\d|12[012]|1\d{4}|11\d{4}|10[01]\d{5}|9[56]\d{3,6}"
"""Service numbers: 110, 12345, 10086, 116114, 95598, 96333."""
LOCAL = re.compile(rf"({AREA})-?({SHORT})")
SERVICE = re.compile(SHORT)
HOME = re.compile(
    r"(?:(?:\+|00)86|86(?=-?(?:0|1[3-9]\d-?\d{4}-?\d{4}$)|-[1-9]\d{1,2}-\d{7,8}(?:$|-)))-?"
)
LABEL = re.compile(r"^(?:联系)?(?:电话|座机|手机|tel|phone)(?:号码)?[.:]*(?=[+\d])")
EXTENSION = re.compile(r"-?(?:转分机|分机号|分机|内线|转|ext\.?|[x#*,;])[:.-]*(\d{1,6})$")
BRACKETED = re.compile(r"(?<=\d{4})\s*\((\d{1,6})\)\s*$")


def dialled(typed: str) -> str | None:
    """The number in its one form: 13812345678, 0792-4222222, 0792-4222222-801 with an extension,
    400-888-1234, 12345, 0792-12345, and +852… for abroad. None for what nobody can dial.
    """
    text = _plain(typed)
    if home := HOME.match(text):
        return _at_home(_with_zero(text[home.end() :]))
    if text.startswith(("+", "00")):
        return _abroad("+" + re.sub(r"^(?:\+|00)", "", text))
    return _at_home(text)


def _plain(typed: str) -> str:
    """Digits, and a hyphen where there was a dash of any kind or an extension."""
    text = visible.compared(unicodedata.normalize("NFKC", typed)).casefold()
    text = "".join(
        "-" if unicodedata.category(sign) == "Pd" or sign in "\u2212\u30fc_" else sign
        for sign in text
    )
    text = BRACKETED.sub(r"-\1", LABEL.sub("", text.strip()))
    text = re.sub(r"(?<=\d)[.·](?=\d)", "-", re.sub(r"[\s()\[\]]", "", text))
    text = EXTENSION.sub(r"-\1", text)
    return re.sub("-+", "-", text).strip("-")


def _with_zero(text: str) -> str:
    """A number behind +86 as it is dialled at home: an area code begins with 0."""
    digits = text.replace("-", "")
    at_home = (MOBILE, FREE, SERVICE)
    if text.startswith("0") or any(kind.fullmatch(digits) for kind in at_home):
        return text
    return "0" + text


def _at_home(text: str) -> str | None:
    for written in (text, text.replace("-", "")):
        if found := FIXED.fullmatch(written) or FREE.fullmatch(written) or LOCAL.fullmatch(written):
            return "-".join(part for part in found.groups() if part)
    digits = text.replace("-", "")
    if digits.isascii() and (MOBILE.fullmatch(digits) or SERVICE.fullmatch(digits)):
        return digits
    return None


def _abroad(text: str) -> str | None:
    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
