"""What a notice promises of its auction: its times, its bounds, and the lot that orders equals."""

import dataclasses
import datetime as dt

from market.db import Work
from market.kernel.clock import from_epoch
from market.kernel.errors import Invalid, Refusal
from market.kernel.plain import Json
from market.rulebook import queries as rulebooks
from market.selection.auction import rules
from market.selection.auction.queries import rows as auction_rows
from market.selection.lots.service import promise
from market.selection.notices.models import Notice
from market.selection.notices.queries import case
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules.terms import fixed
from market.selection.way import Published
from verify.zjcs.draw import GAP

BEFORE = dt.timedelta(seconds=GAP)


def problems(work: Work, of: Published) -> list[Refusal]:
    """What stands against the lot, the bounds, and, of a public notice, against its new times."""
    notice = notice_rows.by_id(work, of.notice_id)
    # A draft's own time is a wish: the way moves it to where it can be kept.
    of = of if of.number is not None else dataclasses.replace(of, result_at=None)
    found = promise.problems(work, of)
    rulebook = rulebooks.version(work, notice.rulebook)
    asked = rules.read(of.terms)
    if of.number is None:
        return [*found, *rules.problems(asked, notice.method, rulebook, of.ceiling_fen)]
    if of.ceiling_fen != notice.ceiling_fen:
        found.append(Invalid("auction.ceiling_stays", field="ceiling_fen"))
    if of.result_at is not None and of.result_at < _earliest(work, notice, of):
        least = _earliest(work, notice, of)
        found.append(Invalid("auction.draw_too_soon", field="draw_at", least=least))
    return found


def result_time(work: Work, of: Published) -> dt.datetime:
    """The first slot boundary after the last possible end, its drain and the seal's gap."""
    notice = notice_rows.by_id(work, of.notice_id)
    if of.entry_close is None or rules.read(of.terms) is None:
        return of.result_at or work.now
    earliest = _earliest(work, notice, of)
    moved = max(earliest, of.result_at) if of.result_at is not None else earliest
    return promise.boundary(work, of, moved)


def _earliest(work: Work, notice: Notice, of: Published) -> dt.datetime:
    rulebook = rulebooks.version(work, notice.rulebook)
    asked = rules.read(of.terms)
    if asked is None:
        raise ValueError("what is judged here has its terms")
    close = fixed(of.entry_close)
    said = rules.promised(asked, notice.method, rulebook, close, of.ceiling_fen or 0)
    return from_epoch(rules.latest_end(said)) + max(case.gap(rulebook), BEFORE)


def lay_down(work: Work, of: Published) -> None:
    """Promise the auction, and the draw of equals behind it."""
    promise.lay_down(work, of, _said(work, of))


def amended(work: Work, of: Published) -> None:
    """Restate the promise with later times: the auction moves with the close."""
    promise.amended(work, of, _said(work, of))


def _said(work: Work, of: Published) -> Json:
    notice = notice_rows.by_id(work, of.notice_id)
    return {"auction": auction_rows.said_of(work, notice)}


def nothing(_work: Work, _number: str) -> None:
    """The draw's page waits for the auction, not for the list."""
