"""What the pages of the folder share: one blueprint, how a form is answered, timelines from the log."""

from flask import Blueprint, current_app

from market.db import Work
from market.fabric import fabric
from market.kernel.errors import Refusal
from market.kernel.plain import Json
from market.ledger import queries as ledger
from market.web.answering import Answer, form_page
from market.web.errors import words_of
from market.web.forms import Form


class PlainForm(Form):
    """A deed without questions: the token alone."""


bp = Blueprint("selection", __name__)
QUIET = frozenset(
    {
        "entry.received",
        "entry.withdrawn",
        "entry.late",
        "entries.part",
        "notice.published",
        "direct.part",
        "letters.opened",
        "quotes.part",
        "sheet.opened",
        "draw.result",
        "auction.bid",
        "attachment.published",
        "screening.passed",
        "ranking.result",
    }
)
"""Facts that stand on the log for those who verify; a reader of the page is told by another entry of the same moment."""
OPENED = "complaint.open_on_notice"
ENDED = "complaint.ended_on_notice"


def answer(template: str, form: Form, refusal: Refusal | None = None, **facts: object) -> Answer:
    """The page of a form of this folder."""
    return form_page(f"selection/{template}", form, refusal, **facts)


def sentence(refusal: Refusal | None) -> str | None:
    """A refusal in the reader's language; None for none."""
    return None if refusal is None else words_of(current_app, refusal)


def timeline(entries: list[ledger.Entry]) -> list[Json]:
    """What happened, newest first, from the log: every room's labels, each with its entry's number."""
    labels = fabric().event_labels
    return [
        {"label": labels[each.type], "at": each.at, "entry": each.index}
        for each in reversed(entries)
        if each.type in labels and each.type not in QUIET
    ]


def complaints_open(entries: list[ledger.Entry]) -> int:
    """How many complaints about the notice are open, as the log says."""
    kinds = [each.type for each in entries]
    return kinds.count(OPENED) - kinds.count(ENDED)


def history(work: Work, number: str) -> list[ledger.Entry]:
    """What the log has under a notice's number, without the windows' own bookkeeping."""
    return [each for each in ledger.of_subject(work, number) if not each.type.startswith("window.")]
