"""Pages of notices."""

from market.selection.notices.views import (
    attachments,
    changes,
    feed,
    office,
    owner,
    public,
    questions,
    sheets,
    writing,
)
from market.selection.pages import bp

BLUEPRINTS = [bp]
__all__ = [
    "BLUEPRINTS",
    "attachments",
    "changes",
    "feed",
    "office",
    "owner",
    "public",
    "questions",
    "sheets",
    "writing",
]
