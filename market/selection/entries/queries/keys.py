"""What the keys of a notice's quotes wait for."""

import dataclasses

from sqlalchemy import bindparam, select

from market.db import Work
from market.fabric import Memory
from market.kernel.errors import NotFound
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.ledger import queries as ledger
from market.prepared import Prepared
from market.selection.entries.rules import entering
from market.selection.notices.models import Notice
from market.selection.notices.queries import rows as notice_rows
from market.selection.quotes import queries as quote_queries
from market.selection.way import Opening, boxes_of, way_of
from verify.zjcs import draw as protocol
from verify.zjcs import openings
from verify.zjcs.quote_keys import PRICE


@dataclasses.dataclass(frozen=True)
class Sealing:
    """What a page needs to seal a quote: the parts of the notice's leaf that promise the keys."""

    draw: str
    leaf: Json


@dataclasses.dataclass(frozen=True, kw_only=True)
class Terms:
    """How a notice takes entries. `fixed_fen` is the one price to which nobody quotes another, None
    where quotes differ; `is_rate` that rates below the ceiling are quoted, `most_days` the longest time that
    may be promised (None where none is asked for); `has_token` says that an entry is withdrawn by a token that its entrant keeps
    (since the second version).
    """

    fixed_fen: int | None
    has_token: bool
    is_rate: bool = False
    most_days: int | None = None


TERMS = Prepared(
    select(Notice.alg, Notice.quote_rule, Notice.way, Notice.service_days).where(
        Notice.number == bindparam("number")
    )
)
MOST_TERMS = 1_000
TERMS_READ: Memory[dict[str, Terms]] = Memory(dict)
"""What was read before: set at the publication, and no amendment changes it."""


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


def terms(work: Work, number: str) -> Terms:
    """What a form of entering is read by: asked for thousands of entries at once, and so once in a
    process for each notice, without its row. Refuses `notice.none`.
    """
    remembered = TERMS_READ.of()
    known = remembered.get(number)
    if known is None:
        known = _terms(work, number)
        if len(remembered) >= MOST_TERMS:
            remembered.clear()
        remembered[number] = known
    return known


def _terms(work: Work, number: str) -> Terms:
    found = TERMS.first(work, number=number)
    if found is None:
        raise NotFound("notice.none")
    alg, rule, way, service_days = found
    rule = rule or {}
    is_fixed = rule.get("floor") and rule["floor"] == rule.get("ceiling")
    return Terms(
        fixed_fen=int(rule["ceiling"]) if is_fixed else None,
        has_token=alg != protocol.PROTOCOL,
        is_rate=rule.get("kind") == openings.RATE,
        most_days=entering.most_days(way, service_days),
    )


def stage_of(notice: Notice) -> str:
    """What the quotes of a notice are sealed for: its draw, or the stage that opens after the sheets."""
    draw = sibling(str(notice.number), Prefix.DRAW)
    return f"{draw}{PRICE}" if _opening(notice) is Opening.AFTER_SHEETS else draw


def stage(work: Work, number: str) -> str:
    """For what the keys are sealed that a notice waits for now."""
    return stage_now(work, notice_rows.by_number(work, number))[0]


def stage_now(work: Work, notice: Notice) -> tuple[str, str]:
    """What opens next of a notice, and the kind of the leaf behind which its keys are handed in. Where
    proposals are files they open at the close, by keys of their own, and the quotes after the sheets.
    """
    way = way_of(notice.method)
    kinds = boxes_of(notice.method, notice.way)
    if kinds and ledger.find(work, way.opening.value, str(notice.number)) is None:
        return sibling(str(notice.number), Prefix.DRAW), Opening.AT_SEAL.value
    return stage_of(notice), way.opening.value


def _opening(notice: Notice) -> Opening:
    return way_of(notice.method).opening


def is_closed_in_sight(work: Work, number: str) -> bool:
    """Whether a witness has cosigned that the entries of a notice are closed, or the sheets where its
    quotes open only then.
    """
    _, behind = stage_now(work, notice_rows.by_number(work, number))
    closed = ledger.find(work, behind, number)
    return closed is not None and ledger.first_cosigned_over(work, closed.index) is not None


def key_holders(work: Work, number: str) -> list[str]:
    """Who holds a key of a notice's quotes, by their names in the log; empty where quotes are not sealed
    to keys.
    """
    promised = quote_queries.keys_of(work, stage(work, number))
    return [each.id for each in promised.trustees] if promised else []


def awaited_keys(work: Work, number: str) -> list[str]:
    """The holders whose key a closed notice waits for (等待开启报价), by their names in the log; empty
    before the close, when both are there, and where quotes are sealed otherwise.
    """
    notice = notice_rows.by_number(work, number)
    if notice.entries_closed_at is None or _opening(notice) is Opening.NONE:
        return []
    draw, behind = stage_now(work, notice)
    is_later = behind == Opening.AFTER_SHEETS.value
    if is_later and ledger.find(work, behind, number) is None:
        return []
    return quote_queries.lacking(work, draw)
