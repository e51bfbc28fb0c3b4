"""From a quote to what is posted and what is kept: a sealed entry and its token.

What is posted carries the box, the commitment and the hash that undoes the entry, never the quote.
What is kept opens the entry for the entrant alone: the token withdraws it, the opening proves it.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from . import boxes, openings, quote_keys
from .draw import REF
from .faults import Fault
from .note import Key
from .quote_keys import SUITE, Trustee

VERSION = 1
DRAW = re.compile(r"[A-Z]{2}-[0-9]{6}-[0-9]{4}-[0-9]{5,}(?:-[1-9][0-9]*)?(?:\.price)?")


class Promise(NamedTuple):
    """What a notice promises of its quotes: to whom they are sealed and what may be quoted."""

    draw: str
    t: int
    trustees: tuple[Trustee, ...]
    notes: tuple[str, ...]
    rule: openings.Rule


def promise_of(leaf: Mapping[str, Any]) -> Promise:
    """The promise of a `notice.published` or `notice.amended` leaf. Raises Fault `quote.promise`."""
    try:
        sealed = leaf["sealed_quotes"]
        rule = leaf["quote_rule"]
        promise = Promise(
            draw=leaf["draw"],
            t=sealed["t"],
            trustees=tuple(Trustee(key["id"], key["pk"]) for key in sealed["keys"]),
            notes=tuple(key["note"] for key in sealed["keys"]),
            rule=openings.Rule(rule["kind"], rule.get("floor"), rule.get("ceiling")),
        )
    except (KeyError, TypeError, AttributeError):
        raise Fault("quote.promise") from None
    is_whole = all(type(each) is int for each in promise.rule[1:] if each is not None)
    is_known = sealed["suite"] == SUITE and promise.rule.kind in openings.MOST
    if not (is_whole and is_known and isinstance(promise.draw, str) and type(promise.t) is int):
        raise Fault("quote.promise")
    if not DRAW.fullmatch(promise.draw):
        raise Fault("quote.promise")
    return promise


def check_keys(promise: Promise, origin: str, keys: Mapping[str, Key]) -> None:
    """Hold each key of a promise to the signature of who gave it. `keys`: of keys.json, by name.

    Raises Fault `quote.unknown`, `quote.note`.
    """
    for trustee, note in zip(promise.trustees, promise.notes, strict=True):
        key = keys.get(trustee.id)
        if key is None:
            raise Fault("quote.unknown", id=trustee.id)
        quote_keys.check_note(note, key, origin, promise.draw, trustee)


class Sealed(NamedTuple):
    """A sealed entry: `posted` goes to the market, `kept` stays with the entrant. Both are JSON."""

    posted: dict[str, Any]
    kept: dict[str, Any]


def seal_entry(
    promise: Promise, agency: str, amount: int, more: Mapping[str, Any] | None = None
) -> Sealed:
    """Seal a quote (fen or basis points, as the notice's rule says) of an agency.

    `more`: what else the opening says (`proposal`, `response`). Raises Fault `quote.agency`,
    `quote.amount`, `quote.bounds` (code), and what `boxes.seal` raises.
    """
    kind = promise.rule.kind
    if not REF.fullmatch(agency):
        raise Fault("quote.agency", agency=agency[:40])
    if not openings.LEAST[kind] <= amount <= openings.MOST[kind]:
        raise Fault("quote.amount", amount=amount)
    opening = {
        "agency": agency,
        "draw": promise.draw,
        "nonce": os.urandom(16).hex(),
        "salt": os.urandom(16).hex(),
        kind: amount,
        **(more or {}),
    }
    code = openings.outside(opening, promise.rule)
    if code:
        raise Fault("quote.bounds", bound=code)
    purpose = boxes.Purpose(promise.draw, agency, boxes.QUOTE, promise.t)
    box = boxes.seal(openings.data_of(opening), purpose, promise.trustees)
    token = os.urandom(32)
    named = {"agency": agency, "draw": promise.draw, "v": VERSION}
    return Sealed(
        {
            **named,
            "box": base64.b64encode(box).decode(),
            "box_sha256": boxes.box_hash(box),
            "commit": openings.commit_of(opening),
            "undo": openings.undo_of(token),
        },
        {**named, "opening": opening, "token": token.hex()},
    )
