"""Reading complaints: what others ask, the public register, the desks, one complaint as each may see it."""
from market.complaints.queries.bodies import PARAMETERS, Door, doors, matter_of, parties_of, recusal, superior_of
from market.complaints.queries.desk import (
    DeskRow,
    desk,
    handlers,
    mine,
    tips,
    to_call_back,
    to_publish,
    to_remedy,
    to_sign,
    waiting_callbacks,
)
from market.complaints.queries.erasures import Erased, ErasureCard, erased, erasures, erasures_to_sign
from market.complaints.queries.one import (
    Card,
    DraftCard,
    Relation,
    by_key,
    by_submission,
    draft,
    drafts,
    exhibits,
    locked,
    locked_draft,
    parties,
    relation_of,
    superior_over,
    view,
)
from market.complaints.queries.register import (
    Filing,
    Row,
    Timeliness,
    body_names,
    filing,
    holding,
    open_about,
    register,
    timeliness,
)
from market.complaints.queries.standing import Part, assisting, decided_by, hearing, officers, opinion_day

__all__ = [
    "PARAMETERS", "Card", "DeskRow", "Door", "DraftCard", "Erased", "ErasureCard", "Filing", "Part", "Relation", "Row",
    "Timeliness", "assisting", "body_names", "by_key", "by_submission", "decided_by", "desk", "doors", "draft", "drafts",
    "erased", "erasures", "erasures_to_sign", "exhibits", "filing", "handlers", "hearing", "holding", "locked", "locked_draft",
    "matter_of", "mine", "officers", "open_about", "opinion_day", "parties", "parties_of", "recusal", "register",
    "relation_of", "superior_of", "superior_over", "timeliness", "tips", "to_call_back", "to_publish", "to_remedy", "to_sign",
    "view", "waiting_callbacks",
]
