"""The public register of contracts, as a page and to be saved."""

from flask import Response, render_template, request

from market.contracts import queries, words
from market.contracts.queries import Registered
from market.contracts.rules.matter import BINDING, ContractState
from market.contracts.views.blueprint import bp
from market.db import Work, reading
from market.web import sheets
from market.web.auth import current_actor, page
from market.web.paging import Page
from market.web.sheets import Cell


@bp.get("/contracts")
@page(may="public")
def register_list() -> str:
    """Every contract that both sides have confirmed, newest first."""
    work = reading(current_actor())
    return render_template(
        "contracts/list.html",
        page=_found(work, request.args.get("after")),
        chosen=_chosen(),
        states={state: words.CONTRACTS[state] for state in ContractState if state in BINDING},
        words=words,
    )


@bp.get(f"/contracts.{sheets.ENDINGS}")
@page(may="public")
def register_sheet(ending: str) -> Response:
    """Every contract of the filter; a natural person who buys is not named."""
    work = reading(current_actor())
    rows = sheets.paged(lambda after: _found(work, after, sheets.AT_ONCE))
    return sheets.answer(ending, "contracts", words.REGISTER_SHEET, map(_cells, rows))


def _chosen() -> ContractState | None:
    """The state that the address asks for; what is none of the public ones narrows nothing."""
    asked = request.args.get("state")
    return next((state for state in BINDING if state.value == asked), None)


def _found(work: Work, after: str | None, limit: int = queries.PAGE) -> Page[Registered]:
    chosen = _chosen()
    states = BINDING if chosen is None else frozenset({chosen})
    return queries.register(work, states=states, after=after, limit=limit)


def _cells(row: Registered) -> list[Cell]:
    return [
        row.number,
        row.notice_number,
        row.title,
        row.item_name,
        row.owner or str(words.NOT_NAMED),
        row.agency,
        str(words.CONTRACTS[row.state][0]),
        sheets.yuan(row.amount_fen),
        row.signed_on.isoformat(),
        row.days,
        row.changes,
    ]
