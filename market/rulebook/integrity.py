"""Which rows of the rulebook stand on the log."""

from sqlalchemy import String, cast, literal, select

from market.ledger.queries.integrity import Held
from market.rulebook.events import RulebookApproved, RulebookProposed, RulebookRejected
from market.rulebook.models import RulebookRow

KEY = literal("GZ-") + RulebookRow.division + "-" + cast(RulebookRow.version, String)
HELD = (
    Held(
        events=(RulebookProposed,),
        rows=select(KEY, RulebookRow.version, RulebookRow.digest),
        fields=("version", "digest"),
    ),
    Held(
        events=(RulebookApproved,),
        rows=select(KEY, RulebookRow.version, RulebookRow.in_force_from, RulebookRow.digest).where(
            RulebookRow.approved_at.is_not(None)
        ),
        fields=("version", "in_force_from", "digest"),
    ),
    Held(
        events=(RulebookRejected,),
        rows=select(KEY, RulebookRow.version).where(RulebookRow.rejected_at.is_not(None)),
        fields=("version",),
    ),
)
WITHOUT: dict[type, str] = {}
