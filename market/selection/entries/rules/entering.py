"""May this agency enter this notice, and with this quote? Pure; the agency's standing comes from
its own room.
"""

import datetime as dt
from collections.abc import Collection, Mapping

from market.kernel.errors import Invalid, Refusal
from market.kernel.moments import moment
from market.selection.notices.rules.states import NoticeState
from verify.zjcs.score import amount_of

STOPS_NEW_ENTRIES = frozenset({"agency.suspended", "agency.not_active"})
"""暂停报名 is what it says: an entry that was received before it stands, and so does one of an agency about whose revocation
or removal nobody has decided yet."""


MOST_RATE = 99_99
WHY_CLOSED = {
    NoticeState.CANCELLED: "entry.notice_cancelled",
    NoticeState.ANNULLED: "entry.notice_annulled",
    NoticeState.RELISTED: "entry.notice_relisted",
    NoticeState.PAUSED: "entry.notice_paused",
}


def bars_at_the_seal(reason: str | None, *, in_business: bool) -> bool:
    """Whether an agency's standing on the day of the close (None: it may enter) takes its entry out
    of the list.
    """
    return reason is not None and not (in_business and reason in STOPS_NEW_ENTRIES)


def is_in_time(received_at: dt.datetime, entry_close: dt.datetime) -> bool:
    """In time is what was received before the close: decided by the receipt instant alone
    (docs/rules.md#decision-12).
    """
    return received_at < entry_close


def why_closed(
    state: NoticeState, now: dt.datetime, entry_close: dt.datetime | None
) -> Refusal | None:
    """Why a notice takes no entries and gives none back at this instant; None when it is open.

    Of a day that is still to come nothing is said as if it had been.
    """
    if state in WHY_CLOSED:
        return Refusal(WHY_CLOSED[state])
    if entry_close is not None and not is_in_time(now, entry_close):
        return Refusal("entry.closed", close=moment(entry_close))
    return None if state is NoticeState.ENTRY_OPEN else Refusal("entry.not_open")


def check_quote(quote_fen: int, ceiling_fen: int) -> None:
    """Refuse `entry.quote_not_positive` and `entry.above_ceiling`. Amounts in fen; the ceiling
    itself is allowed.
    """
    if quote_fen <= 0:
        raise Invalid("entry.quote_not_positive", field="quote_fen")
    if quote_fen > ceiling_fen:
        raise Invalid("entry.above_ceiling", field="quote_fen", ceiling=f"{ceiling_fen / 100:.2f}")


def check_rate(rate_bp: int | None, ceiling_fen: int) -> None:
    """Refuse `entry.rate` for a rate that is not 0.00 to 99.99 per cent below the ceiling, and
    `entry.rate_nothing` for one that leaves less than one fen of it.
    """
    if rate_bp is None or not 0 <= rate_bp <= MOST_RATE:
        raise Invalid("entry.rate", field="rate_bp")
    if amount_of(ceiling_fen, rate_bp) < 1:
        raise Invalid("entry.rate_nothing", field="rate_bp")


def check_days(days: int | None, most: int) -> None:
    """Refuse `entry.days` for a promise of no day, or of more days than the notice gives."""
    if days is None or not 1 <= days <= most:
        raise Invalid("entry.days", field="response", most=most)


def most_days(terms: Mapping[str, object] | None, service_days: int | None) -> int | None:
    """The longest time (days) that an entrant may promise; None where a notice of these terms asks for no
    promise.
    """
    return service_days if (terms or {}).get("response") else None


def outside_terms(
    quote_fen: int, ceiling_fen: int, uscc: str | None, excluded: Collection[str]
) -> str | None:
    """Why an entry that was received before an amendment does not stand at the close, a code of
    words.py; None when it stands.

    Its sender was told of the amendment and could enter anew until then (ADR-0017).
    """
    if uscc in excluded:
        return "entry.excluded_since"
    return "entry.above_new_ceiling" if quote_fen > ceiling_fen else None


def check_in_time(received_at: dt.datetime, entry_close: dt.datetime) -> None:
    """Refuse `entry.late` with the close and the instant of arrival."""
    if not is_in_time(received_at, entry_close):
        raise Refusal("entry.late", close=moment(entry_close), received=moment(received_at))
