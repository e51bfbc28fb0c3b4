"""What the pages of the folder share: one blueprint, how a form is answered, timelines from the log."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, current_app, render_template

from market.db import Work, in_one_transaction
from market.fabric import fabric
from market.kernel.errors import Invalid, Refusal
from market.kernel.shown import sight_of
from market.ledger import queries as ledger
from market.web.auth import current_actor
from market.web.errors import words_of
from market.web.forms import Form
from market.web.shown import posted


class PlainForm(Form):
    """A deed without questions: the token alone."""


bp = Blueprint("selection", __name__)
T = TypeVar("T")
Answer = tuple[str, int]
QUIET = frozenset(
    {
        "entry.received",
        "entry.withdrawn",
        "entry.late",
        "entries.part",
        "notice.published",
        "draw.result",
    }
)
"""Facts that stand on the log for those who verify; a reader of the page is told by another entry of the same moment."""
OPENED = "complaint.open_on_notice"
ENDED = "complaint.ended_on_notice"


def answer(template: str, form: Form, refusal: Refusal | None = None, **facts: Any) -> Answer:
    """The page of a form: 422 with errors at its fields, the refusal's status with its sentence."""
    said = sentence(refusal)
    if refusal and refusal.field and refusal.field in form:
        form[refusal.field].errors = [*form[refusal.field].errors, said]
        said = None
    status = refusal.status if refusal else 422 if form.errors else 200
    return render_template(f"selection/{template}", form=form, refusal=said, **facts), status


def sentence(refusal: Refusal | None) -> str | None:
    """A refusal in the reader's language; None for none."""
    return None if refusal is None else words_of(current_app, refusal)


def attempt(act: Callable[..., T], **values: Any) -> tuple[T | None, Refusal | None]:
    """Do one use case: what it gave, or its refusal that a form can show (others fly on)."""
    if sight_of(act):
        values["shown"] = posted()
    return caught(lambda: in_one_transaction(act, current_actor(), **values))


def caught(act: Callable[[], T]) -> tuple[T | None, Refusal | None]:
    """What something gave, or its refusal that a form can show (others fly on)."""
    try:
        return act(), None
    except Refusal as no:
        if no.status not in (Refusal.status, Invalid.status):
            raise
        return None, no


def timeline(entries: list[ledger.Entry]) -> list[dict[str, Any]]:
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
