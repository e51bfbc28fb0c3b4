"""Reading complaints: what others ask, the public register, the desks, one complaint as each may
see it.
"""

from market.complaints.queries.bodies import (
    PARAMETERS,
    Door,
    doors,
    matter_of,
    parties_of,
    recusal,
    superior_of,
)
from market.complaints.queries.desk import (
    DeskRow,
    desk,
    handlers,
    mine,
    to_call_back,
    to_publish,
    to_remedy,
    to_sign,
    waiting_callbacks,
)
from market.complaints.queries.dossier import exhibits
from market.complaints.queries.drafts import DraftCard, draft, drafts
from market.complaints.queries.erasures import (
    Erased,
    ErasureCard,
    erased,
    erasure_shown,
    erasures,
    erasures_to_sign,
)
from market.complaints.queries.parties import parties
from market.complaints.queries.register import (
    Filing,
    Row,
    Timeliness,
    body_names,
    filing,
    holding,
    open_about,
    register,
    sought,
    timeliness,
)
from market.complaints.queries.relation import Relation, relation_of
from market.complaints.queries.rows import (
    by_key,
    by_submission,
    locked,
    locked_draft,
    superior_over,
)
from market.complaints.queries.shown import ruling_shown
from market.complaints.queries.standing import (
    Part,
    assisting,
    decided_by,
    hearing,
    officers,
    opinion_day,
)
from market.complaints.queries.tips import (
    TIP_READERS,
    tip_bodies,
    tip_code,
    tip_reader,
    tip_shown,
    tip_status,
    tips,
)
from market.complaints.queries.view import Card, view

__all__ = [
    "PARAMETERS",
    "TIP_READERS",
    "Card",
    "DeskRow",
    "Door",
    "DraftCard",
    "Erased",
    "ErasureCard",
    "Filing",
    "Part",
    "Relation",
    "Row",
    "Timeliness",
    "assisting",
    "body_names",
    "by_key",
    "by_submission",
    "decided_by",
    "desk",
    "doors",
    "draft",
    "drafts",
    "erased",
    "erasure_shown",
    "erasures",
    "erasures_to_sign",
    "exhibits",
    "filing",
    "handlers",
    "hearing",
    "holding",
    "locked",
    "locked_draft",
    "matter_of",
    "mine",
    "officers",
    "open_about",
    "opinion_day",
    "parties",
    "parties_of",
    "recusal",
    "register",
    "relation_of",
    "ruling_shown",
    "sought",
    "superior_of",
    "superior_over",
    "timeliness",
    "tip_bodies",
    "tip_code",
    "tip_reader",
    "tip_shown",
    "tip_status",
    "tips",
    "to_call_back",
    "to_publish",
    "to_remedy",
    "to_sign",
    "view",
    "waiting_callbacks",
]
