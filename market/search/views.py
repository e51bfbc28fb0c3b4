"""The page of the search."""

from flask import Blueprint, render_template, request

from market.db import reading
from market.kernel.sought import TEXT_MOST, words
from market.search import queries
from market.search.rules import Found
from market.search.words import KINDS
from market.web.auth import current_actor, page

bp = Blueprint("search", __name__)


@bp.get("/search")
@page(may="public")
def results() -> str:
    """Everything public that holds all the words, and what a number names."""
    text = request.args.get("q", "").strip()[:TEXT_MOST]
    kind = next((each for each in Found if each == request.args.get("kind")), None)
    before = request.args.get("before", "")
    is_place = before.isascii() and before.isdigit() and len(before) < 19
    work = reading(current_actor())
    groups = queries.search(work, text, kind, int(before) if is_place else None)
    return render_template(
        "search/results.html",
        text=text,
        words=words(text),
        named=queries.named(work, text) if kind is None else [],
        groups=sorted(groups, key=lambda group: list(KINDS).index(group.kind)),
        kinds=KINDS,
    )
