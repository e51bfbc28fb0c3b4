"""Handing in a private key of a draw's quotes: from the close on, by anybody."""

from market.db import Work
from market.kernel.errors import Refusal
from market.selection.entries.queries import keys as key_queries
from market.selection.notices.queries import rows as notice_rows
from market.selection.quotes import service as quote_service


def give_key(work: Work, *, number: str, holder: str, sk: str) -> bool:
    """Take a holder's private key (64 hex digits) of a notice's quotes, whoever brings it: it proves
    itself. False when it is there already.

    Only behind a head over the closed entries that a witness has cosigned, so that nobody can say later
    that it was open before. Refuses `quote.not_closed`, `quote.no_key`, `quote.not_the_key`.
    """
    notice = notice_rows.by_number(work, number, lock=True)
    if not key_queries.is_closed_in_sight(work, number):
        raise Refusal("quote.not_closed")
    draw, _ = key_queries.stage_now(work, notice)
    return quote_service.hand_in(work, draw=draw, holder=holder.strip(), sk=sk.strip().lower())
