"""What addresses name: values that name nothing, by kind."""

import dataclasses
from collections.abc import Mapping

BEYOND = ("9223372036854775808", "-1", "x")


@dataclasses.dataclass(frozen=True)
class Kind:
    """Values that name nothing: `absent` ones look right, `malformed` ones meet no route and are
    404 for everybody.
    """

    absent: tuple[str, ...]
    malformed: tuple[str, ...] = ()


def numbered(prefix: str) -> Kind:
    return Kind((f"{prefix}-360481-2026-09999",), (f"{prefix}-1", "9" * 40, "x"))


AN_ID = Kind(("8999999999",), BEYOND)
A_WORD = Kind(("A999999", "x" * 300, "%00", "%F0%9F%98%80", "' OR 1=1--"))
KINDS: Mapping[str, Kind] = {
    "application": numbered("RZ"),
    "award": numbered("TZ"),
    "complaint": numbered("TS"),
    "draw": numbered("XQ"),
    "notice": numbered("GG"),
    "registration": numbered("YZ"),
    "tip": numbered("XS"),
    "complaint_draft": AN_ID,
    "draft": AN_ID,
    "evidence": AN_ID,
    "file": AN_ID,
    "letter": AN_ID,
    "lottery": AN_ID,
    "membership": AN_ID,
    "doubt": AN_ID,
    "listed": AN_ID,
    "objection": AN_ID,
    "organisation": AN_ID,
    "outstanding": AN_ID,
    "person": AN_ID,
    "proposal": AN_ID,
    "qualification": AN_ID,
    "version": AN_ID,
    "waiting_notice": AN_ID,
    "year": Kind(("1999", "9999", "9223372036854775807"), BEYOND),
    "arrangement": A_WORD,
    "ref": A_WORD,
    "item": A_WORD,
    "document": A_WORD,
    "source": A_WORD,
    "token": Kind(()),
    "log": Kind(("99999999", "9223372036854775808", "9" * 200), ("-1", "x")),
    "receipt": Kind(("BM-ZZZZ-ZZZZ",), ("BM-1", "x")),
    "uscc": Kind(("91360481999999999X",), ("1", "x" * 18)),
    "recent": Kind(("91360481999999999X",), ("1", "x" * 18)),
    "tile": Kind(("x", "x001/000", "999999", "../0")),
}
