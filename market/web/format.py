"""Jinja filters: instants, days, money and people as they are shown.

Every instant is shown in Beijing time. `due` is for ends that are not included: midnight belongs to
the day before, so 2026-02-15 00:00 is shown as 2026-02-14 24:00 (docs/rules.md#r4).
"""

import datetime as dt

from flask import Flask

from market.kernel import money as amounts
from market.kernel.clock import CHINA
from market.web import face, kept
from market.web.locale import is_english


def init_app(app: Flask) -> None:
    """Give templates the filters, under the names of the functions, and the face's globals."""
    face.init_app(app)
    kept.init_app(app)
    for each in (
        instant,
        seconds,
        due,
        date,
        money,
        money_upper,
        mask_name,
        mask_phone,
        uscc,
        phone,
        iso,
    ):
        app.jinja_env.filters[each.__name__] = each


def instant(value: dt.datetime | None) -> str:
    """2026-02-14 15:00 in Beijing; an unknown instant is a dash."""
    return _local(value).isoformat(" ", "minutes")[:16] if value else "—"


def seconds(value: dt.datetime | None) -> str:
    """2026-02-14 15:00:03 in Beijing, where seconds decide."""
    return _local(value).strftime("%Y-%m-%d %H:%M:%S") if value else "—"


def due(value: dt.datetime | None) -> str:
    """The end that is no longer included: 2026-02-14 24:00, or 2026-02-14 17:00."""
    if value is None:
        return "—"
    local = _local(value)
    if local.time() == dt.time():
        return f"{local.date() - dt.timedelta(days=1):%Y-%m-%d} 24:00"
    return local.isoformat(" ", "minutes")[:16]


def date(value: dt.date | dt.datetime | None) -> str:
    """2026-02-14; of an instant, its day in Beijing."""
    if value is None:
        return "—"
    return (_local(value).date() if isinstance(value, dt.datetime) else value).isoformat()


def iso(value: dt.date | dt.datetime) -> str:
    """The machine's form, for datetime attributes."""
    return (
        _local(value).isoformat(timespec="seconds")
        if isinstance(value, dt.datetime)
        else value.isoformat()
    )


def money(fen: int | None) -> str:
    """1,234.00 元, in English ¥1,234.00."""
    return money_in("en" if is_english() else "zh", fen)


def amount(fen: int) -> str:
    """An amount within a sentence: 300000.00 元 as 30 万元 where it is a round one, in English
    ¥300,000.
    """
    if is_english():
        return money(fen).removesuffix(".00")
    return money(fen) if fen % 1_000_000 else f"{fen // 1_000_000} 万元"


def money_in(language: str, fen: int | None) -> str:
    """The same where the language is known, as in a long list."""
    if fen is None:
        return "—"
    text = amounts.yuan(fen)
    if language != "en":
        return f"{text} 元"
    return f"-¥{text[1:]}" if fen < 0 else f"¥{text}"


def money_upper(fen: int) -> str:
    """Capital numerals for documents: 壹仟贰佰叁拾肆元整."""
    return amounts.upper(fen)


def mask_name(name: str | None) -> str:
    """A person's name in public: the surname stays (张三丰 as 张**)."""
    return name[0] + "*" * max(1, len(name) - 1) if name else "—"


def mask_phone(number: str | None) -> str:
    """138****5678; of shorter numbers the last four stay."""
    if not number:
        return "—"
    if len(number) == 11 and number.isdigit():
        return f"{number[:3]}****{number[-4:]}"
    return "****" + number[-4:] if len(number) > 4 else "****"


def phone(number: str | None) -> str:
    """Grouped for reading: 138 1234 5678; others as they are."""
    if number and len(number) == 11 and number.isdigit() and number[0] == "1":
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    return number or "—"


def uscc(code: str) -> str:
    """统一社会信用代码 in groups that can be compared by eye: 91 360481 MA35LK1X2 Q."""
    return f"{code[:2]} {code[2:8]} {code[8:17]} {code[17:]}" if len(code) == 18 else code


def _local(value: dt.datetime) -> dt.datetime:
    if value.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return value.astimezone(CHINA)
