"""Opening, closing, pausing and firing of windows. Rooms call it; it knows no room."""

from market.windows.service.feeds import end_feed, renew_feed
from market.windows.service.firing import TOGETHER, Handler, fire_batch, log, remind
from market.windows.service.opening import close, forget_people, hand_over, open_at, open_counted
from market.windows.service.pausing import pause, resume_counting
from market.windows.service.recounting import calendar_followed, doubt, recount, settle

__all__ = [
    "TOGETHER",
    "Handler",
    "calendar_followed",
    "close",
    "doubt",
    "end_feed",
    "fire_batch",
    "forget_people",
    "hand_over",
    "log",
    "open_at",
    "open_counted",
    "pause",
    "recount",
    "remind",
    "renew_feed",
    "resume_counting",
    "settle",
]
