"""What a notice promises of its shortlist: the credit of the day, how long both lists are, what the
owner's silence does; and the one lot that draws it.
"""

import datetime as dt

from market.db import Work
from market.kernel.errors import Invalid, Refusal
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.selection.credit import queries as credit_queries
from market.selection.credit import service as credit_service
from market.selection.lots.service import promise
from market.selection.notices.models import Notice
from market.selection.notices.rules.ways import PUBLIC
from market.selection.shortlist import rules
from market.selection.shortlist.queries.cards import silence_of
from market.selection.shortlist.rules import CHOOSE
from market.selection.way import Published
from market.windows import service as windows
from market.windows.rules import State as WindowState


def problems(work: Work, of: Published) -> list[Refusal]:
    """What stands against the lot and its sealed quotes, the two lists, and a place without history."""
    found = promise.ranked_problems(work, of)
    if of.number is not None:
        return [*found, *_price_stays(work, of)]
    found += rules.problems(rules.read(of.terms))
    if credit_queries.used(work).mean is None:
        found.append(Refusal("credit.no_history", field="method"))
    return found


def _price_stays(work: Work, of: Published) -> list[Refusal]:
    """A fixed price was promised to whoever has entered."""
    said = work.session.get_one(Notice, of.notice_id).quote_rule or {}
    is_moved = of.ceiling_fen != said.get("ceiling")
    if said.get("floor") and is_moved:
        return [Invalid("shortlist.price_stays", field="ceiling_fen")]
    return []


def result_time(work: Work, of: Published) -> dt.datetime:
    """When the shortlist is drawn: the first slot boundary at or after the instant."""
    return promise.result_time(work, of)


def lay_down(work: Work, of: Published) -> None:
    """Fix the credit of every agency, then the promise that names it."""
    draw = sibling(str(of.number), Prefix.DRAW)
    credit = credit_service.freeze(work, of.notice_id, draw, is_public=of.fund in PUBLIC)
    promise.lay_down(work, of, _said(work, of, credit))


def amended(work: Work, of: Published) -> None:
    """Restate the promise with later times: credit, lists and what silence does stay."""
    credit = credit_queries.said(work, of.notice_id)
    promise.amended(work, of, _said(work, of, credit))


def _said(work: Work, of: Published, credit: Json) -> Json:
    notice = work.session.get_one(Notice, of.notice_id)
    lists = rules.read(of.terms)
    if lists is None:
        raise Refusal("shortlist.no_lists", field="method")
    return {"credit": credit, "shortlist": {**lists.promised, "silence": silence_of(notice)}}


def clock(work: Work, number: str, at: dt.datetime | None) -> None:
    """Open the lot's instant; None takes back it and the owner's days."""
    if at is None:
        windows.close(work, CHOOSE, number, state=WindowState.CANCELLED)
    promise.clock(work, number, at)


def cancelled(work: Work, number: str) -> None:
    """Nothing is drawn any more."""
    promise.cancelled(work, number)


def closed(work: Work, number: str) -> None:
    """Open the credit of who has entered, before any key of the quotes is asked for."""
    credit_service.open_rows(work, number)
