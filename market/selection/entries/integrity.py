"""Which rows of sealed files stand on the log: what an inspector has confirmed. A file's own hash stands in the
leaf of the entry that names it.
"""

from sqlalchemy import and_, select

from market.ledger.queries.integrity import Held
from market.selection.entries.events import ProposalUnopened
from market.selection.entries.models import Entry, EntryBox
from market.selection.notices.models import Notice

HELD = (
    Held(
        events=(ProposalUnopened,),
        rows=select(Notice.number, Entry.no)
        .join(Entry, Entry.notice_id == Notice.id)
        .join(
            EntryBox,
            and_(
                EntryBox.notice_id == Entry.notice_id,
                EntryBox.agency_id == Entry.agency_id,
                EntryBox.sha256 == Entry.proposal_sha256,
            ),
        )
        .where(EntryBox.confirmed_at.is_not(None)),
        fields=("no",),
    ),
)
WITHOUT: dict[type, str] = {}
