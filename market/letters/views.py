"""The inbox."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from market.db import in_one_transaction, reading
from market.letters import queries, service
from market.web.auth import current_actor, page

bp = Blueprint("letters", __name__, url_prefix="/inbox")


@bp.get("")
@page(may="letter.read")
def inbox() -> str:
    """My letters, newest first."""
    return render_template(
        "letters/inbox.html",
        letters=queries.inbox(reading(current_actor()), request.args.get("after")),
    )


@bp.post("/<bigid:letter_id>")
@page(may="letter.read")
def open_letter(letter_id: int) -> ResponseReturnValue:
    """Mark as read and go to what it is about."""
    return redirect(in_one_transaction(service.read, current_actor(), letter_id=letter_id), 303)


@bp.post("/read")
@page(may="letter.read")
def read_all() -> ResponseReturnValue:
    """Mark everything as read."""
    in_one_transaction(service.read_all, current_actor())
    return redirect("/inbox", 303)
