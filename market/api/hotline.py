"""A hotline's orders as JSON: read into what the form takes, and given back with reply and closure."""

import datetime as dt

from market.api.rules import WrongField
from market.cases import orders
from market.cases.queries import Card
from market.cases.rules import Line, Order, check_asked
from market.kernel.plain import Json

FIELDS = {
    "number": orders.NUMBER,
    "kind": orders.KIND,
    "complaint": orders.ASKED,
    "said": orders.SAID,
    "matter": orders.MATTER,
    "party": orders.PARTY,
    "phone": orders.PHONE,
}
"""The keys of an order, and the columns of the table that say the same."""
KINDS = {order.value: label for label, order in orders.KINDS.items()}
ANSWERS = {None: "", False: "否", True: "是"}


def line_of(sent: object) -> Line:
    """An order as it was sent. Refuses `api.order` with the key that is missing or wrong,
    `case.ask_once`, `case.is_complaint`.
    """
    if not isinstance(sent, dict):
        raise WrongField("api.order", field="number", key="number")
    row = {column: _cell(key, sent.get(key)) for key, column in FIELDS.items()}
    kind = orders.KINDS.get(row[orders.KIND])
    asked = orders.ANSWERS.get(row[orders.ASKED])
    if kind is not None and asked is not None:
        check_asked(kind, asked)
    if wrong := next(iter(orders.wrong_in(row)), None):
        key = next(key for key, column in FIELDS.items() if column == wrong)
        raise WrongField("api.order", field=key, key=key)
    return orders.line_of(1, row)


def _cell(key: str, value: object) -> str:
    """One value as the table of orders has it; what is of no such kind is as if it were wrong there."""
    if key == "complaint":
        known = value is None or isinstance(value, bool)
        return ANSWERS[value] if known else "?"  # type: ignore[index]  # it says so
    if value is None:
        return ""
    if not isinstance(value, str):
        return "\0"
    return KINDS.get(value, "?") if key == "kind" else value


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
