"""Rule 6: who was opened and left out of the list. A code of a closed list says why, and since `/2`
the leaf that proves it, logged before the close; what is not so is listed with "!".
"""

from __future__ import annotations

from .case import Case

NO_BID = "auction.no_bid"
LEFT = ("agency.exited", "agency.removed", "agency.revoked")
LAPSED = ("agency.line_lapsed", "agency.lines_opened")
PROVED_BY: dict[str, tuple[str, ...]] = {
    "agency.not_enrolled": LEFT,
    "agency.not_active": LEFT,
    "agency.suspended": ("agency.suspended",),
    "agency.no_line": LAPSED,
    "agency.line_closed": LAPSED,
    "agency.qualification_expired": LAPSED,
    "entry.excluded_since": ("notice.amended",),
    "entry.above_new_ceiling": ("notice.amended",),
    "entry.same_representative": ("entry.received",),
    "below_floor": ("notice.published", "notice.amended"),
    "above_ceiling": ("notice.published", "notice.amended"),
}
"""Code of an exclusion -> the kinds of leaf that can prove it."""


def look_at_exclusions(case: Case) -> None:
    """List every exclusion that the log does not prove by a leaf from before the close."""
    for row in case.excluded:
        if case.is_auction and row["reason"] == NO_BID:  # held to the bids by rule 18
            continue
        if row["reason"] not in PROVED_BY:
            case.mark("excluded.code", 6, case.seal.where, no=row["no"], reason=row["reason"])
        elif not isinstance(row.get("leaf"), int) or row["leaf"] >= case.seal.index:
            case.mark("excluded.unproved", 6, case.seal.where, no=row["no"], reason=row["reason"])
