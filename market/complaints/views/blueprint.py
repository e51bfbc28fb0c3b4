"""The blueprint of the room and what its pages share."""

from flask import Blueprint, current_app

from market.accounts.rules import organisation_id_of
from market.complaints import queries, service
from market.complaints.events import ComplaintFiled
from market.complaints.forms import AddFile
from market.complaints.words import EVENTS
from market.db import Work, in_one_transaction
from market.files import service as files
from market.ledger import queries as ledger
from market.web.auth import current_actor
from market.windows.queries import Due
from market.windows.rules import LIVE
from market.workdays import queries as workdays
from market.workdays.rules import working_days_left

bp = Blueprint("complaints", __name__)


def timeline(work: Work, number: str) -> list[dict[str, object]]:
    """What happened to a complaint or tip, newest first, as the log has it; with the body whose
    act, or whose delay, it is.
    """
    names = queries.body_names(work)
    return [
        {
            "label": EVENTS[entry.type],
            "at": entry.at,
            "entry": entry.index,
            "who": names.get(organisation_id_of(entry.fields.get("body", "O0")), "")
            if entry.type != ComplaintFiled.kind
            else "",
            "colour": "red" if entry.type.endswith("_overdue") else "blue",
        }
        for entry in reversed(ledger.of_subject(work, number))
        if entry.type in EVENTS
    ]


def shown_due(work: Work, due: Due) -> dict[str, object]:
    """A window as the macro `deadline` takes it."""
    return {
        "kind": due.kind,
        "due_at": due.due_at,
        "provisional": due.is_provisional,
        "overdue": due.overdue_at is not None,
        "days_left": working_days_left(work.now, due.due_at, workdays.calendar(work)),
        "is_live": due.state in LIVE,
        "is_paused": due.state == "paused",
    }


def attach(form: AddFile, *, draft_id: int | None = None, number: str | None = None) -> None:
    """Keep the file of a form with a draft (`draft_id`) or a complaint (`number`)."""
    scan = files.receive(form.file.data, current_app.instance_path)
    in_one_transaction(service.attach, current_actor(), scan=scan, draft_id=draft_id, number=number)
