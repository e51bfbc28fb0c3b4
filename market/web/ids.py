"""URL converters for the identities of records. What does not look like one is a 404, not an error.

`int` a whole number in one spelling (ASCII digits, no leading zero), `bigid` one that fits int64, a
row's id (an over-long integer would be a 500 on SQLite); `number` GG-360481-2026-00012(-2); `uscc`
统一社会信用代码; `receipt` BM-7K3Q-92XD. Installed before the rooms' blueprints, whose routes name
them.
"""

from flask import Flask
from werkzeug.routing import BaseConverter, IntegerConverter, Map

MOST = 2**63 - 1


class Whole(IntegerConverter):
    """A whole number as one writes it: werkzeug's own also takes leading zeros and the digits of
    every script.
    """

    regex = r"(?:0|[1-9][0-9]{0,18})"


class BigId(Whole):
    """A whole number that fits a database's id."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, min=0, max=MOST)


class Number(BaseConverter):
    """The public number of a record; market.kernel.ids makes them."""

    regex = r"[A-Z]{2}-[0-9]{6}-[0-9]{4}-[0-9]{5,9}(?:-(?:[2-9]|[1-9][0-9]{1,3}))?"


class Uscc(BaseConverter):
    """统一社会信用代码; the check character is not asked for in an address."""

    regex = r"[0-9A-HJ-NP-RTUW-Y]{18}"


class Receipt(BaseConverter):
    """The random receipt of an entry."""

    regex = r"[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}"


CONVERTERS = {"int": Whole, "bigid": BigId, "number": Number, "uscc": Uscc, "receipt": Receipt}


def init_app(app: Flask) -> None:
    """Let routes say <bigid:id>, <number:number>, <uscc:code>, <receipt:receipt>."""
    app.url_map.converters.update(CONVERTERS)
