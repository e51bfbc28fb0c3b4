"""Reading notices."""

from market.selection.notices.queries.ahead import numbers_ahead
from market.selection.notices.queries.attached import (
    AttachmentCard,
    ScreeningCard,
    accused,
    attachment,
    attachments,
    screenings,
)
from market.selection.notices.queries.cards import (
    AmendmentCard,
    NoticeCard,
    amendments,
    document,
    exists,
    notice,
    sought,
)
from market.selection.notices.queries.case import offered
from market.selection.notices.queries.drafts import (
    DraftCard,
    ReviewCard,
    Unpublished,
    desk,
    discarded,
    of_owner,
    own_draft,
    reviews,
    stages,
    submitted,
    title_of,
    to_mend,
    to_sign,
)
from market.selection.notices.queries.listing import Filters, Listed, Tab, count_published, listing

__all__ = [
    "AmendmentCard",
    "AttachmentCard",
    "DraftCard",
    "Filters",
    "Listed",
    "NoticeCard",
    "ReviewCard",
    "ScreeningCard",
    "Tab",
    "Unpublished",
    "accused",
    "amendments",
    "attachment",
    "attachments",
    "count_published",
    "desk",
    "discarded",
    "document",
    "exists",
    "listing",
    "notice",
    "numbers_ahead",
    "of_owner",
    "offered",
    "own_draft",
    "reviews",
    "screenings",
    "sought",
    "stages",
    "submitted",
    "title_of",
    "to_mend",
    "to_sign",
]
