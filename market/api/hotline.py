"""A hotline's orders as JSON: read into what the form takes, and given back with reply and closure."""

import dataclasses
import datetime as dt
from collections.abc import Mapping

from market.api.rules import WrongField
from market.cases.queries import Card
from market.cases.rules import (
    MOST_NAME,
    MOST_NUMBER,
    MOST_TEXT,
    Asked,
    Order,
    Source,
    Told,
    check_asked,
)
from market.kernel import ids
from market.kernel.plain import Json
from market.kernel.visible import line, trimmed, turns
from market.web import phones
from market.web.texts import NUL

LONGEST = {"number": MOST_NUMBER, "said": MOST_TEXT, "matter": MOST_NUMBER, "party": MOST_NAME}
NEEDED = ("number", "said", "party")
ANSWERS = {None: Asked.NOT_NEEDED, False: Asked.NO, True: Asked.YES}


@dataclasses.dataclass(frozen=True)
class Sent:
    """An order as it was sent, and what its caller answered."""

    of: Told
    asked: Asked


def order_of(sent: object) -> Sent:
    """An order as it was sent. Refuses `api.order` with the key that is missing or wrong,
    `case.ask_once`, `case.is_complaint`.
    """
    said = sent if isinstance(sent, dict) else {}
    kind = _kind(said.get("kind"))
    asked = _asked(said.get("complaint"))
    check_asked(kind, asked)
    told = Told(
        source=Source.HOTLINE,
        order_kind=kind,
        source_number=line(_text(said, "number")),
        said=_text(said, "said"),
        matter=ids.spelled(_text(said, "matter")),
        party_name=line(_text(said, "party")),
        phone=_phone(said),
    )
    return Sent(told, asked)


def _wrong(key: str) -> WrongField:
    return WrongField("api.order", field=key, key=key)


def _kind(value: object) -> Order:
    if not isinstance(value, str) or value not in {*Order}:
        raise _wrong("kind")
    return Order(value)


def _asked(value: object) -> Asked:
    if value is not None and not isinstance(value, bool):
        raise _wrong("complaint")
    return ANSWERS[value]


def _text(sent: Mapping[str, object], key: str) -> str:
    """A text as the form would keep it: trimmed, all of it seen in its order, not too long."""
    value = sent.get(key)
    if value is None and key not in NEEDED:
        return ""
    if not isinstance(value, str) or NUL in value or turns(value):
        raise _wrong(key)
    text = trimmed(value)
    if (key in NEEDED and not text) or len(text) > LONGEST[key]:
        raise _wrong(key)
    return text


def _phone(sent: Mapping[str, object]) -> str:
    value = sent.get("phone")
    dialled = phones.dialled(value) if isinstance(value, str) else None
    if not dialled:
        raise _wrong("phone")
    return dialled


def told(card: Card) -> Json:
    """An order with what became of it here."""
    return {
        "number": card.source_number,
        "case": card.number,
        "kind": (card.order_kind or Order.CONSULT).value,
        "state": card.state.value,
        "received_at": _instant(card.opened_at),
        "contacted_at": _instant(card.contacted_at),
        "answer": card.answer or None,
        "answered_at": _instant(card.rectified_at),
        "result": card.result.value if card.result else None,
        "called_back_at": _instant(card.called_at),
        "closed_at": _instant(card.closed_at),
    }


def _instant(at: dt.datetime | None) -> str | None:
    return None if at is None else at.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
