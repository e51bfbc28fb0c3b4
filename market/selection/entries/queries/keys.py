"""What the keys of a notice's quotes wait for."""

import dataclasses

from market.db import Work
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.ledger import queries as ledger
from market.selection.notices.models import Notice
from market.selection.notices.queries import rows as notice_rows
from market.selection.quotes import queries as quote_queries
from market.selection.way import Opening, way_of
from verify.zjcs import draw as protocol
from verify.zjcs.quote_keys import PRICE


@dataclasses.dataclass(frozen=True)
class Sealing:
    """What a page needs to seal a quote: the parts of the notice's leaf that promise the keys."""

    draw: str
    leaf: Json


def sealing(work: Work, number: str) -> Sealing | None:
    """What the quotes of a notice are sealed by; None where the page takes them as they are typed."""
    notice = notice_rows.by_number(work, number)
    draw = stage_of(notice)
    keys = None if notice.quote_rule is None else quote_queries.keys_of(work, draw)
    if keys is None:
        return None
    rule = dict(notice.quote_rule or {})
    if rule.get("ceiling") is not None and notice.ceiling_fen is not None:
        rule["ceiling"] = min(rule["ceiling"], notice.ceiling_fen)  # lowered by a decision since
    leaf = {"draw": draw, "sealed_quotes": keys.leaf, "quote_rule": rule}
    return Sealing(draw, leaf)


def fixed_price(work: Work, number: str) -> int | None:
    """The one price (fen) of a notice to which nobody quotes another; None where quotes differ."""
    rule = notice_rows.by_number(work, number).quote_rule or {}
    is_fixed = rule.get("floor") and rule["floor"] == rule.get("ceiling")
    return int(rule["ceiling"]) if is_fixed else None


def has_token(work: Work, number: str) -> bool:
    """Whether an entry is withdrawn by a token that its entrant keeps: since the second version."""
    return notice_rows.by_number(work, number).alg != protocol.PROTOCOL


def stage_of(notice: Notice) -> str:
    """What the quotes of a notice are sealed for: its draw, or the stage that opens after the sheets."""
    draw = sibling(str(notice.number), Prefix.DRAW)
    return f"{draw}{PRICE}" if _opening(notice) is Opening.AFTER_SHEETS else draw


def stage(work: Work, number: str) -> str:
    """The same by a notice's number."""
    return stage_of(notice_rows.by_number(work, number))


def _opening(notice: Notice) -> Opening:
    return way_of(notice.method).opening


def is_closed_in_sight(work: Work, number: str) -> bool:
    """Whether a witness has cosigned that the entries of a notice are closed, or the sheets where its
    quotes open only then.
    """
    opening = _opening(notice_rows.by_number(work, number))
    closed = ledger.find(work, opening.value, number)
    return closed is not None and ledger.first_cosigned_over(work, closed.index) is not None


def awaited_keys(work: Work, number: str) -> list[str]:
    """The holders whose key a closed notice waits for (等待开启报价), by their names in the log; empty
    before the close, when both are there, and where quotes are sealed otherwise.
    """
    notice = notice_rows.by_number(work, number)
    if notice.entries_closed_at is None or _opening(notice) is Opening.NONE:
        return []
    is_later = _opening(notice) is Opening.AFTER_SHEETS
    if is_later and ledger.find(work, Opening.AFTER_SHEETS.value, number) is None:
        return []
    return quote_queries.lacking(work, stage_of(notice))
